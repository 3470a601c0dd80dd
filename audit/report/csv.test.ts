import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { aLicense } from '../../policy/account.fixture.ts';
import type { OneDrive } from '../../policy/evidence.ts';
import { anAudit } from './audit.fixture.ts';
import { aCompany } from './company.fixture.ts';
import { writeCsvs } from './csv.ts';
import { writeCsv } from './csv-file.ts';
import { aPerson, type Person } from './person.fixture.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-csv-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

type Row = Record<string, string>;

/** Reads back what a spreadsheet would, by another library's rules than those it was written by. */
async function lists(people: readonly Person[]) {
  const folder = await aFolder();
  const result = anAudit({ people });
  await writeCsvs(result, folder);
  const read = async (name: string): Promise<Row[]> =>
    parse(await readFile(join(folder, name)), { bom: true, columns: true, relax_column_count: false });
  return {
    result,
    folder,
    inactive: await read('inactive-users.csv'),
    highRisk: await read('high-risk.csv'),
    guests: await read('guests.csv'),
  };
}

const company = aCompany(80);

test('each list has one row per account, in the order of the result', async () => {
  const { result, inactive, highRisk, guests } = await lists(company);
  expect(inactive.map((row) => row['Object id'])).toEqual(result.inactive.map(({ evidence }) => evidence.id));
  expect(guests.map((row) => row['Object id'])).toEqual(result.guests.map(({ evidence }) => evidence.id));
  const risky = result.inactive.filter(({ judgement }) => judgement.risks.length > 0);
  expect(highRisk.map((row) => row['Object id'])).toEqual(risky.map(({ evidence }) => evidence.id));
  expect(highRisk.length).toBeGreaterThan(0);
});

test('a member of another company is on the guests’ list, which says what each is', async () => {
  const member = { displayName: 'Enzo Ricci', userPrincipalName: 'enzo_fabrikam.com#EXT#@contoso.com' };
  const { guests, inactive } = await lists([
    aPerson({ ...member, accountKind: 'external' }),
    aPerson({ userPrincipalName: 'gil_fabrikam.com#EXT#@contoso.com', userType: 'guest' }),
  ]);
  expect(inactive).toEqual([]);
  expect(guests.map((row) => row['Listed as'])).toEqual(['member of another company', 'guest']);
});

test('the columns of inactive-users.csv are those that the audit promises', async () => {
  const { inactive } = await lists(company);
  expect(Object.keys(inactive[0] ?? {})).toMatchInlineSnapshot(`
    [
      "Object id",
      "User principal name",
      "Display name",
      "Mail",
      "Department",
      "Job title",
      "Manager",
      "Manager mail",
      "Account",
      "Synced from AD",
      "Created",
      "Mailbox",
      "Exchange last activity",
      "SharePoint last activity",
      "OneDrive last activity",
      "Teams last activity",
      "Skype for Business last activity",
      "Yammer last activity",
      "Last successful sign-in",
      "Last sign-in attempt",
      "Last activity",
      "Inactive days",
      "Population",
      "Licences",
      "SKU part numbers",
      "Assigned",
      "Monthly cost",
      "Reclaimable",
      "Waits for a OneDrive",
      "Currency",
      "Held back",
      "Goes by leaving a group",
      "OneDrive GB",
      "OneDrive files",
      "OneDrive last use",
      "OneDrive",
      "OneDrive days left (by default)",
      "OneDrive read-only from (by default)",
      "OneDrive last day a licence brings it back (by default)",
      "OneDrive out of reach from (by default)",
      "OneDrive deleted from (by default)",
      "OneDrive deleted at the latest",
      "Risk",
      "Recommended action",
      "Reason",
      "Evidence",
      "Planned stage",
      "Plan",
      "Planned on",
    ]
  `);
});

test('a row says what the evidence says', async () => {
  const { result, inactive } = await lists(company);
  for (const [at, { evidence, judgement }] of result.inactive.entries()) {
    const row = inactive[at] ?? {};
    const { usage } = evidence;
    expect(row['Exchange last activity']).toBe((usage.kind === 'row' && usage.lastActivity.exchange) || '');
    expect(row['Inactive days']).toBe(judgement.inactiveDays === null ? '' : String(judgement.inactiveDays));
    expect(row['SKU part numbers']).toBe(evidence.licenses.map(({ skuPartNumber }) => skuPartNumber).join('; '));
    expect(row.Account).toBe(evidence.accountEnabled ? 'enabled' : 'disabled');
  }
});

