// Which app roles this stack's policy needs, and which of the granted ones are too many. Pure.
import { type Grant, type GrantOption, grants, isChosen, type PipelineIdentity } from '../../bootstrap/grants.ts';
import { findBreaches } from '../../bootstrap/guarantees.ts';
import { isPrivilegeSourceRequired } from '../../policy/judge/privileges.ts';
import type { Policy } from '../../policy/schemas/policy.ts';

/** The options of the bootstrap that depend on the policy. Mail is not among them: Exchange limits it better. */
function collectOptions(policy: Policy): ReadonlySet<GrantOption> {
  const chosen = new Set<GrantOption>(['groupRules']);
  if (policy.signIns === 'required') chosen.add('premium');
  for (const source of ['groupEligibility', 'restrictedUnits'] as const)
    if (isPrivilegeSourceRequired(source, policy.risk.privileged)) chosen.add(source);
  const { groups = [], groupRights } = policy.licenses ?? {};
  if (groups.length > 0) chosen.add('groupUses');
  if (groupRights === 'tenant') chosen.add('groupMembers');
  if (policy.mailbox.unknownHold === 'hold-back') chosen.add('holds');
  if (policy.mailbox.convert === 'exchange') chosen.add('exchange');
  if (policy.onPremises.quarantine !== 'off') chosen.add('quarantine');
  return chosen;
}

/** Options that are not necessary, and what their absence means for the people concerned. */
const dispensable: Partial<Record<GrantOption, string>> = {
  groupUses:
    'whether a group gives more than licences cannot be read, so it is left only where the policy says that this is accepted',
  holds: 'no hold can be seen, so licences with a mailbox are held back',
  groupRules:
    'no rule of a dynamic group can be read, so each counts as one that takes its licence back once sign-in is blocked: an account with something that must stay, such as a OneDrive that is not released, is not blocked',
};

/** What follows where a grant is missing that the stack can do without; null: it cannot. */
export function describeAbsence({ options }: Grant, policy: Policy): string | null {
  const wanted = (options ?? []).filter((option) => collectOptions(policy).has(option));
  const consequences = wanted.flatMap((option) => dispensable[option] ?? []);
  return wanted.length > 0 && consequences.length === wanted.length ? consequences.join('; ') : null;
}

export interface GrantComparison {
  /** In the table's order. */
  granted: readonly Grant[];
  missing: readonly Grant[];
  /** In the table, but for an option that this policy does not need. */
  unused: readonly Grant[];
  /** Not in the table, with the guarantees that each breaks. */
  surplus: readonly { appRole: string; breaks: readonly string[] }[];
}

export function compareGrants(
  identity: PipelineIdentity,
  policy: Policy,
  appRoles: readonly string[],
): GrantComparison {
  const chosen = collectOptions(policy);
  const has = ({ appRole }: Grant) => appRoles.includes(appRole);
  const isExpected = (grant: Grant) => isChosen(grant, chosen);
  const table = grants[identity];
  const known = new Set<string>(table.map(({ appRole }) => appRole));
  return {
    granted: table.filter((grant) => isExpected(grant) && has(grant)),
    missing: table.filter((grant) => isExpected(grant) && !has(grant)),
    unused: table.filter((grant) => !isExpected(grant) && has(grant)),
    surplus: appRoles
      .filter((appRole) => !known.has(appRole))
      .map((appRole) => ({ appRole, breaks: findBreaches(identity, [appRole]).map(({ sentence }) => sentence) })),
  };
}
