// Groups that give licences, in words: what stands against changing their members, and what an admin can do. Pure.
import type { GroupObstacle, GroupUse } from '../licenses/license-groups.ts';
import { formatRule } from './describe-block-losses.ts';
import { formatList } from './labels.ts';

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
