// How long sorting, filtering and searching the report's table take in a browser, for a test and a benchmark.
import type { Page } from 'playwright-core';

/**
 * Milliseconds of processor time of the page's thread for each action, layout included; the best of nine. Processor time
 * does not depend on other load on the machine.
 */
export async function measureReportTimings(page: Page): Promise<Record<string, number>> {
  const threadTime = await openThreadClock(page);
  const timings: Record<string, number> = {};
  for (const [what, script] of actions) {
    const runs: number[] = [];
    for (let run = 0; run < 9; run++) {
      const before = await threadTime();
      await page.evaluate(`{ ${script}; document.body.offsetHeight; }`);
      runs.push((await threadTime()) - before);
    }
    timings[what] = Math.min(...runs);
  }
  return timings;
}

async function openThreadClock(page: Page): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'ThreadTime')?.value;
    if (seconds === undefined) throw new Error('This Chromium does not tell ThreadTime.');
    return seconds * 1000;
  };
}

const actions: readonly (readonly [what: string, script: string])[] = [
  ['sort by name', click('name')],
  ['sort by days', click('days')],
  ['filter by department', fill('department', 'Finance')],
  ['clear the filter', fill('department', '')],
  ['search for two words', fill('q', 'e5 mar')],
  ['clear the search', fill('q', '')],
];

function click(column: string): string {
  return `document.querySelector('th[data-key=${column}] button').click()`;
}

function fill(field: string, value: string): string {
  return `{
    const field = document.querySelector('[name=${field}]');
    field.value = '${value}';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }`;
}
