// What stands against taking an account out of a group for the licences that it gives, for audit and apply. Pure.
import type { GroupUses } from '../evidence.ts';
import { foldId, foldText, type GroupId } from '../identifiers.ts';
import type { GroupReason } from '../schemas/account.ts';
import type { NamedGroup, Policy } from '../schemas/policy.ts';

/** The properties of a group that `listGroupObstacles` looks at. */
export const leavingProperties = [
  'groupTypes',
  'membershipRule',
  'onPremisesSyncEnabled',
  'isAssignableToRole',
  'mailEnabled',
  'securityEnabled',
  'resourceProvisioningOptions',
] as const;

/** A group as Graph shows it, for `listGroupObstacles`. */
export interface LicenseGroupReading {
  /** null: it is gone, or may not be read. A property that is left out counts as one that may not be read. */
  group: Readonly<Record<string, unknown>> | null;
  uses: GroupUses;
  /** Another group has its name, so that a name in policy.yaml does not say which is meant. */
  hasNamesake: boolean;
}

/** One thing that it gives more; `name` null: whether it gives this may not be read. */
export interface GroupUse {
  kind: 'team' | 'application' | 'policy' | 'group';
  name: string | null;
}

/** Why nobody is taken out of it; `rule`: of a dynamic one. */
export interface GroupObstacle {
  reason: Exclude<GroupReason, 'group-license-stays'>;
  rule?: string | null;
  uses?: readonly GroupUse[];
}

interface NamedBy {
  id: GroupId;
  /** null: it has none, or it may not be read. */
  displayName: string | null;
}

export function isNamedBy(entry: NamedGroup, { id, displayName }: NamedBy): boolean {
  if ('id' in entry) return foldId(entry.id) === foldId(id);
  return displayName !== null && foldText(entry.name) === foldText(displayName);
}

/** The entry of policy.yaml that names the group; null: none does, so that it is never left. */
export function findNamedGroup({ licenses }: Pick<Policy, 'licenses'>, group: NamedBy): NamedGroup | null {
  const named = licenses?.groups?.filter((entry) => isNamedBy(entry, group)) ?? [];
  return named.find(({ givesMore }) => givesMore === undefined) ?? named[0] ?? null;
}

/**
 * What stands against taking anybody out of it, and against putting them back; empty: nothing. `named`: its entry in
 * policy.yaml; null: it has none any more, which does not stand against putting back.
 */
export function listGroupObstacles(
  { group, uses, hasNamesake }: LicenseGroupReading,
  named: NamedGroup | null,
): GroupObstacle[] {
  if (group === null || leavingProperties.some((name) => group[name] === undefined))
    return [{ reason: 'group-unread' }];
  const types = listTexts(group.groupTypes);
  const { membershipRule } = group;
  const rule = typeof membershipRule === 'string' && membershipRule.trim() !== '' ? membershipRule : null;
  const isMailEnabled = group.mailEnabled !== false || group.securityEnabled !== true || types.includes('unified');
  const more = listUses(group, uses);
  const found: (GroupObstacle | false)[] = [
    hasNamesake && named !== null && 'name' in named && { reason: 'group-name-shared' },
    (types.includes('dynamicmembership') || rule !== null) && { reason: 'group-dynamic', rule },
    group.onPremisesSyncEnabled === true && { reason: 'group-synced' },
    group.isAssignableToRole === true && { reason: 'group-role-assignable' },
    isMailEnabled && { reason: 'group-mail-enabled' },
    more.length > 0 && named?.givesMore !== 'accepted' && { reason: 'group-gives-more', uses: more },
  ];
  return found.filter((obstacle) => obstacle !== false);
}

function listUses(group: Readonly<Record<string, unknown>>, uses: GroupUses): GroupUse[] {
  const list = (kind: GroupUse['kind'], names: readonly string[] | null): GroupUse[] =>
    names === null ? [{ kind, name: null }] : names.map((name) => ({ kind, name }));
  return [
    ...(listTexts(group.resourceProvisioningOptions).includes('team') ? [{ kind: 'team', name: null } as const] : []),
    ...list('application', uses.applications),
    ...list('policy', uses.policies),
    ...list('group', uses.groups),
  ];
}

function listTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => String(entry).toLowerCase()) : [];
}
