import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import type { Switches } from '../options.ts';
import type { PersonInput } from '../tenant/person-input.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import { ONEDRIVE_USAGE_HEADER } from './onedrive-usage.ts';

let emulator: Emulator;
let audit: ApiClient;

const people: readonly PersonInput[] = [
  {
    kind: 'ana',
    displayName: 'Reyes, Ana',
    userPrincipalName: 'ana.reyes@contoso.com',
    inactiveDays: 143,
    oneDrive: { sizeGb: 3.1, files: 812 },
  },
  { kind: 'kept', oneDrive: { sizeGb: 48, retention: true } },
  { kind: 'never', oneDrive: null },
];

useTenant('each', { users: 0, people, switches: { displayConcealedNames: false } }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

type Row = Record<string, string>;

async function textOf(): Promise<string> {
  const { headers } = await audit.get("/v1.0/reports/getOneDriveUsageAccountDetail(period='D30')");
  return (await fetch(headers.get('location') ?? '')).text();
}

async function rowsOf(): Promise<Row[]> {
  return parse<Row>(await textOf(), { columns: true, bom: true });
}

const ownerOf = (row: Row) => row['Owner Principal Name'];
const rowOf = async (kind: string) => {
  const { userPrincipalName } = emulator.tenant.people.requireKind(kind);
  return (await rowsOf()).find((row) => ownerOf(row) === userPrincipalName);
};

test('a row tells the size, the files, the last use and the owner of a personal site', async () => {
  expect(await rowOf('ana')).toEqual({
    'Report Refresh Date': '2026-12-05',
    'Site URL': expect.stringMatching(/^https:\/\/contoso-my\.sharepoint\.com\/personal\//),
    'Owner Display Name': 'Reyes, Ana',
    'Is Deleted': 'False',
    'Last Activity Date': '2026-07-17',
    'File Count': '812',
    'Active File Count': '0',
    'Storage Used (Byte)': String(Math.floor(3.1 * 1024 ** 3)),
    'Storage Allocated (Byte)': String(1024 ** 4),
    'Owner Principal Name': 'ana.reyes@contoso.com',
    'Report Period': '30',
  });
  expect((await textOf()).slice(0, ONEDRIVE_USAGE_HEADER.length)).toBe(ONEDRIVE_USAGE_HEADER);
});

test('who never opened a OneDrive has no row', async () => {
  expect(await rowOf('never')).toBeUndefined();
});

test('a site without a licence keeps its row, is deleted in the recycle bin, and has none when it is gone', async () => {
  for (const kind of ['ana', 'kept']) emulator.applyEvents(kind, { removeLicenses: ['SPE_E3'] });
  const isDeleted = async (kind: string) => (await rowOf(kind))?.['Is Deleted'];
  emulator.tenant.clock.advance({ days: 60 });
  expect([await isDeleted('ana'), await isDeleted('kept')]).toEqual(['False', 'False']);
  emulator.tenant.clock.advance({ days: 33 });
  expect([await isDeleted('ana'), await isDeleted('kept')]).toEqual(['True', 'False']);
  emulator.tenant.clock.advance({ days: 93 });
  expect([await isDeleted('ana'), await isDeleted('kept')]).toEqual([undefined, 'False']);
  emulator.tenant.clock.advance({ days: 179 });
  expect(await isDeleted('kept')).toBeUndefined();
});

test.each([
  ['missing', []],
  ['unknown', ['(Unknown)']],
  ['personal', [expect.stringMatching(/^<PII:H101\(/)]],
  ['twice', ['ana.reyes@contoso.com', 'ana.reyes@contoso.com']],
] as const)('the owner’s row can be %s', async (reportRow, owners) => {
  emulator.applyEvents('kept', { oneDrive: null });
  emulator.applyEvents('ana', { reportRow });
  expect((await rowsOf()).map(ownerOf)).toEqual(owners);
});

test('a cell can be empty or anything else: a site whose owner is gone names nobody', async () => {
  const reportCells = { 'Owner Principal Name': '', 'Storage Used (Byte)': '3,1' };
  emulator.applyEvents('ana', { reportCells });
  expect(await rowsOf()).toContainEqual(expect.objectContaining({ ...reportCells, 'File Count': '812' }));
});

test.each<[string, Partial<Switches>, Row]>([
  ['a lag of its own', { reportLags: { getOneDriveUsageAccountDetail: 5 } }, { 'Report Refresh Date': '2026-12-02' }],
  ['American dates', { reportDates: 'us' }, { 'Last Activity Date': '7/17/2026' }],
  ['German dates', { reportDates: 'german' }, { 'Last Activity Date': '17.7.2026' }],
  ['other flags', { reportFlags: 'Yes' }, { 'Is Deleted': 'No' }],
])('the report has %s', async (_, switches, cells) => {
  Object.assign(emulator.tenant.switches, switches);
  expect(await rowOf('ana')).toMatchObject(cells);
});

test('columns can be missing, quotes too', async () => {
  Object.assign(emulator.tenant.switches, { reportLacks: ['File Count', 'Last Activity Date'] });
  const [row = {}] = await rowsOf();
  expect(Object.keys(row)).toHaveLength(9);
  expect(Object.keys(row)).not.toContain('File Count');
  Object.assign(emulator.tenant.switches, { reportLacks: [], reportQuotes: false });
  expect(await textOf()).toContain(',Reyes, Ana,');
});

test('concealed, it names neither the owner nor the site', async () => {
  await audit.patch('/v1.0/admin/reportSettings', { displayConcealedNames: true });
  emulator.tenant.clock.advance({ minutes: 1 });
  const hidden = expect.stringMatching(/^[0-9A-F]{32}$/);
  for (const row of await rowsOf())
    expect(row).toMatchObject({
      'Owner Principal Name': hidden,
      'Owner Display Name': hidden,
      'Site URL': '',
    });
});
