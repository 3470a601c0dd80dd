// Rows for applications, their service principals, credentials, owners and grants, and for any directory object by its id.
import { notFound } from '../../odata/errors.ts';
import type { Application, AppRoleGrant, Directory, PermissionGrant } from '../../tenant/directory.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { everyOption } from '../calls/call.ts';
import { appRoleReaders, permissionGrantReaders } from '../calls/people.ts';
import { buildObject, selectProperties } from '../stored-object.ts';
import { defineObjects, defineRelationship, numberIds } from './object-resource.ts';
import type { View } from './resource.ts';

export type Principal = Directory['servicePrincipals'] extends Map<string, infer Value> ? Value : never;

const findApplications = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'] as const;
const readApplications = [
  'Application.Read.All',
  'Directory.Read.All',
  'Application.ReadWrite.All',
  'Directory.ReadWrite.All',
] as const;
/** "A non-admin member or guest user with default user permissions" (rbac-application-apis-read.md). */
const findAsPerson = { permissions: readApplications, people: 'everybody' } as const;
const readGrantsAsPerson = { permissions: readApplications, people: appRoleReaders } as const;
const readPermissionGrants = {
  permissions: ['Directory.Read.All', 'Directory.ReadWrite.All'],
  delegated: { permissions: ['Directory.Read.All', 'Directory.ReadWrite.All'], people: permissionGrantReaders },
  units: 1,
} as const;
const readCredentials = ['Application.Read.All', 'Application.ReadWrite.All'] as const;

const applications = defineObjects<Application>({
  path: '/applications',
  typeName: 'application',
  list: {
    permissions: findApplications,
    delegated: findAsPerson,
    units: 2,
    page: 'application-list.md',
    query: everyOption,
    mostOnPage: 999,
  },
  get: { permissions: readApplications, delegated: findAsPerson, units: 1 },
  alternateKeys: ['appId'],
  entries: ({ site }) => [...site.tenant.directory.applications.values()],
  find: ({ site }, key) => site.tenant.directory.applications.get(key.toLowerCase()),
  write: (application, { typeName }, select) => buildObject(typeName, application, select),
});

const credentials = defineObjects<Record<string, unknown>>({
  path: '/applications/{id}/federatedIdentityCredentials',
  typeName: 'federatedIdentityCredential',
  list: {
    permissions: readCredentials,
    units: 1,
    page: 'application-list-federatedidentitycredentials.md',
    query: ['$filter', '$select'],
  },
  get: { permissions: readCredentials, units: 1 },
  entries: (view) => [...requireApplication(view).federatedIdentityCredentials.values()],
  // "{federatedIdentityCredentialId or federatedIdentityCredentialName}" (federatedidentitycredential-get.md).
  find: (view, key) =>
    [...requireApplication(view).federatedIdentityCredentials.values()].find(
      ({ id, name }) => id === key || name === key,
    ),
  write: (credential, _view, select) => selectProperties(credential, select),
});

const principals = defineObjects<Principal>({
  path: '/servicePrincipals',
  typeName: 'servicePrincipal',
  list: {
    permissions: findApplications,
    delegated: findAsPerson,
    units: 1,
    page: 'serviceprincipal-list.md',
    query: everyOption,
    mostOnPage: 999,
  },
  get: {
    permissions: readApplications,
    delegated: findAsPerson,
    units: 1,
    page: 'serviceprincipal-get.md',
    query: everyOption,
  },
  alternateKeys: ['appId'],
  entries: ({ site }) => [...site.tenant.directory.servicePrincipals.values()],
  find: ({ site }, key) => site.tenant.directory.servicePrincipals.get(key.toLowerCase()),
  write: (principal, { typeName }, select) => buildObject(typeName, principal, select),
});

/** The same grants, seen from their holder (appRoleAssignments) or from the resource (appRoleAssignedTo). */
const grants = (
  [
    ['appRoleAssignments', 'principalId', 2, 'serviceprincipal-list-approleassignments.md'],
    ['appRoleAssignedTo', 'resourceId', 1, 'serviceprincipal-list-approleassignedto.md'],
  ] as const
).map(([name, own, units, page]) =>
  defineObjects<AppRoleGrant>({
    path: `/servicePrincipals/{id}/${name}`,
    typeName: 'appRoleAssignment',
    list: { permissions: readApplications, delegated: readGrantsAsPerson, units, page, query: everyOption },
    get: { permissions: readApplications, units: 1 },
    entries: (view) => {
      const { id } = requirePrincipal(view);
      return [...view.site.tenant.directory.appRoleGrants.values()].filter((grant) => grant[own] === id);
    },
    find: ({ site }, key) => site.tenant.directory.appRoleGrants.get(key),
    write: (grant, { site }, select) => selectProperties(buildAppRoleGrant(site.tenant, grant), select),
  }),
);

/** What applications may do for people; here nobody but people on the pages of the sign-in makes one. */
const permissionGrants = defineObjects<PermissionGrant>({
  path: '/oauth2PermissionGrants',
  typeName: 'oAuth2PermissionGrant',
  list: { ...readPermissionGrants, page: 'oauth2permissiongrant-list.md', query: ['$filter', '$select'] },
  get: { ...readPermissionGrants, page: 'oauth2permissiongrant-get.md', query: ['$select'] },
  entries: ({ site }) => [...site.tenant.directory.permissionGrants.values()],
  find: ({ site }, key) => site.tenant.directory.permissionGrants.get(key),
  write: (grant, _view, select) => selectProperties({ ...grant }, select),
});

const owners = (
  [
    ['/applications/{id}/owners', requireApplication, 'application-list-owners.md'],
    ['/servicePrincipals/{id}/owners', requirePrincipal, 'serviceprincipal-list-owners.md'],
  ] as const
).map(([path, requireOwned, page]) =>
  defineRelationship({
    path,
    list: { permissions: readApplications, units: 1, page, query: everyOption },
    idsFrom: (view, start) => numberIds(requireOwned(view).owners, start),
  }),
);

const directoryObjects = defineRelationship({
  path: '/directoryObjects',
  get: { permissions: ['Directory.Read.All'], units: 1 },
  // Any id may be asked for; nothing lists them all.
  idsFrom: ({ c }) => [[0, (c.req.param('key') ?? '').toLowerCase()]],
});

export const applicationResources = [
  applications,
  credentials,
  principals,
  ...grants,
  permissionGrants,
  ...owners,
  directoryObjects,
] as const;

/** A grant as Graph writes it, in lists and after it was made. */
export function buildAppRoleGrant({ directory }: Tenant, grant: AppRoleGrant): Record<string, unknown> {
  const group = directory.groups.get(grant.principalId);
  const findName = (id: string) =>
    (directory.groups.get(id) ?? directory.servicePrincipals.get(id))?.properties.displayName ?? null;
  return {
    ...grant,
    deletedDateTime: null,
    principalDisplayName: findName(grant.principalId),
    principalType: group ? 'Group' : 'ServicePrincipal',
    resourceDisplayName: findName(grant.resourceId),
  };
}

/** The application of the path, or Graph's 404. */
export function requireApplication({ site, id }: Pick<View, 'site' | 'id'>): Application {
  const found = site.tenant.directory.applications.get(id.toLowerCase());
  if (!found) throw notFound(id);
  return found;
}

/** The service principal of the path, or Graph's 404. */
export function requirePrincipal({ site, id }: Pick<View, 'site' | 'id'>): Principal {
  const found = site.tenant.directory.servicePrincipals.get(id.toLowerCase());
  if (!found) throw notFound(id);
  return found;
}
