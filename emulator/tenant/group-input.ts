// The input for a group of any sort: in the options, or over a control route.

import Type from 'typebox';
import { formatTimestamp } from '../clock.ts';
import { flag, type Input, nullableText, oneOf, strict, text, texts } from '../schema-parts.ts';
import type { Directory, Group } from './directory.ts';
import { findOrMakeUnit } from './grant-privileges.ts';
import { leaveGroup, listMemberIds } from './group-members.ts';
import { buildGroupPolicy, giveAppRole } from './group-uses.ts';
import { addGroup, findGroup, findOrAddGroup } from './groups.ts';
import { type PersonInput, skuPartNumberSchema, skuPartNumbers } from './person-input.ts';
import { SKUS } from './skus.ts';
import type { Tenant } from './tenant.ts';

const productSchema = Type.Object({ sku: skuPartNumberSchema, disabledPlans: texts }, strict);

/** groupTypes, mailEnabled, securityEnabled and resourceProvisioningOptions of each kind (groups-overview.md of graph-docs-contrib). */
const KINDS = {
  security: [[], false, true, []],
  'mail-enabled security': [[], true, true, []],
  distribution: [[], true, false, []],
  microsoft365: [['Unified'], true, false, []],
  team: [['Unified'], true, false, ['Team']],
} as const;
const kindNames = ['security', 'mail-enabled security', 'distribution', 'microsoft365', 'team'] as const;

export const groupSchema = Type.Object(
  {
    id: text,
    /** Need not be unique. */
    displayName: Type.String(),
    /** Default `security`. A team or another group of Microsoft 365 that gives licences has securityEnabled, too. */
    kind: Type.Optional(oneOf(kindNames)),
    licenses: Type.Optional(Type.Array(Type.Union([skuPartNumberSchema, productSchema]))),
    /** Its members are found by this rule. */
    membershipRule: text,
    processingState: Type.Optional(oneOf(['On', 'Paused'])),
    synced: flag,
    roleAssignable: flag,
    /** Enterprise applications by display name, each with a role that the group has there; made if missing. */
    appRoles: texts,
    /** A Conditional Access policy includes or excludes it. */
    conditionalAccess: Type.Optional(oneOf(['include', 'exclude'])),
    /** Its members are shown to nobody without Member.Read.Hidden; "only for Microsoft 365 groups" (group.md). */
    hiddenMembers: flag,
    /** Groups that it is in, by object id or display name; made if missing. */
    memberOf: texts,
    /** Administrative units that it is in, by display name; made if missing. */
    units: texts,
    /** The same for restricted management units. */
    restrictedUnits: texts,
  },
  strict,
);
export type GroupInput = Input<typeof groupSchema>;

/** What can become of a group later. */
export const groupChangeSchema = Type.Object(
  {
    displayName: text,
    kind: Type.Optional(oneOf(kindNames)),
    /** null: its members are no longer found by a rule. */
    membershipRule: nullableText,
    synced: flag,
    roleAssignable: flag,
    appRoles: texts,
    conditionalAccess: Type.Optional(oneOf(['include', 'exclude'])),
    memberOf: texts,
  },
  strict,
);
export type GroupChange = Input<typeof groupChangeSchema>;

/** Makes the group, and what else its input names. */
export function createGroup(tenant: Tenant, input: GroupInput): Group {
  const { directory, clock } = tenant;
  const { displayName, id, licenses, roleAssignable = false } = input;
  const group = addGroup(directory, clock.now(), {
    displayName,
    isAssignableToRole: roleAssignable,
    ...(id === undefined ? {} : { id }),
    ...(licenses === undefined ? {} : { licenses }),
  });
  changeGroup(tenant, group, { ...input, kind: input.kind ?? 'security' });
  const { processingState } = input;
  if (input.hiddenMembers) group.properties.visibility = 'HiddenMembership';
  if (processingState) group.properties.membershipRuleProcessingState = processingState;
  for (const name of input.units ?? []) findOrMakeUnit(directory, name, false).members.add(group.id);
  for (const name of input.restrictedUnits ?? []) findOrMakeUnit(directory, name, true).members.add(group.id);
  return group;
}

/** Makes it what is said; what is not said stays. */
export function changeGroup(tenant: Tenant, group: Group, change: GroupChange): void {
  const { directory, clock } = tenant;
  const { displayName, kind, membershipRule, synced, roleAssignable, conditionalAccess } = change;
  if (displayName !== undefined) group.properties.displayName = displayName;
  if (kind !== undefined) Object.assign(group.properties, buildKind(tenant, group, kind));
  if (membershipRule !== undefined) Object.assign(group.properties, buildRule(group, membershipRule));
  if (synced !== undefined)
    Object.assign(group.properties, {
      onPremisesSyncEnabled: synced ? true : null,
      onPremisesLastSyncDateTime: synced ? formatTimestamp(tenant.clock.now()) : null,
    });
  if (roleAssignable !== undefined) group.properties.isAssignableToRole = roleAssignable;
  for (const name of change.memberOf ?? []) findOrAddGroup(directory, name, clock.now()).members.add(group.id);
  for (const name of change.appRoles ?? []) giveAppRole(tenant, group.id, name);
  if (!conditionalAccess) return;
  const policy = buildGroupPolicy(tenant, group, conditionalAccess);
  directory.policies.set(policy.id, policy);
}

/** Takes a group out of the directory, and its licences from its members after the tenant's delay. */
export function removeGroup(tenant: Tenant, group: Group): void {
  for (const [, id] of [...listMemberIds(tenant.people, group)]) leaveGroup(tenant, group, id);
  tenant.directory.groups.delete(group.id);
}

/** Members of a group that gives licences have them from the start. */
export function expandGroups(directory: Directory, input: PersonInput): PersonInput {
  const inherited = (input.groups ?? []).flatMap((name) => {
    const group = findGroup(directory, name);
    return [...(group?.licenses ?? [])].flatMap(([skuId, disabledPlans]) => {
      const sku = skuPartNumbers.find((part) => SKUS[part].skuId === skuId);
      return group === undefined || sku === undefined ? [] : [{ sku, group: group.id, disabledPlans }];
    });
  });
  if (inherited.length === 0) return input;
  return { ...input, licenses: [...(input.licenses ?? ['SPE_E3']), ...inherited] };
}

function buildKind({ domain }: Tenant, { properties, licenses }: Group, kind: (typeof kindNames)[number]) {
  const [groupTypes, mailEnabled, isSecurity, resourceProvisioningOptions] = KINDS[kind];
  const alias = properties.displayName.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return {
    groupTypes: [...groupTypes],
    mailEnabled,
    mail: mailEnabled ? `${alias}@${domain}` : null,
    securityEnabled: isSecurity || licenses !== undefined,
    resourceProvisioningOptions: [...resourceProvisioningOptions],
  };
}

function buildRule({ properties: { groupTypes } }: Group, membershipRule: string | null): Record<string, unknown> {
  const others = (Array.isArray(groupTypes) ? groupTypes : []).filter((type) => type !== 'DynamicMembership');
  return {
    groupTypes: membershipRule === null ? others : [...others, 'DynamicMembership'],
    membershipRule,
    membershipRuleProcessingState: membershipRule === null ? null : 'On',
  };
}
