// Benchmark of report.html: its size, and the time to render it, to open it, and to sort and filter its table in Chromium.
// `node bench/report.ts [--people 5000]`
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { renderPullRequestBody } from '../audit/proposal/markdown/body.ts';
import { anAudit } from '../audit/report/audit.fixture.ts';
import { aCompany } from '../audit/report/company.fixture.ts';
import { renderHtmlReport } from '../audit/report/html.ts';
import { findChromium, startChromium } from '../tools/chromium.ts';
import { measureReportTimings } from '../tools/report-timings.ts';

const { values } = parseArgs({ options: { people: { type: 'string', default: '5000' } } });
const result = anAudit({ people: aCompany(Number(values.people)) });

renderHtmlReport(result);
const html = measureTime('report.html made', () => renderHtmlReport(result));
const body = measureTime('pull request body made', () => renderPullRequestBody(result));
printLine('report.html', `${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB of 3 allowed`);
printLine('pull request body', `${body.length.toLocaleString('en-US')} characters of 65,536 allowed`);

const executable = findChromium();
if (executable === null) printLine('in Chromium', 'skipped: none on this machine');
else await measureInChromium(executable);

async function measureInChromium(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dormant-bench-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const browser = await startChromium(path);
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const opened = await page.evaluate<number>(
      "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd",
    );
    printLine('opened', `${opened.toFixed(0)} ms`);
    for (const [what, ms] of Object.entries(await measureReportTimings(page)))
      printLine(what, `${ms.toFixed(1)} ms of 100 allowed`);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function measureTime(what: string, make: () => string): string {
  const start = performance.now();
  const made = make();
  printLine(what, `${(performance.now() - start).toFixed(0)} ms`);
  return made;
}

function printLine(what: string, figure: string): void {
  console.log(`${what.padEnd(24)} ${figure}`);
}