const files: OneDrive = {
  kind: 'seen',
  storageUsedBytes: 3.1 * 1024 ** 3,
  files: 812,
  lastUsedOn: '2026-06-30',
};

test('both lists say what a OneDrive holds, what becomes of it, and what waits for it', async () => {
  const executive = { userPrincipalName: 'di@contoso.com', jobTitle: 'Chief Revenue Officer' };
  const people = [aPerson({ oneDrive: files }), aPerson({ ...executive, oneDrive: { kind: 'unknown' } })];
  const { inactive, highRisk } = await lists(people);
  const ana = inactive.find((row) => row['User principal name'] === 'ana.reyes@contoso.com');
  expect(ana).toMatchObject({
    'OneDrive GB': '3.1',
    'OneDrive files': '812',
    'OneDrive last use': '2026-06-30',
    OneDrive: 'held back until somebody releases it',
    'OneDrive deleted from (by default)': '',
    Reclaimable: '0',
    'Waits for a OneDrive': '36',
  });
  expect(highRisk).toMatchObject([{ 'OneDrive GB': 'not known', OneDrive: 'stays with its licence' }]);
  expect(inactive.find((row) => row.OneDrive === 'stays with its licence')).toMatchObject({
    'Waits for a OneDrive': '0',
  });
});

test('whose licence a merge has taken has Microsoft’s days, and those that are left; of others nobody knows them', async () => {
  const small = { ...files, storageUsedBytes: 1024 ** 2 };
  const delicensed = { inForce: { stage: 'delicense', since: '2026-11-24' } } as const;
  const by = { userPrincipalName: 'bo@contoso.com', licenses: [], accountEnabled: false };
  const { inactive } = await lists([aPerson({ oneDrive: small }, delicensed), aPerson({ ...by, oneDrive: files })]);
  const rowOf = (name: string) => inactive.find((row) => row['User principal name'] === name);
  expect(rowOf('ana.reyes@contoso.com')).toMatchObject({
    OneDrive: 'without a licence since 24 November',
    'OneDrive days left (by default)': '173',
    'OneDrive read-only from (by default)': '2027-01-23',
    'OneDrive last day a licence brings it back (by default)': '2027-02-24',
    'OneDrive out of reach from (by default)': '2027-02-25',
    'OneDrive deleted from (by default)': '2027-05-29',
    'OneDrive deleted at the latest': '2027-11-24',
  });
  expect(rowOf('bo@contoso.com')).toMatchObject({
    OneDrive: 'without a licence, not known since when',
    'OneDrive days left (by default)': 'not known',
    'OneDrive read-only from (by default)': '',
  });
});

test('the file is UTF-8 with a byte order mark, and every line ends with CRLF', async () => {
  const { folder } = await lists(company);
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString();
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  }
});

test('no cell of any list can start a formula, whatever people are called', async () => {
  const nasty = fc.oneof(
    fc.constantFrom('=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r\n=1', '"=1', "'=1", '＝1', '\u200B=1', '|x', '\uFEFF=1'),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(nasty, nasty), { minLength: 1, maxLength: 20 }), async (rows) => {
      const path = join(await aFolder(), 'x.csv');
      const columns = [0, 1].map((at) => ({ title: `c${at}`, getCell: (row: string[]) => row[at] ?? null }));
      await writeCsv(path, columns, rows);
      const cells: string[][] = parse(await readFile(path), { bom: true });
      expect(cells).toHaveLength(rows.length + 1);
      for (const cell of cells.flat()) {
        expect(cell).not.toMatch(/^[\s\p{Cf}"]*[=+\-@＝＋－＠|]/u);
        expect(cell).not.toMatch(/[\r\n]/);
      }
    }),
    { numRuns: 50 },
  );
});

test('a list that fails halfway leaves no file', async () => {
  const folder = await aFolder();
  const rows = function* () {
    yield 'a';
    throw new Error('a page failed');
  };
  const columns = [{ title: 'x', getCell: (row: string) => row }];
  await expect(writeCsv(join(folder, 'x.csv'), columns, rows())).rejects.toThrow('a page failed');
  expect(await readdir(folder)).toEqual([]);
});

test('a licence in error is named with Microsoft’s word, and is no licence that somebody has', async () => {
  const inError = aLicense('VISIOCLIENT', { doubt: 'in-error', error: 'CountViolation' });
  const { inactive } = await lists([aPerson({ licensesInError: [inError] })]);
  expect(inactive[0]).toMatchObject({
    'SKU part numbers': 'SPE_E3',
    'Held back': expect.stringMatching(/^VISIOCLIENT: its assignment is in error.*\(CountViolation\)$/),
  });
});
