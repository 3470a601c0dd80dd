// report.html in a real browser, opened from disk as people do. Skipped where the machine has no Chromium.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrendDay } from '../audit/history/trend.ts';
import { anAudit } from '../audit/report/audit.fixture.ts';
import { aCompany } from '../audit/report/company.fixture.ts';
import { renderHtmlReport } from '../audit/report/html.ts';
import { aPerson } from '../audit/report/person.fixture.ts';
import { renderWorksCouncilReport } from '../audit/report/works-council.ts';
import { aLicense, lastSeen } from '../policy/account.fixture.ts';
import { findChromium, startChromium } from '../tools/chromium.ts';
import { measureReportTimings } from '../tools/report-timings.ts';

const executable = findChromium();
const past = {
  days: [onMain('2026-11-23', 12, 0), onMain('2026-11-30', 10, 360)],
  notifiedOn: new Map(),
};

describe.skipIf(executable === null)('report.html in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dormant-report-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium(executable ?? '');
    write('company', renderHtmlReport(anAudit({ people: aCompany(400), past })));
    write('few', renderHtmlReport(anAudit({ people: few })));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('opens from disk with no request, no message and nothing refused by its own policy', async () => {
    const page = await open('company');
    const heard: string[] = [];
    page.on('console', (message) => heard.push(message.text()));
    page.on('pageerror', (error) => heard.push(error.message));
    page.on('request', (request) => heard.push(request.url()));
    await page.reload();
    await page.locator('.open').first().click();
    expect(heard).toEqual([page.url()]);
  });

  it('answers first: how many accounts and how much a month', async () => {
    const page = await open('few');
    expect(await page.locator('h1').textContent()).toBe(
      '5 accounts of 1,005 have been silent for 90 days or longer. Their licences cost USD 226 a month.',
    );
  });

  it('shows a name with a script in it as text, and runs nothing', async () => {
    const page = await open('few', '#q=script');
    expect(await page.locator('.name').textContent()).toBe('<script>document.title="owned"</script>');
    await page.locator('.open').click();
    expect(await page.title()).toBe('Dormant: contoso, 7 December 2026');
    expect(await page.locator('.detail').textContent()).toContain(
      'Manager </script><img src=x onerror=alert(1)> is told',
    );
    expect(await page.locator('img, iframe, object, script[src]').count()).toBe(0);
  });

  it('finds people by name without accents, by account and by licence', async () => {
    const page = await open('few');
    for (const [query, names] of [
      ['jose nunez', ['José Núñez']],
      ['ana.reyes@', ['Ana Reyes']],
      ['copilot', ['José Núñez']],
      ['nobody at all', []],
    ] as const) {
      await page.fill('[name=q]', query);
      expect(await page.locator('.name').allTextContents()).toEqual(names);
    }
    expect(await page.locator('#status').textContent()).toBe('Nobody matches.');
  });

  it('filters by department, manager, stage, action and risk, and says so in the address', async () => {
    const page = await open('few');
    const shown = async (name: string, value: string) => {
      await page.evaluate("document.querySelector('#filters').reset()");
      await page.waitForFunction("location.hash === ''");
      const field = page.locator(`[name=${name}]`);
      if (name === 'manager') await field.fill(value);
      else await field.selectOption(value);
      return page.locator('.name').allTextContents();
    };
    expect(await shown('department', 'Finance')).toEqual(['José Núñez']);
    expect(page.url()).toMatch(/#department=Finance$/);
    expect(await shown('manager', 'kim')).toEqual(['José Núñez']);
    expect(await shown('stage', 'needs a person')).toEqual(['Chief of All']);
    expect(await shown('action', 'escalate to HR')).toEqual(['Chief of All']);
    expect(await shown('risk', 'executive')).toEqual(['Chief of All']);
  });

  it('sorts at a click on a heading and says in which order', async () => {
    const page = await open('company');
    const days = async () =>
      (await page.locator('#rows > tr > td.numeric:nth-of-type(4)').allTextContents()).map((text) =>
        text === 'never' ? Number.POSITIVE_INFINITY : Number(text.replace(',', '')),
      );
    await page.click('th[data-key=days] button');
    expect(await page.getAttribute('th[data-key=days]', 'aria-sort')).toBe('descending');
    const down = await days();
    expect(down).toEqual([...down].sort((a, b) => b - a));
    await page.click('th[data-key=days] button');
    const up = await days();
    expect(up).toEqual([...up].sort((a, b) => a - b));
  });

  it('opens a row by keyboard to the evidence, the reason in words and what happens next', async () => {
    const page = await open('few', '#q=ana');
    await page.focus('.open');
    await page.keyboard.press('Enter');
    expect(await page.getAttribute('.open', 'aria-expanded')).toBe('true');
    const detail = await page.locator('.detail').textContent();
    expect(detail).toContain(
      'Inactive for 143 days; no Exchange, OneDrive, SharePoint or Teams activity since 15 July (Exchange); last successful sign-in 15 July.',
    );
    expect(detail).toContain(
      'Manager Lee Park is told; objections from 14 December; sign-in blocked from 21 December; licences removed from 28 December.',
    );
    expect(detail).toContain('OneDrive2026-06-30');
    expect(detail).toContain('Microsoft 365 E3 SPE_E3USD 36');
    await page.keyboard.press('Enter');
    expect(await page.locator('.detail').count()).toBe(0);
  });

  it('shows the accounts behind a bar of a picture', async () => {
    const page = await open('company');
    await page.locator('.plot a[href="#department=Finance"]').first().click();
    await page.waitForFunction("document.querySelector('[name=department]').value === 'Finance'");
    const departments = await page.locator('#rows > tr > td:nth-of-type(1)').allTextContents();
    expect(new Set(departments)).toEqual(new Set(['Finance']));
  });

  it('sets right-to-left names in their own direction and leaves the row in its', async () => {
    const page = await open('few', '#q=noa');
    expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.name')).direction")).toBe('rtl');
    expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.upn')).direction")).toBe('ltr');
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'has nothing that axe objects to: %s, %d wide, with a row and the numbers open',
    async (colorScheme, width) => {
      const page = await open('company', '', { colorScheme, viewport: { width, height: 900 } });
      await page.locator('.open').nth(1).click();
      await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
      await page.evaluate(axe.source);
      const found = await page.evaluate<{ id: string; nodes: { html: string; failureSummary: string }[] }[]>(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)",
      );
      expect(
        found.map(({ id, nodes }) => [
          id,
          nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 120)} ${failureSummary}`),
        ]),
      ).toEqual([]);
    },
  );

  it('opens the page for a works council as well: no request, no message, nothing that axe objects to', async () => {
    write('council', renderWorksCouncilReport(anAudit({ people: aCompany(400), past })));
    const page = await open('council');
    const heard: string[] = [];
    page.on('console', (message) => heard.push(message.text()));
    page.on('request', (request) => heard.push(request.url()));
    await page.reload();
    expect(heard).toEqual([page.url()]);
    await page.evaluate(axe.source);
    const found = await page.evaluate<{ id: string }[]>('axe.run(document).then((result) => result.violations)');
    expect(found.map(({ id }) => id)).toEqual([]);
  });

  it.each([320, 390, 768, 1280])('never scrolls sideways as a page, at %d wide', async (width) => {
    const page = await open('company', '', { viewport: { width, height: 900 } });
    await page.locator('.open').first().click();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('prints everybody who is selected, not only the page on the screen', async () => {
    const page = await open('company');
    await page.pdf();
    expect(await page.locator('#rows > tr').count()).toBe(400);
  });

  it('says where the list is when scripts are off', async () => {
    const page = await open('few', '', { javaScriptEnabled: false });
    expect(await page.locator('noscript').textContent()).toContain('inactive-users.csv');
    expect(await page.locator('h1').isVisible()).toBe(true);
  });

  it('sorts, filters and searches 5,000 people in under 100 ms each, from a file under 3 MB', async () => {
    const path = write('large', renderHtmlReport(anAudit({ people: aCompany(5000), past })));
    const page = await open('large');
    const timings = await measureReportTimings(page);
    expect(statSync(path).size).toBeLessThan(3_000_000);
    for (const [what, ms] of Object.entries(timings)) expect(ms, what).toBeLessThan(100);
  });

  function write(name: string, html: string): string {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, html);
    return path;
  }

  async function open(name: string, hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(300_000);
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href + hash);
    return page;
  }
});

const few = [
  aPerson(),
  aPerson({
    userPrincipalName: 'jose.nunez@contoso.com',
    displayName: 'José Núñez',
    department: 'Finance',
    manager: { id: '1', displayName: 'Kim Bell', mail: null, userPrincipalName: 'kim@contoso.com' },
    licenses: [aLicense('SPE_E5'), aLicense('Microsoft_365_Copilot')],
  }),
  aPerson({
    userPrincipalName: 'noa.cohen@contoso.com',
    displayName: 'נועה כהן',
    usage: lastSeen({ teams: '2026-05-01' }),
    signIns: { kind: 'read', lastSuccessful: null, lastAttempt: null },
  }),
  aPerson({
    userPrincipalName: 'chief@contoso.com',
    displayName: 'Chief of All',
    jobTitle: 'Chief Everything Officer',
    licenses: [aLicense('SPE_E3'), aLicense('VISIOCLIENT')],
  }),
  aPerson({
    userPrincipalName: 'x@contoso.com',
    displayName: '<script>document.title="owned"</script>',
    manager: {
      id: '2',
      displayName: '</script><img src=x onerror=alert(1)>',
      mail: 'm@contoso.com',
      userPrincipalName: 'm@contoso.com',
    },
    licenses: [
      aLicense('SPE_F1'),
      aLicense('EXCHANGESTANDARD'),
      aLicense('EXCHANGESTANDARD', { skuId: '00000000-0000-4000-8000-000000000000' }),
    ],
  }),
];

function onMain(day: string, notify: number, monthly: number): TrendDay {
  const byStage = { notify, review: 4, disable: 3, delicense: monthly / 36, keep: 1, restore: 0 };
  return { day, byStage, reclaimed: { accounts: monthly / 36, monthly } };
}
