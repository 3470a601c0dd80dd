// How long the table of people takes to sort, filter and search in a browser: for the test that bounds it and the benchmark that prints it.
import type { Page } from 'playwright-core';

/** Milliseconds by what was done, layout included; the best of nine, which is what the page costs and not what else the machine does. */
export async function reportTimings(page: Page): Promise<Record<string, number>> {
  const timings: Record<string, number> = {};
  for (const [what, deed] of deeds) {
    const runs: number[] = [];
    for (let run = 0; run < 9; run++) runs.push(await page.evaluate<number>(timed(deed)));
    timings[what] = Math.min(...runs);
  }
  return timings;
}

const deeds: readonly (readonly [what: string, deed: string])[] = [
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

function timed(deed: string): string {
  return `(() => { const start = performance.now(); ${deed}; document.body.offsetHeight; return performance.now() - start; })()`;
}
