import { expect, test } from 'vitest';
import { planMoves } from '../policy/plan/plan.ts';
import { aPlanSigning } from '../policy/signing/signing.fixture.ts';
import { type AuditedTenant, anAuditedTenant } from './audited-tenant.fixture.ts';

const path = 'stacks/contoso/escalations.yaml';

/** Cara, who is an executive and silent, and somebody at work. */
function aTenantWithAnExecutive(): Promise<AuditedTenant> {
  const cara = {
    kind: 'cara',
    displayName: 'Cara Vo',
    jobTitle: 'Chief Financial Officer',
    inactiveDays: 160,
  };
  return anAuditedTenant({ users: 0, people: [cara, { kind: 'bo' }] });
}

/** One audit and its plan; `escalated` is the file as main has it. */
async function auditOn(tenant: AuditedTenant, escalated: string | null, today?: string) {
  const escalationsFile = escalated === null ? null : { text: escalated };
  const audited = await tenant.audit({ escalationsFile, ...(today ? { today } : {}) });
  const plan = planMoves({
    ...{ rules: tenant.rules, run: audited.run },
    ...{ judged: audited.judged, absent: audited.absent, inForce: [], proposed: [], declined: [], setBack: [] },
    ...{ enabledMembers: audited.counts.enabledMembers, exemptionsFile: null, escalationsFile },
    ...{ archived: [], predictCarried: audited.predictCarried, signing: aPlanSigning() },
  });
  return { ...plan.escalations, text: plan.files.get(path) ?? null, notes: audited.quality.notes.join(' ') };
}

test('an executive who is silent is found, and a week later the file says it all already', async () => {
  const tenant = await aTenantWithAnExecutive();
  const { entered, text } = await auditOn(tenant, null);
  expect(entered).toMatchObject([{ displayName: 'Cara Vo', since: '2026-12-07' }]);
  tenant.emulator.tenant.clock.advance({ days: 7 });
  expect(await auditOn(tenant, text, '2026-12-14')).toMatchObject({ text: null, left: [] });
});

test('one who is at work again leaves it, although the audit keeps nobody who is active', async () => {
  const tenant = await aTenantWithAnExecutive();
  const { text } = await auditOn(tenant, null);
  tenant.emulator.applyEvents('cara', { activity: { teams: 'now' }, signIn: { successful: 'now' } });
  tenant.emulator.tenant.clock.advance({ days: 7 });
  const { left } = await auditOn(tenant, text, '2026-12-14');
  expect(left).toMatchObject([{ escalation: { displayName: 'Cara Vo' }, because: /last activity on/ }]);
});

test.each([
  ['deleted', { delete: true }, /deleted on 2026-12-07/],
  ['deleted for good', { delete: 'for good' }, /no longer has this account/],
] as const)('one who is %s leaves it, and no file is said to stay', async (_, event, because) => {
  const tenant = await aTenantWithAnExecutive();
  const { text } = await auditOn(tenant, null);
  tenant.emulator.applyEvents('cara', event);
  const { left, notes } = await auditOn(tenant, text);
  expect(left).toMatchObject([{ because: expect.stringMatching(because) }]);
  expect(notes).not.toContain('with a file');
});

test('one whom the listing leaves out stays', async () => {
  const tenant = await aTenantWithAnExecutive();
  const { text } = await auditOn(tenant, null);
  tenant.emulator.applyEvents('cara', { leavesOut: ['id'] });
  expect(await auditOn(tenant, text)).toMatchObject({ left: [], text: null });
});
