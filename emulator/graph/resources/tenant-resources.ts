// Rows for the tenant as a whole: its subscriptions, the organisation, Conditional Access, and deleted users.

import { type Caller, hasPermission } from '../../entra/caller.ts';
import { isInBin } from '../../tenant/account-changes.ts';
import type { DirectoryObject } from '../../tenant/directory.ts';
import type { ChangedPerson } from '../../tenant/person.ts';
import { PLANS } from '../../tenant/service-plans.ts';
import { ALL_SKUS, isUnlisted, type Sku } from '../../tenant/skus.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { type CallFacts, type DelegatedAccess, everyOption } from '../calls/call.ts';
import { deletedUserReaders, policyReaders } from '../calls/people.ts';
import { selectProperties } from '../stored-object.ts';
import { defineObjects } from './object-resource.ts';

const subscriptionPermissions = [
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;

const readSkus: CallFacts = {
  permissions: subscriptionPermissions,
  /** The roles of rbac-company-subscriptions-subscribedskus-apis.md are for "acting on another user", which nobody does here. */
  delegated: { permissions: subscriptionPermissions, people: 'members' },
  units: 3,
  page: 'subscribedsku-list.md',
  query: ['$select'],
};

const subscribedSkus = defineObjects<Sku>({
  path: '/subscribedSkus',
  typeName: 'subscribedSku',
  list: readSkus,
  get: { ...readSkus, page: 'subscribedsku-get.md' },
  // Sentence and option from microsoft-graph-docs 5922.
  refusedOptions: { $filter: 'Filtered searches against this resource are not supported.' },
  entries: ({ site: { tenant } }) =>
    ALL_SKUS.filter((sku) => tenant.seats.countEnabled(sku.skuId) > 0 && !isUnlisted(sku, tenant.switches)),
  write: (sku, { site }, select) => selectProperties(buildSubscribedSku(site.tenant, sku), select),
});

const readWholeOrganization = [
  'User.Read.All',
  'Organization.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;

const readOrganization: CallFacts = {
  permissions: readWholeOrganization,
  /** rbac-organization-apis-read.md lists users and guests. */
  delegated: { permissions: ['User.Read', ...readWholeOrganization], people: 'everybody' },
  units: 1,
  page: 'organization-list.md',
  query: ['$select'],
};

const organization = defineObjects<Tenant>({
  path: '/organization',
  typeName: 'organization',
  list: readOrganization,
  get: readOrganization,
  entries: ({ site }) => [site.tenant],
  write: (tenant, { c }, select) =>
    selectProperties(limitOrganization(c.get('caller'), buildOrganization(tenant)), select),
});

/** "Applications granted the User.Read permission are able to read only the id, displayName, and verifiedDomains" (the include). */
function limitOrganization(caller: Caller, organization: Record<string, unknown>): Record<string, unknown> {
  if (readWholeOrganization.some((permission) => hasPermission(caller, permission))) return organization;
  const shown = new Set(['id', 'displayName', 'verifiedDomains']);
  const empty = ([name, value]: [string, unknown]) => [
    name,
    shown.has(name) ? value : Array.isArray(value) ? [] : null,
  ];
  return Object.fromEntries(Object.entries(organization).map(empty));
}

const readPolicies = ['Policy.Read.All'] as const;
const readPoliciesAsPerson: DelegatedAccess = { permissions: readPolicies, people: policyReaders };

const policies = defineObjects<DirectoryObject>({
  path: '/identity/conditionalAccess/policies',
  typeName: 'conditionalAccessPolicy',
  list: {
    permissions: readPolicies,
    delegated: readPoliciesAsPerson,
    units: 1,
    page: 'conditionalaccessroot-list-policies.md',
    query: ['$count', '$filter', '$orderby', '$select', '$skip', '$top'],
  },
  get: {
    permissions: readPolicies,
    delegated: readPoliciesAsPerson,
    units: 1,
    page: 'conditionalaccesspolicy-get.md',
    query: ['$select'],
  },
  entries: ({ site }) => [...site.tenant.directory.policies.values()],
  find: ({ site }, key) => site.tenant.directory.policies.get(key),
  write: ({ id, properties }, _view, select) => selectProperties({ id, ...properties }, select),
});

/** Neither is in permissions.json; the page names the least permission for users. */
const readDeleted = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;

const readDeletedUsers = {
  permissions: readDeleted,
  delegated: { permissions: readDeleted, people: deletedUserReaders },
  units: 1,
} as const;

/** Deleted users, for 30 days (directory-deleteditems-list.md and -get.md). Other kinds of objects are gone at once here. */
const deletedUsers = ['/directory/deletedItems/microsoft.graph.user', '/directory/deletedItems'].map((path) =>
  defineObjects<ChangedPerson>({
    path,
    typeName: 'user',
    context: 'directoryObjects',
    ...(path.endsWith('.user')
      ? { list: { ...readDeletedUsers, page: 'directory-deleteditems-list.md', query: everyOption } }
      : { get: { ...readDeletedUsers, page: 'directory-deleteditems-get.md', query: everyOption } }),
    entries: ({ site }) => listDeleted(site.tenant),
    write: (person, _view, select) => buildDeletedUser(person, select),
  }),
);

export const tenantResources = [subscribedSkus, organization, policies, ...deletedUsers] as const;

/** Everybody who is deleted and can still be restored. */
export function listDeleted(tenant: Tenant): ChangedPerson[] {
  const people = [...tenant.people.listNamed()];
  return people.filter((person) => isInBin(tenant, person));
}

/** A deleted user's name has the object id before it, so that somebody else can take the name. */
export function buildDeletedUser(person: ChangedPerson, select: readonly string[] | null): Record<string, unknown> {
  const { id, deletedDateTime, displayName, mail, userPrincipalName } = person;
  const all: Record<string, unknown> = {
    id,
    deletedDateTime,
    displayName,
    mail,
    userPrincipalName: `${id.replaceAll('-', '')}${userPrincipalName}`,
  };
  const chosen = Object.entries(all).filter(([name]) => select === null || select.includes(name));
  return { '@odata.type': '#microsoft.graph.user', ...Object.fromEntries(chosen) };
}

function buildSubscribedSku(tenant: Tenant, sku: Sku): Record<string, unknown> {
  return {
    accountId: tenant.id,
    accountName: 'contoso',
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: tenant.seats.countConsumed(sku.skuId),
    id: `${tenant.id}_${sku.skuId}`,
    prepaidUnits: { enabled: tenant.seats.countEnabled(sku.skuId), suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: sku.plans.map((plan) => ({ ...plan, appliesTo: 'User', provisioningStatus: 'Success' })),
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    subscriptionIds: [],
  };
}

function buildOrganization({ id, displayName, domain, switches }: Tenant): Record<string, unknown> {
  const premium = {
    assignedDateTime: '2021-03-01T09:00:00Z',
    capabilityStatus: 'Enabled',
    service: 'AADPremiumService',
    servicePlanId: PLANS.entraP1.servicePlanId,
  };
  return {
    id,
    displayName,
    assignedPlans: switches.premium ? [premium] : [],
    countryLetterCode: 'GB',
    createdDateTime: '2021-03-01T09:00:00Z',
    onPremisesSyncEnabled: true,
    preferredLanguage: 'en',
    tenantType: 'AAD',
    verifiedDomains: [
      { capabilities: 'Email', isDefault: true, isInitial: false, name: domain, type: 'Managed' },
      { capabilities: 'Email', isDefault: false, isInitial: true, name: 'contoso.onmicrosoft.com', type: 'Managed' },
    ],
  };
}
