import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type ApiClient, formatError, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import { ACTIVE_USER_HEADER } from './active-users.ts';
import type { ReportName } from './report-csv.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant('each', { users: 300, switches: { displayConcealedNames: false } }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

type Row = Record<string, string>;

async function locationOf(report: ReportName, argument = "period='D180'"): Promise<string> {
  const reply = await audit.get(`/v1.0/reports/${report}(${argument})`);
  expect(reply.status, reply.text).toBe(302);
  return reply.headers.get('location') ?? '';
}

async function bytesOf(report: ReportName, argument?: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(await locationOf(report, argument))).arrayBuffer());
}

async function rowsOf(report: ReportName, argument?: string): Promise<Row[]> {
  return parse<Row>(await bytesOf(report, argument), { columns: true, bom: true });
}

const upnOf = (kind: string) => emulator.tenant.people.requireKind(kind).userPrincipalName;

async function activeUser(kind: string): Promise<Row | undefined> {
  const rows = await rowsOf('getOffice365ActiveUserDetail');
  return rows.find((row) => row['User Principal Name'] === upnOf(kind));
}

test('a report is a redirect to another host, which needs no token, takes none and has nothing of Graph', async () => {
  const location = await locationOf('getOffice365ActiveUserDetail');
  const { host, origin, pathname, search } = new URL(location);
  expect(host).toBe(`127.0.0.1:${emulator.downloads.port}`);
  expect(emulator.downloads.port).not.toBe(emulator.port);
  const open = await fetch(location);
  expect([open.status, open.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  expect((await audit.get(location)).status).toBe(400);
  expect((await fetch(`${origin}/v1.0/users`)).status).toBe(404);
  expect((await fetch(`${emulator.url}${pathname}${search}`)).status).toBe(400);
});

test('Graph by its other name sends to the other name of the downloads', async () => {
  const path = `https://127.0.0.1:${emulator.port}/v1.0/reports/getMailboxUsageDetail(period='D7')`;
  const location = (await audit.get(path)).headers.get('location') ?? '';
  expect(new URL(location).host).toBe(`localhost:${emulator.downloads.port}`);
  expect((await fetch(location)).status).toBe(200);
});

test('the CSV begins with a byte order mark and the documented header, and ends its lines with CRLF', async () => {
  const bytes = await bytesOf('getOffice365ActiveUserDetail');
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.toString('utf8').slice(1).split('\r\n')[0]).toBe(ACTIVE_USER_HEADER);
  expect(bytes.toString('utf8').replaceAll('\r\n', '').endsWith('\n')).toBe(false);
});

test('data lag two days behind', async () => {
  const row = await activeUser('lineManager');
  expect(row?.['Report Refresh Date']).toBe('2026-12-05');
  expect(row?.['Teams Last Activity Date']).toMatch(/^2026-12-0[345]$/);
});

test('the last activity of somebody inactive is the day it was', async () => {
  const row = await activeUser('inactiveDirect');
  expect(row?.['Exchange Last Activity Date']).toBe('2026-07-17');
  expect(row?.['Assigned Products']).toBe('MICROSOFT 365 E3');
});

test('activity of yesterday is not in the report yet, and is two days later', async () => {
  emulator.applyEvents('inactiveDirect', { activity: { teams: '2026-12-06' } });
  expect((await activeUser('inactiveDirect'))?.['Teams Last Activity Date']).toBe('2026-07-17');
  emulator.tenant.clock.advance({ days: 1 });
  expect((await activeUser('inactiveDirect'))?.['Teams Last Activity Date']).toBe('2026-12-06');
});

test('unlicensed people have a row with blank dates and products', async () => {
  const row = await activeUser('inactiveUnlicensed');
  expect(row).toMatchObject({
    'Exchange Last Activity Date': '',
    'Teams Last Activity Date': '',
    'Assigned Products': '',
  });
});

test('some are missing, some unknown, some deleted', async () => {
  const rows = await rowsOf('getOffice365ActiveUserDetail');
  expect(rows.some((row) => row['User Principal Name'] === upnOf('reportMissing'))).toBe(false);
  expect(rows.filter((row) => row['User Principal Name'] === '(Unknown)')).toContainEqual(
    expect.objectContaining({ 'Display Name': '' }),
  );
  expect(rows.find((row) => row['User Principal Name'] === 'pola.fort@contoso.com')).toMatchObject({
    'Is Deleted': 'True',
    'Deleted Date': '2026-11-25',
  });
});

test('the rows of a deleted account go after thirty days', async () => {
  emulator.applyEvents('inactiveDirect', { delete: true });
  emulator.tenant.clock.advance({ days: 10 });
  expect((await activeUser('inactiveDirect'))?.['Is Deleted']).toBe('True');
  emulator.tenant.clock.advance({ days: 30 });
  expect(await activeUser('inactiveDirect')).toBeUndefined();
});

test('a report comes in the forms that tenants see, and with the cells that a person’s row has of its own', async () => {
  const { switches } = emulator.tenant;
  Object.assign(switches, { reportDates: 'us', reportFlags: '1', reportLags: { getMailboxUsageDetail: 4 } });
  const cells = { 'Teams Last Activity Date': '1.10.2026', 'Report Refresh Date': '' };
  emulator.applyEvents('inactiveDirect', { reportCells: cells });
  const row = await activeUser('inactiveDirect');
  expect(row).toMatchObject({ 'Is Deleted': '0', 'Has Exchange License': '1', ...cells });
  expect(row?.['Exchange Last Activity Date']).toMatch(/^\d{1,2}\/\d{1,2}\/2026$/);
  const [mailbox] = await rowsOf('getMailboxUsageDetail');
  expect(mailbox?.['Report Refresh Date']).toBe('12/3/2026');
  Object.assign(switches, { reportDates: 'day', reportFlags: 'True', reportLags: {} });
});

test('a row can hide its name behind a placeholder, or come twice', async () => {
  emulator.applyEvents('inactiveDirect', { reportRow: 'personal' });
  expect(await activeUser('inactiveDirect')).toBeUndefined();
  emulator.applyEvents('inactiveDirect', { reportRow: 'twice' });
  const upns = (await rowsOf('getOffice365ActiveUserDetail')).map((row) => row['User Principal Name']);
  expect(upns.filter((upn) => upn === 'ana.reyes@contoso.com')).toHaveLength(2);
});

test('a renamed person appears under the UPN of the report’s day', async () => {
  emulator.applyEvents('inactiveDirect', { userPrincipalName: 'ana.lopez@contoso.com' });
  const upns = async () => (await rowsOf('getOffice365ActiveUserDetail')).map((row) => row['User Principal Name']);
  expect(await upns()).toContain('ana.reyes@contoso.com');
  emulator.tenant.clock.advance({ days: 3 });
  expect(await upns()).toContain('ana.lopez@contoso.com');
});

test('names with commas, quotes and line breaks are quoted so that a CSV reader gets them back', async () => {
  for (const kind of ['quoteName', 'lineBreakName', 'formulaName', 'rightToLeftName']) {
    expect((await activeUser(kind))?.['Display Name']).toBe(emulator.tenant.people.requireKind(kind).displayName);
  }
});

test('the date form lists only people active on that day', async () => {
  const rows = await rowsOf('getOffice365ActiveUserDetail', 'date=2026-12-04');
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const dates = Object.entries(row).filter(([name]) => name.endsWith('Last Activity Date'));
    expect(dates.map(([, date]) => date).join()).not.toBe(',,,,,');
  }
  const late = await audit.get('/v1.0/reports/getOffice365ActiveUserDetail(date=2026-10-01)');
  expect(formatError(late)).toContain('last 30 days');
});

