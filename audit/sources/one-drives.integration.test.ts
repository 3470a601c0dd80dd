import { expect, test } from 'vitest';
import { garbledRow, lastSeen } from '../../policy/account.fixture.ts';
import type { UsageRow } from '../../policy/evidence.ts';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import { createAccountIndex } from './account-index.ts';
import { readOneDrives } from './one-drives.ts';
import { aReader, reportAnswer } from './reader.fixture.ts';

const header =
  'Report Refresh Date,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,' +
  'Storage Used (Byte),Storage Allocated (Byte),Owner Principal Name,Report Period';

const anas = {
  refreshed: '2026-12-05',
  site: '',
  name: 'Ana Reyes',
  isDeleted: 'False',
  lastUse: '2026-06-30',
  files: '812',
  bytes: '3328599654',
  owner: 'ana@contoso.com',
};

/** The row of Ana's OneDrive, 3.1 GB with 812 files, last used on 30 June. */
function row(change: Partial<typeof anas> = {}): string {
  const { refreshed, site, name, isDeleted, lastUse, files, bytes, owner } = { ...anas, ...change };
  return [refreshed, site, name, isDeleted, lastUse, files, '0', bytes, '1099511627776', owner, '180'].join();
}

/** Colleagues with readable rows, so that one unreadable row does not refuse the report. */
const colleagues = ['bo', 'cy', 'di'].map((name) => row({ owner: `${name}@contoso.com`, name }));

const ana = { userPrincipalName: 'ana@contoso.com', displayName: 'Ana Reyes' };
const usedOneDrive = lastSeen({ oneDrive: '2026-06-30' });
const neverUsedOneDrive = lastSeen({ exchange: '2026-06-30' });

async function read(lines: readonly string[], { cloud = 'global' as Cloud, mark = '\uFEFF' } = {}) {
  const { reader } = await aReader(
    (request, origin) => reportAnswer(request, origin, `${mark}${lines.join('\r\n')}\r\n`),
    cloud,
  );
  const index = createAccountIndex();
  const reading = { onProgress: () => {}, auditedOn: '2026-12-07', reportMaxAgeDays: 5 };
  const drives = await readOneDrives(reader, index, reading);
  const of = (account = ana, usage: UsageRow = usedOneDrive) =>
    drives.getDrive(account, index.find(account.userPrincipalName), usage);
  return { ...drives, of };
}

const seen = { kind: 'seen', storageUsedBytes: 3_328_599_654, files: 812, lastUsedOn: '2026-06-30' };

test('a row says size, files and last use of its owner’s OneDrive', async () => {
  const { of, doubt, notes, sha256 } = await read([header, row(), ...colleagues]);
  expect(of()).toEqual(seen);
  expect({ doubt, notes }).toEqual({ doubt: null, notes: [] });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['without a byte order mark', [header, row()], { mark: '' }],
  ['whose owner is written in another case', [header, row({ owner: 'ANA@Contoso.com' })], {}],
  ['with unknown columns', [`New Column,${header}`, `x,${row()}`], {}],
  ['whose titles are in another case', [header.toUpperCase(), row()], {}],
  ['whose date of refresh is a moment', [header, row({ refreshed: '2026-12-05T00:00:00' })], {}],
  ['whose last use is American', [header, row({ lastUse: '6/30/2026' })], {}],
  ['whose last use is German', [header, row({ lastUse: '30.06.2026' })], {}],
  ['that writes its flags as 0 and 1', [header, row({ isDeleted: '0' })], {}],
  ['that leaves its flag blank', [header, row({ isDeleted: '' })], {}],
  ['beside a deleted one of the same name', [header, row({ isDeleted: 'True', bytes: '9' }), row()], {}],
  ['before a deleted one of the same name', [header, row(), row({ isDeleted: 'Yes', bytes: '9' })], {}],
])('a row %s is read like any other', async (_, lines, form) => {
  const { of } = await read(lines, form);
  expect(of()).toEqual(seen);
});

test.each([
  ['no number of files', { files: '' }, { files: null }],
  ['a number of files that is none', { files: 'many' }, { files: null }],
  ['no last use', { lastUse: '' }, { lastUsedOn: null }],
  ['a last use that could be two days', { lastUse: '10/1/2026' }, { lastUsedOn: null }],
  ['nothing in it', { bytes: '0', files: '0' }, { storageUsedBytes: 0, files: 0 }],
])('a row with %s still says the size', async (_, change, expected) => {
  const { of } = await read([header, row(change), ...colleagues]);
  expect(of()).toEqual({ ...seen, ...expected });
});

test.each([
  ['a size that is empty', [row({ bytes: '' })]],
  ['a size that is no number', [row({ bytes: '3.1 GB' })]],
  ['a size below nothing', [row({ bytes: '-1' })]],
  ['a size that nobody can count with', [row({ bytes: '9'.repeat(40) })]],
  ['neither yes nor no for deleted', [row({ isDeleted: 'maybe' })]],
  ['a comma too many', [`${row()},x`]],
  ['a comma too few', [row().replace(',180', '')]],
  ['a twin', [row(), row({ bytes: '5' })]],
  ['a twin in another case', [row(), row({ owner: 'ANA@CONTOSO.COM' })]],
  ['a twin that cannot be read', [row({ bytes: '?' }), row()]],
  ['a day of refresh of another week', [row({ refreshed: '2026-11-20' })]],
  ['no day of refresh', [row({ refreshed: '' })]],
  ['a day of refresh that is none', [row({ refreshed: '?' })]],
  ['a day of refresh that could be two', [row({ refreshed: '12/5/2026' })]],
])('with %s nobody knows what the OneDrive holds, used or not', async (_, rows) => {
  const { of, doubt } = await read([header, ...rows, ...colleagues]);
  expect(of()).toEqual({ kind: 'unknown' });
  expect(of(ana, neverUsedOneDrive)).toEqual({ kind: 'unknown' });
  expect(doubt).toBeNull();
});

