// After an update: whether the tenant shows the quarantine as declared, and who is in it nevertheless.
import { DormantError } from '../../policy/errors.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { type PollTiming, poll } from '../tenant/poll.ts';
import type { FoundQuarantine, QuarantineFinder } from './find-quarantine.ts';
import { policyStates, type QuarantineMode } from './quarantine.ts';
import { buildQuarantineName } from './resolve-quarantine.ts';

/** null: there must be none. */
export type DeclaredQuarantine = { mode: QuarantineMode; members: readonly IdKey[] } | null;

interface CheckedQuarantine {
  /** How it differs, as sentences. */
  failures: string[];
  /** Object ids of the members of a group of that name; null: not readable. */
  stillIn: ReadonlySet<IdKey> | null;
}

/** Reads until it is as declared, for as long as the directory may take to show what was written. */
export async function checkQuarantine(
  finder: QuarantineFinder,
  { stack, declared, wait }: { stack: string; declared: DeclaredQuarantine; wait: PollTiming },
): Promise<CheckedQuarantine> {
  const name = buildQuarantineName(stack);
  const look = async (): Promise<CheckedQuarantine> => {
    const [groups, policies] = await Promise.all([finder.findGroups(name, null), finder.findPolicies(name, null)]);
    const members = groups.flatMap((group) => group.members.map(({ id }) => id));
    return { failures: listQuarantineDifferences({ groups, policies }, declared), stillIn: new Set(members) };
  };
  let last: CheckedQuarantine = { failures: [], stillIn: null };
  try {
    await poll(
      async () => {
        last = await look();
        return last;
      },
      ({ failures }) => failures.length === 0,
      wait,
    );
    return last;
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    return {
      failures: [`Who is in quarantine could not be read afterwards: ${error.message} ${error.remedy}`.trim()],
      stillIn: null,
    };
  }
}

/** Pure. */
export function listQuarantineDifferences(
  { groups, policies }: FoundQuarantine,
  declared: DeclaredQuarantine,
): string[] {
  const formatIds = (found: readonly { id: string }[]) => found.map(({ id }) => id).join(', ');
  if (declared === null)
    return [
      ...(policies.length > 0 ? [`The policy of the quarantine is still there: ${formatIds(policies)}.`] : []),
      ...(groups.length > 0 ? [`The group of the quarantine is still there: ${formatIds(groups)}.`] : []),
    ];
  const [group] = groups;
  const [policy] = policies;
  if (group === undefined) return ['The tenant shows no group of the quarantine.'];
  if (policy === undefined) return ['The tenant shows no policy of the quarantine: nobody is blocked by it.'];
  if (groups.length > 1) return [`The tenant has more than one group of the quarantine: ${formatIds(groups)}.`];
  if (policies.length > 1) return [`The tenant has more than one policy of the quarantine: ${formatIds(policies)}.`];
  const members = group.members.map(({ id }) => id);
  const missing = declared.members.filter((id) => !members.includes(id));
  const strange = group.members.filter(({ id }) => !declared.members.includes(id));
  const named = strange.slice(0, 3).map((member) => member.userPrincipalName ?? member.id);
  return [
    ...(missing.length > 0 ? [`${formatCount(missing.length, 'account')} to be held are not in the group.`] : []),
    ...(strange.length > 0
      ? [
          `${formatCount(strange.length, 'member')} of the group should no longer be in it: ${named.join(', ')}${strange.length > 3 ? ' and others' : ''}.`,
        ]
      : []),
    ...(policy.state === policyStates[declared.mode]
      ? []
      : [`The policy is ${policy.state}, not ${policyStates[declared.mode]}.`]),
    ...(policy.groups.includes(group.id) ? [] : ['The policy does not apply to the group.']),
  ];
}
