// Groups that give licences, in words: what stands against changing their members, and what an admin can do. Pure.
import type { AssignedLicense } from '../evidence.ts';
import type { GroupObstacle, GroupUse } from '../licenses/license-groups.ts';
import type { HeldBackReason } from '../schemas/account.ts';
import { describeLicenseGroup, formatRule } from './describe-block-losses.ts';
import { describeHeldBackReason, formatList } from './labels.ts';

/** Entra takes and gives what groups give in the background; in large groups that takes hours. */
export const groupDelayWords = 'what a group gave goes minutes to hours after the account is out of it';
export const groupDelaySentence = 'What a group gave goes minutes to hours after the account is out of it.';

/** `the group Office`, `the groups Office and Tools`. */
export function formatGroupNames(names: readonly string[]): string {
  return `the ${names.length === 1 ? 'group' : 'groups'} ${formatList(names)}`;
}

type GroupLicense = Pick<AssignedLicense, 'assignedByGroup' | 'groupName' | 'dynamicGroup' | 'groupObstacles'>;

/**
 * Why a product stays. `licenses`: how the account has it, where that is known; then a reason that is a group's has its name, and
 * what an admin can do about it. `error`: Microsoft's word for an assignment that is in error.
 */
export function describeStay(reason: HeldBackReason, licenses: readonly GroupLicense[], error?: string): string {
  const given = licenses.filter(({ assignedByGroup }) => assignedByGroup !== null);
  const name = ({ groupName, assignedByGroup }: GroupLicense) => groupName ?? assignedByGroup ?? '';
  const held = given.find(({ groupObstacles = [] }) => groupObstacles[0]?.reason === reason);
  if (held?.groupObstacles !== undefined)
    return `its group ${name(held)} ${formatList(held.groupObstacles.map(describeGroupObstacle))}`;
  const named = given.find(({ groupObstacles }) => groupObstacles !== undefined);
  if (reason === 'group-license-stays' && named !== undefined)
    return `its group ${name(named)} gives another licence that stays`;
  const other = given.find(({ groupObstacles }) => groupObstacles === undefined);
  if (reason !== 'inherited-from-group' || other === undefined) return describeHeldBackReason(reason, error);
  if (other.dynamicGroup !== undefined) {
    const group = describeLicenseGroup(name(other), other.dynamicGroup.membershipRule);
    return `inherited from ${group}, which may take it back once sign-in is blocked`;
  }
  return `inherited from the group ${name(other)}, which policy.yaml does not name`;
}

/** `finds its members by the rule …`: for a sentence that begins with the group. */
export function describeGroupObstacle({ reason, rule, uses = [] }: GroupObstacle): string {
  switch (reason) {
    case 'group-dynamic':
      return rule ? `finds its members by the rule ${formatRule(rule)}` : 'finds its members by a rule';
    case 'group-synced':
      return 'has its members from Active Directory, where the account can be taken out of it';
    case 'group-role-assignable':
      return 'can hold roles in Entra, so that only an administrator of roles changes its members';
    case 'group-mail-enabled':
      return 'has mail, and leaving it takes more than a licence';
    case 'group-unread':
      return 'is gone, or what it is may not be read; `dormant doctor` names the permission';
    case 'group-name-shared':
      return 'has the name of another group, so policy.yaml has to name its id';
    case 'group-gives-more':
      return `gives more than licences (${formatList(uses.map(describeUse))}); \`givesMore: accepted\` in policy.yaml lets it be left all the same`;
  }
}

function describeUse({ kind, name }: GroupUse): string {
  switch (kind) {
    case 'team':
      return 'a team';
    case 'application':
      return name === null ? 'its app roles may not be read' : `access to ${name}`;
    case 'policy':
      return name === null ? 'Conditional Access may not be read' : `the Conditional Access policy ${name}`;
    case 'group':
      return name === null ? 'its own groups may not be read' : `membership in ${name}`;
  }
}
