import type { PersonInput, Switches } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { computeSavings } from '../policy/judge/savings.ts';
import { anAuditedTenant, sharedTenant } from './audited-tenant.fixture.ts';

// What the audit sees of the OneDrives that licences would take with them.

const shared = sharedTenant();

test.each([
  ['oneDriveLarge', { kind: 'seen', storageUsedBytes: Math.floor(3.1 * 1024 ** 3), files: 812 }, 'onedrive-files'],
  ['oneDriveSmall', { kind: 'seen', storageUsedBytes: 120 * 1024 ** 2, files: 64 }, null],
  ['oneDriveRetained', { kind: 'seen', storageUsedBytes: 48 * 1024 ** 3, files: 21_400 }, 'onedrive-files'],
  ['oneDriveNever', { kind: 'unknown' }, 'onedrive-unknown'],
])('%s: the report’s row says what becomes of the licence', async (kind, oneDrive, reason) => {
  const { audit, find, rules } = shared();
  const found = find(await audit(), kind);
  if (found === undefined) throw new Error(`${kind} is on no list.`);
  expect(found.evidence.oneDrive).toMatchObject(oneDrive);
  const { heldBack } = computeSavings(found.evidence, rules.policy, rules.prices);
  expect(heldBack.map((entry) => entry.reason)).toEqual(reason === null ? [] : [reason]);
});

const ana: PersonInput = { kind: 'ana', inactiveDays: 160, oneDrive: { sizeGb: 3, files: 812 } };
const neverUsed = { lastActivity: { oneDrive: null } };

async function auditOf(person: PersonInput, switches: Partial<Switches> = {}) {
  const tenant = await anAuditedTenant({ users: 0, people: [person], switches });
  const audited = await tenant.audit();
  return { ...audited, tenant, oneDrive: tenant.find(audited, 'ana')?.evidence.oneDrive };
}

test('who never opened a OneDrive has none, and who used one that the report does not know may have one', async () => {
  expect((await auditOf({ ...ana, oneDrive: null, ...neverUsed })).oneDrive).toEqual({ kind: 'none' });
  expect((await auditOf({ ...ana, oneDrive: null })).oneDrive).toEqual({ kind: 'unknown' });
});

test.each<[string, Partial<PersonInput>]>([
  ['a size that is no number', { reportCells: { 'Storage Used (Byte)': 'much' } }],
  ['a size that is empty', { reportCells: { 'Storage Used (Byte)': '' } }],
  ['neither yes nor no for deleted', { reportCells: { 'Is Deleted': 'maybe' } }],
  ['no owner', { reportCells: { 'Owner Principal Name': '' } }],
  ['an owner that nobody knows', { reportCells: { 'Owner Principal Name': '(Unknown)' } }],
  ['no owner, and never used by her', { reportCells: { 'Owner Principal Name': '' }, ...neverUsed }],
  ['a twin', { reportRow: 'twice' }],
])('with %s in its row, nobody knows what the OneDrive holds', async (_, change) => {
  const tenant = await anAuditedTenant({ users: 0, people: [{ ...ana, ...change }] });
  const { id } = tenant.emulator.tenant.people.requireKind('ana');
  // A second row and an unreadable flag make her doubtful: she is judged, but on no list unless she has a file.
  const { inactive, quality, counts } = await tenant.audit();
  const found = inactive.find(({ evidence }) => evidence.id === id);
  if (found === undefined) expect(counts.verdicts['insufficient-evidence']).toBe(1);
  else expect(found.evidence.oneDrive).toEqual({ kind: 'unknown' });
  if (change.reportRow === undefined) expect(quality.notes.join()).toContain('of the OneDrive report');
});

test.each([
  ['that is too old', { reportLags: { getOneDriveUsageAccountDetail: 9 } }, 'days old'],
  ['without the column of owners', { reportLacks: ['Owner Principal Name'] }, 'has no column'],
])('a report %s ends no audit: every OneDrive is unknown, and it is said', async (_, switches, because) => {
  const { inactive, oneDrive, quality, reports } = await auditOf(ana, switches);
  expect(inactive).toHaveLength(1);
  expect(oneDrive).toEqual({ kind: 'unknown' });
  expect(quality.notes.join()).toContain(because);
  expect(quality.notes.join()).toContain('each counts as one of unknown size');
  expect(Object.keys(reports)).not.toContain('getOneDriveUsageAccountDetail');
});

test.each([400, 403, 404, 503])('a report that is answered %i for good ends no audit either', async (status) => {
  const tenant = await anAuditedTenant({ users: 0, people: [ana] });
  tenant.emulator.faults.add({ kind: 'status', status, path: 'getOneDriveUsageAccountDetail' });
  const audited = await tenant.audit();
  expect(tenant.find(audited, 'ana')?.evidence.oneDrive).toEqual({ kind: 'unknown' });
  expect(audited.quality.notes.filter((note) => note.includes('unknown size'))).toHaveLength(1);
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
});

test('the names are concealed in this report, too, until the audit makes them readable', async () => {
  const { oneDrive, tenant, requests, reports } = await auditOf(ana, { concealmentDelaySeconds: 1 });
  expect(oneDrive).toMatchObject({ kind: 'seen', files: 812 });
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
  expect(requests.bySource['OneDrive report']).toBeGreaterThan(0);
  expect(reports.getOneDriveUsageAccountDetail).toMatch(/^[0-9a-f]{64}$/);
});
