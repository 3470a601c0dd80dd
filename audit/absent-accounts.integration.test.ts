import { expect, test } from 'vitest';
import { serialiseAccountFile } from '../policy/files/account-file.ts';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import type { InForceFile } from '../policy/plan/input.ts';
import { decideNextStep } from '../policy/plan/next-stage.ts';
import { type AuditedTenant, anAuditedTenant } from './audited-tenant.fixture.ts';

/** Ana, inactive, with a file on main since the day of the first audit. */
async function aTenantWithAFile() {
  const tenant = await anAuditedTenant({
    users: 0,
    people: [{ kind: 'ana', inactiveDays: 160 }, { kind: 'bo' }],
  });
  const audited = await tenant.audit();
  const [judged] = audited.inactive;
  if (judged === undefined) throw new Error('Ana is not inactive');
  const file = buildNewAccountFile(judged, tenant.rules, audited.run);
  const tracked: InForceFile = {
    path: 'ana.yaml',
    text: serialiseAccountFile(file),
    file,
    since: '2026-12-07',
  };
  return { tenant, tracked };
}

/** What the next audit makes of her file. */
async function stepOf({ rules, audit }: AuditedTenant, tracked: InForceFile, today: string) {
  const { judged, absent, run, quality, predictCarried } = await audit({ inForce: [tracked], today });
  const found = judged.find(({ evidence }) => evidence.id === tracked.file.account.id) ?? null;
  return {
    step: decideNextStep(tracked, found, {
      rules,
      run,
      absent,
      predictCarried,
      proposed: [],
      declined: [],
    }),
    notes: quality.notes.join(' '),
  };
}

test('a person who is deleted and restored finds file and stage as they were', async () => {
  const { tenant, tracked } = await aTenantWithAFile();
  const { clock } = tenant.emulator.tenant;
  tenant.emulator.applyEvents('ana', { delete: true });
  const deleted = await stepOf(tenant, tracked, '2026-12-07');
  expect(deleted.step).toMatchObject({ kind: 'hold', because: expect.stringContaining('until 2027-01-06') });
  expect(deleted.notes).toContain('1 account with a file is deleted and can still be restored');

  clock.advance({ days: 20 });
  expect((await stepOf(tenant, tracked, '2026-12-27')).step.kind).toBe('hold');
  tenant.emulator.applyEvents('ana', { restore: true });
  expect(tenant.emulator.getState('ana').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3' }]);
  const back = await stepOf(tenant, tracked, '2026-12-27');
  expect(back.step).toMatchObject({ kind: 'move', to: 'review' });
  expect(back.notes).not.toContain('deleted');
});

test('once the bin has let go of a person, the file goes', async () => {
  const { tenant, tracked } = await aTenantWithAFile();
  tenant.emulator.applyEvents('ana', { delete: true });
  tenant.emulator.tenant.clock.advance({ days: 31 });
  expect((await stepOf(tenant, tracked, '2027-01-07')).step).toMatchObject({
    to: null,
    reason: 'account-gone',
  });
});

test('a person who is deleted for good leaves at once', async () => {
  const { tenant, tracked } = await aTenantWithAFile();
  tenant.emulator.applyEvents('ana', { delete: 'for good' });
  expect((await stepOf(tenant, tracked, '2026-12-07')).step).toMatchObject({
    to: null,
    reason: 'account-gone',
  });
});

test.each([
  ['the bin may not be read', '/directory/deletedItems/', 403, { delete: true }, 'could not be read'],
  ['the bin does not answer', '/directory/deletedItems/', 500, { delete: true }, 'could not be read'],
  ['the listing has her without an id', '', 0, { leavesOut: ['id'] }, 'although the tenant has it'],
] as const)('where %s, her file stays, and the reader hears why', async (_, path, status, event, why) => {
  const { tenant, tracked } = await aTenantWithAFile();
  tenant.emulator.applyEvents('ana', event);
  if (status > 0) tenant.emulator.faults.add({ kind: 'status', status, path });
  const { step, notes } = await stepOf(tenant, tracked, '2026-12-07');
  expect(step.kind).toBe('hold');
  expect(notes).toMatch(new RegExp(`1 account with a file was not in the listing.* ${why}: the file stays`));
});
