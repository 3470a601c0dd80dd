import { expect, test } from 'vitest';
import { listGrantedRights } from '../bootstrap/granted.ts';
import { planMoves } from '../policy/plan/plan.ts';
import type { NamedGroup } from '../policy/schemas/policy.ts';
import { aTenant } from '../policy/tenant.fixture.ts';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

const identities = { audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'groupUses') };
const noLimits = {
  newAccountsPerAudit: 10_000,
  newAccountsPerDepartment: 10_000,
  changesPerApply: 10_000,
  changesPerDepartment: 10_000,
  shareOfTenant: 1,
};

/** Sums of what the plan says that it reclaims of the generated people, by whether policy.yaml names the groups. */
async function reclaim(seed: string, groupLicensedShare: number) {
  const tenant = await anAuditedTenant({ users: 1_500, seed, groupLicensedShare, identities });
  const { groups } = tenant.emulator.tenant.directory;
  const isAssigned = ({ properties, licenses }: NonNullable<ReturnType<typeof groups.get>>) =>
    licenses !== undefined && !JSON.stringify(properties.groupTypes).includes('DynamicMembership');
  const named = [...groups.values()].filter(isAssigned).map(({ id }): NamedGroup => ({ id }));
  const planWith = async (entries: readonly NamedGroup[]) => {
    const policy = { ...tenant.rules.policy, limits: noLimits, licenses: { groups: [...entries] } };
    const rules = { ...tenant.rules, policy };
    const { judged, run, counts, predictCarried } = await tenant.audit({ rules });
    const usual = aTenant({ accounts: [] });
    const plan = planMoves({
      ...usual,
      rules,
      judged,
      run,
      predictCarried,
      enabledMembers: counts.enabledMembers,
    });
    // The people of the catalogue have what its tests need, directly.
    const moves = plan.moves.filter(({ file }) => tenant.emulator.getState(file.account.id).kind === null);
    const monthly = moves.reduce((sum, { file }) => sum + file.savings.monthly, 0);
    const ofGroups = moves.filter(({ file }) => file.restore.groups !== undefined).length;
    return { monthly, people: moves.length, ofGroups };
  };
  return { named: await planWith(named), nameNone: () => planWith([]) };
}

test.each(['oslo', 'bergen'])(
  'what is reclaimed is the same within 5 % if groups that policy.yaml names give 80 % of the licences (seed %s)',
  async (seed) => {
    const direct = await reclaim(seed, 0);
    const byGroups = await reclaim(seed, 0.8);
    expect(direct.named.monthly).toBeGreaterThan(300);
    expect(byGroups.named.people).toBe(direct.named.people);
    expect(byGroups.named.ofGroups).toBeGreaterThan(direct.named.people / 2);
    expect(byGroups.named.monthly / direct.named.monthly).toBeGreaterThan(0.95);
    expect(byGroups.named.monthly / direct.named.monthly).toBeLessThanOrEqual(1.05);
    // Where it names none, most of the money stays.
    const none = await byGroups.nameNone();
    expect(none.monthly / direct.named.monthly).toBeLessThan(0.4);
  },
);