test.each([
  ['UserMailbox', 'SharedMailbox'],
  ['User', 'Shared'],
] as const)('recipient types are written as %s and %s', async (words, shared) => {
  emulator.tenant.switches.recipientTypes = words;
  const rows = await rowsOf('getMailboxUsageDetail');
  const row = rows.find((entry) => entry['User Principal Name'] === 'invoices@contoso.com');
  expect(row?.['Recipient Type']).toBe(shared);
});

test('the column Recipient Type can be missing', async () => {
  emulator.tenant.switches.recipientTypes = 'missing';
  const [row] = await rowsOf('getMailboxUsageDetail');
  expect(Object.keys(row ?? {})).not.toContain('Recipient Type');
  expect(Object.keys(row ?? {})).toHaveLength(17);
});

test('mailbox sizes and archives are told', async () => {
  const rows = await rowsOf('getMailboxUsageDetail');
  const large = rows.find((row) => row['User Principal Name'] === upnOf('largeMailbox'));
  expect(Number(large?.['Storage Used (Byte)'])).toBeGreaterThan(50 * 1024 ** 3);
  expect(rows.find((row) => row['User Principal Name'] === upnOf('archiveMailbox'))?.['Has Archive']).toBe('True');
});

test('Teams and OneDrive reports carry the object id and the owner', async () => {
  const teams = await rowsOf('getTeamsUserActivityUserDetail');
  const { id } = emulator.tenant.people.requireKind('inactiveDirect');
  expect(teams.find((row) => row['User Id'] === id)?.['Last Activity Date']).toBe('2026-07-17');
  const drives = await rowsOf('getOneDriveUsageAccountDetail');
  expect(drives.find((row) => row['Owner Principal Name'] === upnOf('inactiveDirect'))).toMatchObject({
    'Last Activity Date': '2026-07-17',
  });
});

