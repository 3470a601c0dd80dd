// `npm run pictures`: makes the documentation's pictures from five weeks on the embedded tenant, and the recording of a look.
// `npm run pictures -- look` makes the recording alone.
// With a folder it uses report.html, pull-request.md and preview.md from there: `npm run pictures -- out/contoso`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { DormantError } from '../policy/errors.ts';
import { findChromium, startChromium } from './chromium.ts';
import { produceFiveWeeks, type StoryOutput } from './pictures/five-weeks.ts';
import { renderCommentPage, renderPullRequestPage } from './pictures/github-page.ts';
import { recordLook } from './pictures/record-look.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs', 'pictures');

/** Few colours are enough for text, in a third of the bytes. */
const palette = { palette: true, colours: 96, effort: 10 };
/** Around the elements, in pixels. */
const margin = 24;

const [what] = process.argv.slice(2);
if (what === undefined || what === 'look') await recordLook(pictures);
if (what !== 'look') await makePictures(what);

async function makePictures(folder: string | undefined): Promise<void> {
  const executable = findChromium();
  if (executable === null) {
    throw new DormantError('no-chromium', 'This machine has no Chromium.', {
      remedy: 'Install it, or name one in CHROMIUM_PATH.',
    });
  }
  const story = folder === undefined ? await produceFiveWeeks(join(root, 'out', 'pictures')) : await readStory(folder);
  await mkdir(pictures, { recursive: true });
  const browser = await startChromium(executable);
  try {
    await takeReport(browser, story.report);
    await takePullRequest(browser, story);
    const comment = renderCommentPage(story.comment);
    await takePicture(browser, { name: 'comment', width: 1012, to: 'body' }, (page) => page.setContent(comment));
  } finally {
    await browser.close();
  }
}

async function readStory(folder: string): Promise<StoryOutput> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    stack: basename(folder),
    report: join(folder, 'report.html'),
    pullRequest: await read('pull-request.md'),
    comment: await read('preview.md'),
  };
}

async function takeReport(browser: Browser, path: string): Promise<void> {
  const open = async (page: Page) => void (await page.goto(pathToFileURL(path).href));
  const money = 'section[aria-labelledby=money]';
  await takePicture(browser, { name: 'report-light', width: 1280, to: money }, open);
  await takePicture(browser, { name: 'report-dark', width: 1280, to: money, colorScheme: 'dark' }, open);
  await takePicture(browser, { name: 'report-narrow', width: 390, to: 'section[aria-labelledby=ahead]' }, open);
  const evidence = 'section[aria-labelledby=evidence]';
  await takePicture(browser, { name: 'report-evidence', width: 1280, from: evidence, to: evidence }, open);
  const people = { name: 'report-people', width: 1280, from: '#people', to: '#rows > tr >> nth=5', below: 1 };
  await takePicture(browser, people, async (page) => {
    await open(page);
    const department = page.locator('[name=department] option[value="Customer Support"]');
    if ((await department.count()) > 0) await page.locator('[name=department]').selectOption('Customer Support');
    await page.locator('.open').first().click();
  });
}

async function takePullRequest(browser: Browser, { stack, pullRequest }: StoryOutput): Promise<void> {
  const [title = '', ...body] = pullRequest.split('\n');
  const pull = { title: title.replace(/^# /, ''), branch: `dormant/${stack}`, commits: 1 };
  const open = (page: Page) => page.setContent(renderPullRequestPage(pull, body.join('\n')));
  await takePicture(browser, { name: 'pull-request', width: 1012, to: 'text=Each phase is a pull request' }, open);
  const people = { from: 'h3:has-text("Enters Disable")', to: 'details[open] tr >> nth=4', below: 1 };
  await takePicture(browser, { name: 'pull-request-people', width: 1012, ...people }, open);
}

interface Picture extends Pick<BrowserContextOptions, 'colorScheme'> {
  name: string;
  width: number;
  /** The element that it begins with; default: the page's start. */
  from?: string;
  /** The element that it ends with. */
  to: string;
  /** Pixels shown below that: 1 below a table's row, where the next one begins. */
  below?: number;
}

async function takePicture(
  browser: Browser,
  { name, width, from = 'body', to, below = margin, colorScheme = 'light' }: Picture,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
  await open(page);
  // As tall as the page, so that everything is drawn without scrolling.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height });
  const [first, last] = [await page.locator(from).first().boundingBox(), await page.locator(to).first().boundingBox()];
  if (first === null || last === null) throw new Error(`${name}: there is no ${first === null ? from : to}.`);
  const top = from === 'body' ? 0 : Math.max(0, first.y - margin);
  const bottom = Math.min(height, last.y + last.height + below);
  const shot = await page.screenshot({ clip: { x: 0, y: top, width, height: bottom - top } });
  const picture = await sharp(shot).png(palette).toBuffer();
  await writeFile(join(pictures, `${name}.png`), picture);
  console.log(`docs/pictures/${name}.png  ${Math.round(picture.length / 1024)} KB`);
  await page.close();
}
