// Dynamic licence groups: by its rule a blocked person may leave the group and lose its licences. "When the attributes of a
// user change, the system evaluates all rules" (learn.microsoft.com, groups-dynamic-membership).
import type { Directory, Group } from './directory.ts';
import { giveGroupLicenses } from './group-licensing.ts';
import { findGroup, isDynamic } from './groups.ts';
import { replaceLicenses } from './license-changes.ts';
import { isMemberByRule } from './membership-rule.ts';
import type { ChangedPerson, License } from './person.ts';
import type { Tenant } from './tenant.ts';

/** Records the groups of inherited licences; a licence may name its group by id or display name. */
export function joinByLicense(directory: Directory, person: ChangedPerson, licenses: readonly License[]): void {
  for (const license of licenses) {
    const group = license.assignedByGroup === null ? undefined : findGroup(directory, license.assignedByGroup);
    if (!group) continue;
    license.assignedByGroup = group.id;
    group.licenses ??= new Map();
    if (!group.licenses.has(license.skuId)) group.licenses.set(license.skuId, license.disabledPlans);
    if (isDynamic(group)) person.ruleGroups = [...new Set([...person.ruleGroups, group.id])];
  }
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
  if (isMember) replaceLicenses(tenant, person, others, at);
  else giveGroupLicenses(tenant, person, group, at);
}