test('names are concealed with 32 digits from a while after the setting was made until a while after it was undone', async () => {
  emulator.tenant.switches.concealmentDelaySeconds = 120;
  const names = async () =>
    (await rowsOf('getOffice365ActiveUserDetail')).map((row) => row['User Principal Name'] ?? '');
  const isHidden = async () => (await names()).every((name) => /^[0-9A-F]{32}$/.test(name));
  expect((await audit.patch('/v1.0/admin/reportSettings', { displayConcealedNames: true })).status).toBe(204);
  expect((await audit.get('/v1.0/admin/reportSettings')).body.displayConcealedNames).toBe(true);
  expect(await isHidden()).toBe(false);
  emulator.tenant.clock.advance({ minutes: 2 });
  expect(await isHidden()).toBe(true);
  expect(new Set(await names()).size).toBe((await names()).length - 1); // one UPN had two owners
  await audit.patch('/v1.0/admin/reportSettings', { displayConcealedNames: false });
  expect(await isHidden()).toBe(true);
  emulator.tenant.clock.advance({ minutes: 2 });
  expect(await isHidden()).toBe(false);
});

test('a download expires after a few minutes, and 304 answers the ETag', async () => {
  const location = await locationOf('getMailboxUsageDetail');
  const etag = (await fetch(location)).headers.get('etag') ?? '';
  expect((await fetch(location, { headers: { 'if-none-match': etag } })).status).toBe(304);
  emulator.tenant.clock.advance({ minutes: 6 });
  expect((await fetch(location)).status).toBe(403);
});

test('the apply cannot read reports, the reader of settings not write them', async () => {
  const apply = await signInAs(emulator, 'apply');
  expect(formatError(await apply.get("/v1.0/reports/getOffice365ActiveUserDetail(period='D7')"))).toContain(
    'S2SUnauthorized',
  );
  expect((await apply.patch('/v1.0/admin/reportSettings', { displayConcealedNames: true })).status).toBe(403);
});

test('an unknown period is refused, the fifteenth report within ten minutes is too many', async () => {
  expect((await audit.get("/v1.0/reports/getMailboxUsageDetail(period='D5')")).status).toBe(400);
  emulator.tenant.clock.advance({ minutes: 20 });
  emulator.tenant.switches.quotaSpeed = 1;
  for (let count = 0; count < 14; count += 1) await locationOf('getMailboxUsageDetail');
  const reply = await audit.get("/v1.0/reports/getMailboxUsageDetail(period='D180')");
  expect([reply.status, Number(reply.headers.get('retry-after')) > 500]).toEqual([429, true]);
});
