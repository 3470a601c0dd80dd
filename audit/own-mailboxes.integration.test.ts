import { expect, test } from 'vitest';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

const person = {
  kind: 'ana',
  inactiveDays: 143,
  accountEnabled: false,
  licenses: ['SPE_E3'] as const,
  mailbox: { type: 'SharedMailbox' as const },
};

test('a mailbox that a file of this pipeline has shared once is a person’s, also where no file is in force any more', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [person] });
  const { id } = tenant.emulator.getState('ana');
  const audited = await tenant.audit({ ownMailboxes: new Set([id]) });
  const ana = tenant.find(audited, 'ana');
  expect(ana?.judgement).toMatchObject({ risks: [], action: 'remove-licenses' });
  // What it had before this pipeline touched it, so that it can be given back, and the apply does not protect it.
  expect(ana && buildNewAccountFile(ana, tenant.rules, audited.run).restore.mailbox).toBe('user');
});

test('a mailbox that somebody else made shared is one to protect', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [person] });
  const ana = tenant.find(await tenant.audit(), 'ana');
  expect(ana?.judgement).toMatchObject({ risks: [{ code: 'shared-mailbox' }], action: 'manual-review' });
});
