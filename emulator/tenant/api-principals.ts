// Microsoft's service principals: the APIs whose permissions are granted.
import type { Directory } from './directory.ts';
import { generateGuid, hashText, type SeededRandom } from './seeded-random.ts';

interface ResourceInput {
  readonly appId: string;
  readonly displayName: string;
  readonly roles: Record<string, string>;
  /** Its delegated permissions, as Graph writes them. */
  readonly scopes?: readonly Record<string, unknown>[];
}

/** The service principal of an API, with the app roles and delegated permissions that it offers. */
export function addResource(
  directory: Directory,
  random: SeededRandom,
  { appId, displayName, roles, scopes = [] }: ResourceInput,
): void {
  const id = generateGuid(random, hashText(appId), 8100);
  const appRoles = Object.entries(roles).map(([value, roleId]) => ({
    allowedMemberTypes: ['Application'],
    description: value,
    displayName: value,
    id: roleId,
    isEnabled: true,
    origin: 'Application',
    value,
  }));
  const properties = {
    appId,
    appDisplayName: displayName,
    displayName,
    accountEnabled: true,
    appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    servicePrincipalType: 'Application',
    servicePrincipalNames: [appId],
    appRoles,
    oauth2PermissionScopes: scopes,
    tags: [],
  };
  directory.servicePrincipals.set(id, { id, appId, properties, owners: new Set() });
}
