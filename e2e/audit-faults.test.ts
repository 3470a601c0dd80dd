import { existsSync, readdirSync } from 'node:fs';
import type { FaultRule } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { type AuditedTenant, anAuditedTenant, sharedTenant } from '../audit/audited-tenant.fixture.ts';
import type { JudgedTenant } from '../audit/judge-tenant.ts';

// More than one page of people.
const shared = sharedTenant({ users: 1201 });
let calm: Promise<JudgedTenant> | undefined;
const undisturbed = () => {
  calm ??= shared().audit();
  return calm;
};

/** An audit with these faults, which are added before and removed afterwards. */
async function through(...faults: FaultRule[]): Promise<JudgedTenant> {
  const { emulator, audit } = shared();
  await undisturbed();
  for (const fault of faults) emulator.faults.add(fault);
  return await audit().finally(() => emulator.faults.clear());
}

function expectNothingLeft({ repository, emulator }: AuditedTenant): void {
  expect(emulator.tenant.concealment.isSet).toBe(true);
  const out = `${repository}/out/contoso`;
  expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
}

/** One request of each source, in the order of an audit. */
const paths = [
  '/v1.0/users$',
  'getOffice365ActiveUserDetail',
  'getMailboxUsageDetail',
  '/reports/download/',
  '/subscribedSkus',
  '/roleDefinitions',
  '/roleAssignments',
  '/roleEligibilitySchedules',
  '/transitiveMembers',
  '/admin/reportSettings',
  '\\$batch',
];

test.each([
  ['429 with a fractional Retry-After', { kind: 'status', status: 429, retryAfter: '0.128' }],
  ['503', { kind: 'status', status: 503 }],
  ['504', { kind: 'status', status: 504 }],
  ['a reset connection', { kind: 'reset' }],
  ['a cut body', { kind: 'cut' }],
  ['a slow body', { kind: 'slow', delayMs: 50 }],
] as [string, FaultRule][])('%s at every source in turn changes nothing of the result', async (_, fault) => {
  const expected = await undisturbed();
  const found = await through(...paths.map((path) => ({ ...fault, path, count: 1 })));
  expect(found.inactive).toEqual(expected.inactive);
  expect(found.guests).toEqual(expected.guests);
  expect(found.counts).toEqual(expected.counts);
});

test('a 401 in mid-listing, an expired download and a report that ends too early change nothing either', async () => {
  const expected = await undisturbed();
  const found = await through(
    { kind: 'unauthorized', path: '/v1.0/users$', nth: 3, count: 1 },
    { kind: 'expiredDownload', path: '/reports/download/', count: 1 },
    { kind: 'cut', path: '/reports/download/', nth: 2, count: 1, afterBytes: 20_000 },
  );
  expect(found.inactive).toEqual(expected.inactive);
  expect(found.reports).toEqual(expected.reports);
});

test('a report that ends too early as if it were complete makes nobody inactive who was not', async () => {
  const known = new Set((await undisturbed()).inactive.map(({ evidence }) => evidence.id));
  const found = await through({ kind: 'truncate', path: '/reports/download/', count: 1, afterBytes: 40_000 });
  for (const { evidence } of found.inactive) expect(known).toContain(evidence.id);
});

test.each([
  ['a page of users that stays broken', { kind: 'status', status: 500, path: '/v1.0/users$', nth: 2 }],
  ['an expired page token', { kind: 'expiredPage', path: '/users$', query: 'top=999' }],
  ['a token that is refused again and again', { kind: 'unauthorized', path: '/v1.0/users$', nth: 3 }],
  ['a report that stays broken', { kind: 'cut', path: '/reports/download/' }],
  ['role assignments that may not be read', { kind: 'status', status: 403, path: '/roleAssignments' }],
  ['a group whose members may not be read', { kind: 'status', status: 403, path: '/transitiveMembers' }],
] as [string, FaultRule][])('%s ends the audit with a sentence, and leaves nothing behind', async (_, fault) => {
  await expect(through(fault)).rejects.toMatchObject({
    name: 'RequestFailed',
    message: expect.stringMatching(/^GET \S+ .*\.$/),
  });
  expectNothingLeft(shared());
});

const person = { kind: 'ana', displayName: 'Ana', inactiveDays: 143, licenses: ['SPE_E3' as const] };

