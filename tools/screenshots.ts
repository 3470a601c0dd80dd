// Makes the pictures of the documentation: the report and the pull request as people see them.
// node tools/screenshots.ts [folder with report.html, pull-request.md and comment.md; without one, of a made-up company]
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Browser } from 'playwright-core';
import { pullRequestBody, pullRequestTitle } from '../audit/proposal/body.ts';
import { changesComment } from '../audit/proposal/body-changes.ts';
import { aCompany } from '../audit/report/a-company.ts';
import { anAudit } from '../audit/report/an-audit.ts';
import { reportHtml } from '../audit/report/html.ts';
import { DormantError } from '../policy/errors.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { exampleChanges, exampleHistory } from './screenshot-examples.ts';

const pictures = fileURLToPath(new URL('../docs/pictures', import.meta.url));

interface Texts {
  report: string;
  pullRequest: string;
  comment: string;
}

await main(process.argv[2]);

async function main(folder: string | undefined): Promise<void> {
  const executable = chromiumPath();
  if (executable === null) {
    throw new DormantError('no-chromium', 'This machine has no Chromium.', {
      remedy: 'Install it, or name one in CHROMIUM_PATH.',
    });
  }
  mkdirSync(pictures, { recursive: true });
  const texts = folder === undefined ? ofAMadeUpCompany() : fromFolder(folder);
  const browser = await startChromium(executable);
  try {
    await takeReport(browser, texts.report);
    await takeMarkdown(browser, 'pull-request', texts.pullRequest);
    await takeMarkdown(browser, 'comment', texts.comment);
  } finally {
    await browser.close();
  }
}

function fromFolder(folder: string): Texts {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { report: read('report.html'), pullRequest: read('pull-request.md'), comment: read('comment.md') };
}

function ofAMadeUpCompany(): Texts {
  const result = anAudit({ people: aCompany(260) });
  return {
    report: reportHtml(result, { history: exampleHistory }),
    pullRequest: `# ${pullRequestTitle(result)}\n\n${pullRequestBody(result)}`,
    comment: changesComment(exampleChanges(result)),
  };
}

async function takeReport(browser: Browser, html: string): Promise<void> {
  const shots = [
    { name: 'report-light', colorScheme: 'light', width: 1280, height: 2900 },
    { name: 'report-dark', colorScheme: 'dark', width: 1280, height: 2900 },
    { name: 'report-narrow', colorScheme: 'light', width: 390, height: 2400 },
  ] as const;
  for (const { name, colorScheme, width, height } of shots) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height } });
    await page.setContent(html);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.close();
  }
  const people = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await people.setContent(html);
  await people.locator('.open').nth(1).click();
  await people.evaluate("document.getElementById('people').scrollIntoView()");
  await people.screenshot({ path: join(pictures, 'report-people.png') });
  await people.close();
}

/** GitHub's own style sheet around what its Markdown renders to; the first fold is open, as a reviewer would leave it. */
async function takeMarkdown(browser: Browser, name: string, markdown: string): Promise<void> {
  const style = readFileSync(
    fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown-light.css')),
    'utf8',
  );
  const body = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const page = await browser.newPage({ viewport: { width: 1012, height: 100 } });
  await page.setContent(
    `<!doctype html><style>${style} body { margin: 24px; }</style><article class="markdown-body">${body.replace('<details>', '<details open>')}</article>`,
  );
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width: 1012, height: Math.min(height, 2200) });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.close();
}