test.each([
  ['a size that is no number', row({ bytes: 'x' }), '1 row of the OneDrive report could not be read'],
  ['no owner', row({ owner: '' }), '1 row of the OneDrive report names no owner'],
])('a row with %s is said', async (_, odd, note) => {
  const { notes } = await read([header, odd, ...colleagues]);
  expect(notes.join()).toContain(note);
});

test.each<[string, string, UsageRow]>([
  ['was never used', 'none', neverUsedOneDrive],
  ['was used', 'unknown', usedOneDrive],
  ['has a row of use that cannot be read', 'unknown', garbledRow()],
  ['has no row of use', 'unknown', { kind: 'missing' }],
  ['shares its name with another', 'unknown', { kind: 'ambiguous' }],
])('without a row, the OneDrive of an account that %s is %s', async (_, kind, usage) => {
  const { of } = await read([header, ...colleagues]);
  expect(of(ana, usage)).toEqual({ kind });
});

test('the row of a deleted site says nothing about the person who has the name', async () => {
  const { of } = await read([header, row({ isDeleted: 'True' }), ...colleagues]);
  expect(of(ana, neverUsedOneDrive)).toEqual({ kind: 'none' });
  expect(of()).toEqual({ kind: 'unknown' });
});

test.each([
  ['her name', { name: 'ana reyes' }],
  ['the address of her site', { name: '', site: 'https://contoso-my.sharepoint.com/personal/ana_contoso_com' }],
])('a site without an owner that has %s may be hers', async (_, change) => {
  for (const owner of ['', '(Unknown)', '<PII:H101(1a2b)>']) {
    const { of } = await read([header, row({ owner, ...change }), ...colleagues]);
    expect(of(ana, neverUsedOneDrive)).toEqual({ kind: 'unknown' });
    const eve = { userPrincipalName: 'eve@contoso.com', displayName: 'Eve Li' };
    expect(of(eve, neverUsedOneDrive)).toEqual({ kind: 'none' });
  }
});

test('a report without the columns that may be missing still says the sizes', async () => {
  const lines = ['Report Refresh Date,Owner Principal Name,Storage Used (Byte)', '2026-12-05,ana@contoso.com,7'];
  const { of } = await read(lines);
  expect(of()).toEqual({ kind: 'seen', storageUsedBytes: 7, files: null, lastUsedOn: null });
});

const halfOdd = Array.from({ length: 60 }, (_, at) =>
  row({ owner: `p${at}@contoso.com`, bytes: at % 2 === 0 ? '1' : '' }),
);

test.each([
  ['older than allowed', [header, row({ refreshed: '2026-12-01' })], '6 days old'],
  ['of the day after the audit', [header, row({ refreshed: '2026-12-08' })], 'after the day of the audit'],
  ['without any day', [header, row({ refreshed: '' })], 'has no row with a Report Refresh Date'],
  ['without its owners', [header.replace('Owner Principal Name', 'x'), row()], 'Owner Principal Name'],
  ['without sizes', [header.replace('Storage Used (Byte)', 'x'), row()], 'Storage Used (Byte)'],
  ['of which half is odd', [header, ...halfOdd], 'cannot be read'],
])('a report %s is not believed, and every OneDrive counts as unknown', async (_, lines, because) => {
  const drives = await read(lines);
  expect(drives.doubt).toContain(because);
  expect(drives.of()).toEqual({ kind: 'unknown' });
  expect(drives.of(ana, neverUsedOneDrive)).toEqual({ kind: 'unknown' });
});

test('a report without rows is said, and only anyone who used OneDrive is in doubt', async () => {
  const { of, notes } = await read([header]);
  expect(notes).toEqual(['The OneDrive report has no rows: no OneDrive is known from it.']);
  expect(of().kind).toBe('unknown');
  expect(of(ana, neverUsedOneDrive).kind).toBe('none');
});

test.each([400, 403, 404, 500])('a report that is answered %i does not end the audit', async (status) => {
  const { reader } = await aReader(() => ({ status, body: { error: { code: 'x', message: 'no' } } }));
  const reading = { onProgress: () => {}, auditedOn: '2026-12-07', reportMaxAgeDays: 5 };
  const drives = await readOneDrives(reader, createAccountIndex(), reading);
  expect(drives.doubt).toContain(`was answered ${status}`);
  expect(drives.getDrive(ana, -1, neverUsedOneDrive)).toEqual({ kind: 'unknown' });
});

test('concealed names end the reading, as in every report', async () => {
  const hidden = row({ owner: '0123456789ABCDEF0123456789ABCDEF' });
  await expect(read([header, hidden, row()])).rejects.toMatchObject({ code: 'concealed-names' });
});

test('where Microsoft’s clock does not run, the report is not even asked for', async () => {
  const { reader, server } = await aReader(() => ({ status: 500 }), 'usgov-dod');
  const reading = { onProgress: () => {}, auditedOn: '2026-12-07', reportMaxAgeDays: 5 };
  const drives = await readOneDrives(reader, createAccountIndex(), reading);
  expect(drives).toMatchObject({ sha256: null, doubt: null, notes: [] });
  expect(drives.getDrive(ana, -1, usedOneDrive)).toEqual({ kind: 'unclocked' });
  expect(server.heard).toEqual([]);
});
