import { expect, test } from 'vitest';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import { createAccountIndex } from './account-index.ts';
import { readActiveUsers } from './active-users.ts';
import { aReader, reportAnswer } from './reader.fixture.ts';

const header =
  'Report Refresh Date,User Principal Name,Is Deleted,Exchange Last Activity Date,OneDrive Last Activity Date,' +
  'SharePoint Last Activity Date,Teams Last Activity Date';

/** A row of somebody who last mailed on that day and did nothing else. */
function row(userPrincipalName: string, exchange: string, isDeleted = 'False', refreshed = '2026-12-05'): string {
  return `${refreshed},${userPrincipalName},${isDeleted},${exchange},,,`;
}

function read(...rows: string[]) {
  return readIn('global', header, ...rows);
}

async function readIn(cloud: Cloud, ...lines: string[]) {
  const { reader } = await aReader(
    (request, origin) => reportAnswer(request, origin, `\uFEFF${lines.join('\r\n')}\r\n`),
    cloud,
  );
  const index = createAccountIndex();
  const report = await readActiveUsers(reader, index, () => {});
  return { ...report, of: (name: string) => report.getUsage(index.find(name)) };
}

test('case and composition of a userPrincipalName make no difference', async () => {
  const { of } = await read(row('Ana.REYES@Contoso.com', '2026-07-15'), row('jose\u0301@contoso.com', '2026-07-16'));
  expect(of('ana.reyes@contoso.com')).toMatchObject({ lastActivity: { exchange: '2026-07-15' } });
  expect(of('JOSÉ@contoso.com')).toMatchObject({ lastActivity: { exchange: '2026-07-16' } });
});

test('a userPrincipalName in two rows says nothing about anybody, in whatever case they are written', async () => {
  const { of, ambiguousRows } = await read(row('ana@contoso.com', '2026-07-15'), row('ANA@contoso.com', '2026-12-04'));
  expect(of('ana@contoso.com')).toEqual({ kind: 'ambiguous' });
  expect(ambiguousRows).toBe(1);
});

test('the row of a deleted user says nothing about the person who has the name now', async () => {
  const { of, deletedRows } = await read(row('ana@contoso.com', '2026-01-15', 'True'));
  expect(of('ana@contoso.com')).toEqual({ kind: 'missing' });
  expect(deletedRows).toBe(1);
});

test('a deleted owner and the present one are told apart, in either order', async () => {
  const former = row('ana@contoso.com', '2026-01-15', 'True');
  const present = row('ana@contoso.com', '2026-12-01');
  for (const rows of [
    [former, present],
    [present, former],
  ])
    expect((await read(...rows)).of('ana@contoso.com')).toMatchObject({
      lastActivity: { exchange: '2026-12-01' },
    });
});

test('a report without Teams is read in the cloud that has none, and is a bad one everywhere else', async () => {
  const lines = [header.replace(',Teams Last Activity Date', ''), '2026-12-05,ana@contoso.com,False,2026-07-15,,'];
  const { of, lacks } = await readIn('china', ...lines);
  expect(of('ana@contoso.com')).toMatchObject({
    kind: 'row',
    lastActivity: { exchange: '2026-07-15', teams: null },
  });
  expect(lacks).toEqual(expect.arrayContaining(['Teams Last Activity Date', 'Yammer Last Activity Date']));
  await expect(readIn('usgov', ...lines)).rejects.toMatchObject({ code: 'bad-report' });
});

const hidden = '0123456789ABCDEF0123456789ABCDEF';
const people = (count: number) => Array.from({ length: count }, (_, at) => row(`p${at}@contoso.com`, '2026-07-15'));

test('one concealed name among readable ones is a row of which nobody can tell whose it is', async () => {
  const { of, unknownRows } = await read(row(hidden, '2026-07-15'), ...people(4));
  expect(unknownRows).toBe(1);
  expect(of('p3@contoso.com').kind).toBe('row');
});

test.each([
  ['the only one', 1, 0],
  ['a quarter', 1, 3],
  ['all of many', 1500, 0],
  ['all but the last', 1500, 1],
])('concealed names that are %s end the reading', async (_, concealed, readable) => {
  const rows = [...Array(concealed).fill(row(hidden, '2026-07-15')), ...people(readable)];
  await expect(read(...rows)).rejects.toMatchObject({ code: 'concealed-names' });
});

test.each([
  ['a date that could be two days', row('bo@contoso.com', '10/1/2026'), 'Exchange Last Activity Date'],
  ['a date that is none', row('bo@contoso.com', 'never'), 'Exchange Last Activity Date'],
  ['neither yes nor no', row('bo@contoso.com', '2026-07-15', 'Perhaps'), 'Is Deleted'],
  ['a comma too many', `${row('bo@contoso.com', '2026-07-15')},x`, 'its number of cells'],
  ['a date of refresh of long ago', row('bo@contoso.com', '', 'False', '2026-01-05'), 'Report Refresh Date'],
  ['no date of refresh', row('bo@contoso.com', '', 'False', ''), 'Report Refresh Date'],
])('a row with %s is a doubt about its account, and the others are read', async (_, odd, column) => {
  const { of, refreshDate, unreadableRows } = await read(
    row('ana@contoso.com', '2026-07-15'),
    odd,
    row('cy@contoso.com', ''),
  );
  expect(of('bo@contoso.com')).toMatchObject({ kind: 'unreadable', columns: [column] });
  expect(of('ana@contoso.com')).toMatchObject({ kind: 'row', lastActivity: { exchange: '2026-07-15' } });
  expect(refreshDate).toBe('2026-12-05');
  expect(unreadableRows).toBeLessThanOrEqual(1);
});

test.each(['True', 'TRUE', 'true', '1', 'Yes'])('"%s" marks the row of a deleted user', async (flag) => {
  const { of, deletedRows } = await read(row('ana@contoso.com', '2026-07-15', flag), row('bo@contoso.com', ''));
  expect(of('ana@contoso.com')).toEqual({ kind: 'missing' });
  expect(deletedRows).toBe(1);
});

test.each(['False', 'FALSE', '0', 'No', ''])('"%s" marks the row of a living user', async (flag) => {
  expect((await read(row('ana@contoso.com', '2026-07-15', flag))).of('ana@contoso.com').kind).toBe('row');
});

test('the row of a deleted user that keeps its date of back then does not make the report older', async () => {
  const gone = row('ana@contoso.com', '', 'True', '2026-01-05');
  expect((await read(gone, gone, gone, row('bo@contoso.com', ''))).refreshDate).toBe('2026-12-05');
});

test('a report is of the day that most rows of living users say, and of the later one of two', async () => {
  const older = ['ana', 'bo'].map((name) => row(`${name}@contoso.com`, '', 'False', '2026-12-04'));
  const newer = ['cy', 'di'].map((name) => row(`${name}@contoso.com`, ''));
  expect((await read(...older, ...newer)).refreshDate).toBe('2026-12-05');
  expect((await read(...older, ...newer.slice(1))).refreshDate).toBe('2026-12-04');
});

test.each(['(Unknown)', '', '<PII:H101(1a2b3c4d)>', '<pii>', 'N/A'])(
  'a row named "%s" is counted and nobody’s',
  async (name) => {
    const { unknownRows, of } = await read(row(name, '2026-07-15'));
    expect(unknownRows).toBe(1);
    expect(of(name)).toEqual({ kind: 'missing' });
  },
);
