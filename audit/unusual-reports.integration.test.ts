import type { PersonInput, Switches } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

// Usage reports as tenants get them: an unreadable row makes its account doubtful; it ends no run and is no silence.

const quiet: PersonInput = { kind: 'quiet', inactiveDays: 160 };

async function anAudit(people: readonly PersonInput[], switches: Partial<Switches> = {}) {
  const tenant = await anAuditedTenant({ users: 0, people: [quiet, { kind: 'busy' }, ...people], switches });
  const audited = await tenant.audit();
  const idOf = (kind: string) => tenant.emulator.tenant.people.requireKind(kind).id;
  return { ...audited, tenant, ids: audited.inactive.map(({ evidence }) => evidence.id), idOf };
}

const oddRows: Record<string, Partial<PersonInput>> = {
  'a date that could be two days': { reportCells: { 'Teams Last Activity Date': '10/1/2026' } },
  'a German date that could be two days': { reportCells: { 'Exchange Last Activity Date': '1.10.2026' } },
  'a date that is none': { reportCells: { 'OneDrive Last Activity Date': 'never' } },
  'a date of refresh of another week': { reportCells: { 'Report Refresh Date': '2026-11-20' } },
  'a date of refresh that is none': { reportCells: { 'Report Refresh Date': '?' } },
  'neither yes nor no for deleted': { reportCells: { 'Is Deleted': 'maybe' } },
  'a placeholder for a name': { reportRow: 'personal' },
  'no name': { reportRow: 'unknown' },
  'a twin': { reportRow: 'twice' },
};

test.each(Object.entries(oddRows))(
  'a row with %s makes its account doubtful, and the others are judged',
  async (_, change) => {
    const { ids, idOf, counts } = await anAudit([{ kind: 'odd', inactiveDays: 160, ...change }]);
    expect(ids).toEqual([idOf('quiet')]);
    expect(counts.verdicts).toMatchObject({ inactive: 1, 'insufficient-evidence': 1 });
  },
);

test('an odd cell does not hide activity that the row tells for certain', async () => {
  const cells = { 'Teams Last Activity Date': '10/1/2026' };
  const odd: PersonInput = {
    kind: 'odd',
    inactiveDays: 160,
    lastActivity: { exchange: 5 },
    reportCells: cells,
  };
  expect((await anAudit([odd])).counts.verdicts).toMatchObject({ inactive: 1, 'insufficient-evidence': 0 });
});

test.each([
  { reportFlags: '1' },
  { reportFlags: 'TRUE' },
  { reportFlags: 'Yes' },
  { reportDates: 'instant' },
  { recipientTypes: 'missing' },
  { reportLags: { getMailboxUsageDetail: 3 } },
  { reportLags: { getMailboxUsageDetail: 1 } },
] as Partial<Switches>[])('%o: the same people are inactive as in the usual form', async (switches) => {
  const gone: PersonInput = {
    userPrincipalName: 'ana@contoso.com',
    deletedDaysAgo: 5,
    inactiveDays: 1,
    licenses: [],
  };
  const present: PersonInput = { kind: 'heir', userPrincipalName: 'ana@contoso.com', inactiveDays: 160 };
  const { ids, idOf, reports } = await anAudit([gone, present], switches);
  expect(new Set(ids)).toEqual(new Set([idOf('quiet'), idOf('heir')]));
  expect(Object.keys(reports)).toHaveLength(3);
});

test('days of silence count from the usage report, whatever day the mailbox report is of, and both days are said', async () => {
  const { inactive, run, quality } = await anAudit([], { reportLags: { getMailboxUsageDetail: 3 } });
  expect(run.reportRefreshDate).toBe('2026-12-05');
  expect(inactive[0]?.judgement.inactiveDays).toBe(158);
  expect(inactive[0]?.evidence.mailbox.recipientType).toBe('user');
  expect(quality.notes.join()).toContain('The mailbox report is of 2026-12-04, the usage report of 2026-12-05');
});

test('a service without a column is said, because nobody sees who works only there', async () => {
  const { quality } = await anAudit([], { reportLacks: ['Yammer Last Activity Date'] });
  expect(quality.notes.join()).toContain('has no column for Yammer: of people who work only there');
  expect((await anAudit([])).quality.notes.join()).not.toContain('has no column');
});

test('rows of deleted users that keep their date of back then do not make the report older', async () => {
  const gone = ['a', 'b', 'c', 'd'].map(
    (kind): PersonInput => ({
      kind,
      deletedDaysAgo: 20,
      licenses: [],
      reportCells: { 'Report Refresh Date': '2026-11-15' },
    }),
  );
  const { ids, idOf, run } = await anAudit(gone);
  expect(run.reportRefreshDate).toBe('2026-12-05');
  expect(ids).toEqual([idOf('quiet')]);
});

test('commas, quotes and line ends in names belong to the name', async () => {
  const names = ['Reyes, Ana', 'Ana "Annie" Reyes', 'Ana\r\nReyes', '"', ',"\n",'];
  const people = names.map((displayName, at): PersonInput => ({ kind: `name${at}`, displayName, inactiveDays: 160 }));
  expect((await anAudit(people)).ids).toHaveLength(names.length + 1);
});

test('where nobody quotes them, only their own rows are in doubt', async () => {
  const names = ['Reyes, Ana', 'Ana\r\nReyes'];
  const people = names.map((displayName, at): PersonInput => ({ kind: `name${at}`, displayName, inactiveDays: 160 }));
  const { ids, idOf } = await anAudit(people, { reportQuotes: false });
  expect(ids).toEqual([idOf('quiet')]);
});

test('a tenant without mailboxes has a mailbox report without rows, and it is said', async () => {
  const people: PersonInput[] = [
    { kind: 'unlicensed', inactiveDays: 160, licenses: [] },
    { kind: 'at work', mailbox: null },
  ];
  const tenant = await anAuditedTenant({ users: 0, people, isDeserted: true });
  const { quality, inactive } = await tenant.audit();
  expect(inactive).toHaveLength(1);
  expect(quality.notes).toContain('The mailbox report has no rows: no mailbox is known from it.');
});

test('one odd row in seven is people’s own trouble; a report of which a third is odd ends the run', async () => {
  const others = (count: number, cells: Record<string, string>) =>
    Array.from({ length: count }, (): PersonInput => ({ inactiveDays: 160, reportCells: cells }));
  const odd = others(30, { 'Teams Last Activity Date': 'never' });
  expect((await anAudit([...others(170, {}), ...odd])).ids).toHaveLength(171);
  await expect(anAudit([...others(50, {}), ...odd])).rejects.toMatchObject({ code: 'bad-report' });
});
