import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { serialiseAccountFile } from '../policy/files/account-file.ts';
import { buildMovedFile, buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import type { InForceFile } from '../policy/plan/input.ts';
import { decideNextStep } from '../policy/plan/next-stage.ts';
import type { Stage } from '../policy/schemas/account.ts';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

// What the apply refused as too old gets new evidence in every stage, also of people of whom Graph knows no sign-in at all.

const walk: readonly Stage[] = ['review', 'disable', 'delicense'];
const never: PersonInput = { kind: 'ana', inactiveDays: 200, signIn: 'missing' };

/** Ana, with a file in `stage` since the audit of 6 November, and Bo without one, whose licences cost more. */
async function aTenantWithAFile(stage: Stage) {
  const bo: PersonInput = { ...never, kind: 'bo', licenses: [{ sku: 'SPE_E5' }] };
  const tenant = await anAuditedTenant({ users: 0, people: [never, bo] });
  const { run, inactive } = await tenant.audit();
  const { id } = tenant.emulator.getState('ana');
  const judged = inactive.find(({ evidence }) => evidence.id === id);
  if (judged === undefined) throw new Error('Ana is not inactive');
  const then = { ...run, auditedOn: '2026-11-06', reportRefreshDate: '2026-11-04' };
  const file = walk
    .slice(0, walk.indexOf(stage) + 1)
    .reduce(
      (before, to) => buildMovedFile(before, { to, because: 'silent' }, { judged, rules: tenant.rules, run: then }),
      buildNewAccountFile(judged, tenant.rules, then),
    );
  const tracked: InForceFile = {
    path: 'ana.yaml',
    text: serialiseAccountFile(file),
    file,
    since: '2026-11-06',
  };
  return { ...tenant, id, tracked };
}

test.each<Stage>(['disable', 'delicense'])(
  'in %s, evidence of a month ago is renewed, however many others wait to be asked for',
  async (stage) => {
    const { audit, rules, id, tracked } = await aTenantWithAFile(stage);
    const limits = { ...rules.policy.limits, newAccountsPerAudit: 1 };
    const capped = { ...rules, policy: { ...rules.policy, limits } };
    const audited = await audit({ inForce: [tracked], rules: capped });
    const { judged } = audited;
    const found = judged.find(({ evidence }) => evidence.id === id) ?? null;
    const none = { proposed: [], declined: [] };
    const step = decideNextStep(tracked, found, { ...audited, ...none, rules: capped });
    expect(step).toMatchObject({ reason: 'evidence-renewed' });
  },
);
