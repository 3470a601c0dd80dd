import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { buildMovedFile, buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { anAuditedTenant, auditAppRoles } from './audited-tenant.fixture.ts';

const missing = { recipientTypes: 'missing' } as const;
const vera = { kind: 'vera', inactiveDays: 150, mailbox: { hiddenFromGraph: true } } as const;

function aTenantOf(people: readonly PersonInput[], more: Parameters<typeof anAuditedTenant>[0] = {}) {
  return anAuditedTenant({ users: 0, people: [...people, { kind: 'lee' }], switches: missing, ...more });
}

test('a mailbox that nobody can tell the kind of holds its account up, and the report says so', async () => {
  const { audit, find } = await aTenantOf([vera]);
  const audited = await audit();
  expect(audited.inactive).toEqual([]);
  expect(audited.counts.reasons['mailbox-unknown']).toBe(1);
  expect(audited.quality.notes.join(' ')).toContain('The mailbox of 1 inactive account could not be looked at');
  expect(find(audited, 'vera')).toBeUndefined();
});

test('Exchange tells what Graph does not find, where the audit has a role there', async () => {
  const team: PersonInput = {
    kind: 'team',
    displayName: 'Invoices',
    userPrincipalName: 'invoices@contoso.com',
    inactiveDays: 150,
    licenses: [],
    mailbox: { type: 'SharedMailbox', hiddenFromGraph: true },
  };
  const { audit, find } = await aTenantOf([vera, team], { identities });
  const audited = await audit();
  expect(find(audited, 'vera')?.evidence.mailbox.recipientType).toBe('user');
  expect(find(audited, 'team')?.judgement.risks).toMatchObject([{ code: 'shared-mailbox' }]);
});

test('a mailbox that Exchange fails at again and again is unknown, and the others are told', async () => {
  const wim = { ...vera, kind: 'wim' };
  const { audit, emulator } = await aTenantOf([vera, wim], { identities });
  // The first two commands are about holds; the third is tried four times.
  emulator.faults.add({ kind: 'status', status: 500, path: '/InvokeCommand', nth: 3, count: 4 });
  const { inactive, counts } = await audit();
  expect(inactive.map(({ evidence }) => evidence.mailbox.recipientType)).toEqual(['user']);
  expect(counts.reasons['mailbox-unknown']).toBe(1);
});

test('of who is given back what was taken the mailbox is asked for, too, although they are at work', async () => {
  const tenant = await aTenantOf([{ kind: 'ana', inactiveDays: 150 }]);
  const before = await tenant.audit();
  const [judged] = before.inactive;
  if (judged === undefined) throw new Error('Ana is not inactive');
  const entered = buildNewAccountFile(judged, tenant.rules, before.run);
  const audit = { judged, rules: tenant.rules, run: before.run };
  const file = buildMovedFile(entered, { to: 'restore', because: 'is back' }, audit);
  const inForce = [{ path: 'ana.yaml', text: '', file, since: '2026-12-07' }];
  tenant.emulator.applyEvents('ana', {
    signIn: { successful: '2026-12-06' },
    mailbox: { type: 'SharedMailbox' },
  });
  const kindNow = async () => (await tenant.audit({ inForce })).judged[0]?.evidence.mailbox.recipientType;
  expect(await kindNow()).toBe('shared');
  tenant.emulator.applyEvents('ana', { mailbox: { type: 'UserMailbox' } });
  expect(await kindNow()).toBe('user');
});

test('an account that can have no mailbox is not held up: no licence with one, and no row in the report', async () => {
  const bare = { kind: 'bare', inactiveDays: 150, licenses: [], mailbox: null } as const;
  const { audit, find } = await aTenantOf([bare]);
  expect(find(await audit(), 'bare')).toMatchObject({
    evidence: { mailbox: { recipientType: 'none' } },
    judgement: { action: 'disable' },
  });
});

test.each([
  ['SchedulingMailbox', 'its mailbox is a Bookings mailbox'],
  ['DiscoveryMailbox', 'its mailbox is nobody’s own (DiscoveryMailbox)'],
  ['TeamMailbox', 'its mailbox is nobody’s own (TeamMailbox)'],
] as const)('a %s of the report is set aside', async (type, because) => {
  const mailbox = { kind: 'box', inactiveDays: 150, licenses: [], mailbox: { type } };
  const { audit, find } = await aTenantOf([mailbox], { switches: { recipientTypes: 'UserMailbox' } });
  expect(find(await audit(), 'box')?.judgement.risks).toEqual([{ code: 'resource-mailbox', because }]);
});

test('where the report has no column for it, Graph’s "others" is nobody’s own', async () => {
  const box = {
    kind: 'box',
    inactiveDays: 150,
    licenses: [],
    mailbox: { type: 'SchedulingMailbox' },
  } as const;
  const { audit, find } = await aTenantOf([box]);
  expect(find(await audit(), 'box')?.judgement.risks).toMatchObject([{ code: 'resource-mailbox' }]);
});

const auditRoles = [...auditAppRoles, 'Directory.Read.All'] as const;

const identities = {
  audit: { appRoles: [...auditRoles, 'Exchange.ManageAsApp'], directoryRoles: ['Exchange Administrator'] },
} as const;