test('without Entra ID P1 nobody is inactive, and the reader is told why', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [person], switches: { premium: false } });
  const { counts, quality, inactive } = await tenant.audit();
  expect(inactive).toEqual([]);
  expect(counts.reasons['sign-in-unavailable']).toBe(1);
  expect(quality).toMatchObject({ signIns: 'unavailable', roleEligibility: 'unlicensed' });
  expect(quality.notes.join()).toContain('no Entra ID P1');
});

test('without Entra ID P1 and with `signIns: optional`, silent services are enough, and it is noted', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [person], switches: { premium: false } });
  const rules = { ...tenant.rules, policy: { ...tenant.rules.policy, signIns: 'optional' as const } };
  const ana = tenant.find(await tenant.audit({ rules }), 'ana');
  expect(ana?.judgement).toMatchObject({
    verdict: 'inactive',
    reasons: ['no-activity-for-days', 'sign-in-not-known'],
  });
});

test('without AuditLog.Read.All sign-ins are unavailable, which is not the same as never', async () => {
  const appRoles = ['Directory.Read.All', 'Reports.Read.All', 'ReportSettings.ReadWrite.All', 'User.Read.All'] as const;
  const tenant = await anAuditedTenant({ users: 0, people: [person], identities: { audit: { appRoles } } });
  const { quality, inactive } = await tenant.audit();
  expect(inactive).toEqual([]);
  expect(quality.notes.join()).toContain('AuditLog.Read.All');
});

test('without a permission for the products, names and mailbox plans come from the published list', async () => {
  const appRoles = [
    'AuditLog.Read.All',
    'User.Read.All',
    'RoleManagement.Read.Directory',
    'GroupMember.Read.All',
    'Reports.Read.All',
    'ReportSettings.ReadWrite.All',
  ] as const;
  const tenant = await anAuditedTenant({ users: 0, people: [person], identities: { audit: { appRoles } } });
  const audited = await tenant.audit();
  expect(tenant.find(audited, 'ana')?.evidence.licenses).toMatchObject([
    { skuPartNumber: 'SPE_E3', productName: 'Microsoft 365 E3', carries: { mailbox: 'plan-1' } },
  ]);
  expect(audited.quality.notes.join()).toContain('published list');
});

test.each(['User', 'UserMailbox', 'missing'] as const)(
  'Recipient Type in the words of %s: a shared mailbox is recognised',
  async (recipientTypes) => {
    const people = [
      person,
      {
        kind: 'box',
        displayName: 'Box',
        inactiveDays: 200,
        licenses: ['SPE_E3' as const],
        mailbox: { type: 'SharedMailbox' as const },
      },
    ];
    const tenant = await anAuditedTenant({ users: 0, people, switches: { recipientTypes } });
    const audited = await tenant.audit();
    expect(tenant.find(audited, 'box')?.judgement.action).toBe('manual-review');
    expect(tenant.find(audited, 'ana')?.evidence.mailbox.recipientType).toBe('user');
  },
);

test('a mailbox that nobody may look at holds its account up, and it is noted', async () => {
  const tenant = await anAuditedTenant({
    users: 0,
    people: [person],
    switches: { recipientTypes: 'missing' },
  });
  tenant.emulator.faults.add({ kind: 'status', status: 403, path: 'mailboxSettings' });
  const audited = await tenant.audit();
  expect(audited.inactive).toEqual([]);
  expect(audited.quality.notes.join()).toContain('could not be looked at');
});

test('with a role in Exchange, litigation holds are read', async () => {
  const people = [
    person,
    {
      kind: 'held',
      displayName: 'Held',
      inactiveDays: 200,
      licenses: ['SPE_E3' as const],
      mailbox: { litigationHold: true },
    },
  ];
  const appRoles = [
    'AuditLog.Read.All',
    'Directory.Read.All',
    'Reports.Read.All',
    'ReportSettings.ReadWrite.All',
    'Exchange.ManageAsApp',
  ] as const;
  const identities = { audit: { appRoles, directoryRoles: ['Global Reader'] } };
  const tenant = await anAuditedTenant({ users: 0, people, identities });
  const audited = await tenant.audit();
  expect(tenant.find(audited, 'held')?.evidence.mailbox.hold).toBe('litigation');
  expect(tenant.find(audited, 'ana')?.evidence.mailbox.hold).toBe('none');
});

test('a report that is too old ends the audit', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [person], switches: { reportLagDays: 6 } });
  await expect(tenant.audit()).rejects.toMatchObject({ code: 'report-stale' });
  expectNothingLeft(tenant);
});

test('a report from after the day of the audit ends it, too', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [person] });
  await expect(tenant.audit({ today: '2026-12-01' })).rejects.toMatchObject({ code: 'report-stale' });
});
