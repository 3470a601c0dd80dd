import { expect, test } from 'vitest';
import { aReader, reportAnswer } from './a-reader.ts';
import { accountIndex } from './account-index.ts';
import { readActiveUsers } from './active-users.ts';

const header =
  'Report Refresh Date,User Principal Name,Is Deleted,Exchange Last Activity Date,OneDrive Last Activity Date,' +
  'SharePoint Last Activity Date,Teams Last Activity Date';

/** A row of somebody who last mailed on that day and did nothing else. */
function row(userPrincipalName: string, exchange: string, isDeleted = 'False'): string {
  return `2026-12-05,${userPrincipalName},${isDeleted},${exchange},,,`;
}

async function read(...rows: string[]) {
  const { reader } = await aReader((request, origin) =>
    reportAnswer(request, origin, `\uFEFF${[header, ...rows].join('\r\n')}\r\n`),
  );
  const index = accountIndex();
  const report = await readActiveUsers(reader, index, () => {});
  return { ...report, of: (name: string) => report.usageOf(index.find(name)) };
}

test('case and composition of a userPrincipalName make no difference', async () => {
  const { of } = await read(
    row('Ana.REYES@Contoso.com', '2026-07-15'),
    row('jose\u0301@contoso.com', '2026-07-16'),
  );
  expect(of('ana.reyes@contoso.com')).toMatchObject({ lastActivity: { exchange: '2026-07-15' } });
  expect(of('JOSÉ@contoso.com')).toMatchObject({ lastActivity: { exchange: '2026-07-16' } });
});

test('a userPrincipalName in two rows says nothing about anybody, in whatever case they are written', async () => {
  const { of, ambiguousRows } = await read(
    row('ana@contoso.com', '2026-07-15'),
    row('ANA@contoso.com', '2026-12-04'),
  );
  expect(of('ana@contoso.com')).toEqual({ kind: 'ambiguous' });
  expect(ambiguousRows).toBe(1);
});

test('the row of a deleted user says nothing about whoever has the name now', async () => {
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

test.each([
  [
    'one concealed name among readable ones',
    row('0123456789ABCDEF0123456789ABCDEF', '2026-07-15'),
    'concealed-names',
  ],
  ['a date of another calendar', row('bo@contoso.com', '15.07.2026'), 'bad-report'],
])('%s ends the reading', async (_, broken, code) => {
  await expect(read(row('ana@contoso.com', '2026-07-15'), broken)).rejects.toMatchObject({ code });
});

test('rows without a name are counted and nobody’s', async () => {
  const { unknownRows, of } = await read(row('(Unknown)', '2026-07-15'), row('', '2026-07-15'));
  expect(unknownRows).toBe(2);
  expect(of('(unknown)')).toEqual({ kind: 'missing' });
});
