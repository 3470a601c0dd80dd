// Dynamic licence groups: by its rule a blocked person may leave the group and lose its licences. "When the attributes of a
// user change, the system evaluates all rules" (learn.microsoft.com, groups-dynamic-membership).
import { formatTimestamp } from '../clock.ts';
import type { Directory, Group } from './directory.ts';
import { replaceLicenses } from './license-changes.ts';
import { isMemberByRule } from './membership-rule.ts';
import type { ChangedPerson, License } from './person.ts';
import type { Tenant } from './tenant.ts';

/** Records the dynamic groups of inherited licences; a licence may name its group by id or display name. */
export function joinByRule({ groups }: Directory, person: ChangedPerson, licenses: readonly License[]): void {
  for (const license of licenses) {
    const named = license.assignedByGroup;
    if (named === null) continue;
    const group = groups.get(named) ?? [...groups.values()].find((it) => it.properties.displayName === named);
    if (!group || !isDynamic(group)) continue;
    license.assignedByGroup = group.id;
    group.licenses?.add(license.skuId);
    person.ruleGroups = [...new Set([...person.ruleGroups, group.id])];
  }
}

/** Whether Entra finds the group's members by a rule. */
export function isDynamic({ properties: { groupTypes } }: Group): boolean {
  return Array.isArray(groupTypes) && groupTypes.includes('DynamicMembership');
}

/** Applies the rules of a person's groups after sign-in was last allowed or blocked. */
export function followRules(tenant: Tenant, person: ChangedPerson): void {
  const { enabledSince, ruleGroups, deletedDateTime } = person;
  if (ruleGroups.length === 0 || enabledSince === null || deletedDateTime !== null) return;
  const at = enabledSince + tenant.switches.groupLicenseSeconds * 1000;
  if (at > tenant.clock.now()) return;
  for (const id of ruleGroups) {
    const group = tenant.directory.groups.get(id);
    if (group) applyRule(tenant, person, group, at);
  }
}

function applyRule(tenant: Tenant, person: ChangedPerson, group: Group, at: number): void {
  const { membershipRule, membershipRuleProcessingState } = group.properties;
  if (typeof membershipRule !== 'string' || membershipRuleProcessingState === 'Paused') return;
  const others = person.licenses.filter(({ assignedByGroup }) => assignedByGroup !== group.id);
  const isMember = others.length < person.licenses.length;
  if (isMemberByRule(membershipRule, person.accountEnabled) === isMember) return;
  replaceLicenses(tenant, person, isMember ? others : [...others, ...buildInheritedLicenses(group, at)], at);
}

/** The licences that a member inherits from a group, since `at`. */
export function buildInheritedLicenses({ id, licenses = new Set() }: Group, at: number): License[] {
  return [...licenses].map((skuId) => ({
    skuId,
    assignedByGroup: id,
    disabledPlans: [],
    state: 'Active',
    error: 'None',
    lastUpdatedDateTime: formatTimestamp(at),
  }));
}
