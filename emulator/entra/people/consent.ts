// Who has agreed to what an application may do for people, and who may agree.
import type { Site } from '../../site.ts';
import { GRAPH_APP_ID } from '../../tenant/app-roles.ts';
import {
  type DelegatedPermission,
  findDelegatedPermission,
  needsAdministrator,
} from '../../tenant/delegated-permissions.ts';
import type { PermissionGrant } from '../../tenant/directory.ts';
import { listActiveRoles } from '../../tenant/privilege.ts';
import { requireRoleDefinition } from '../../tenant/role-definitions.ts';
import { generateGuid, hashText } from '../../tenant/seeded-random.ts';
import type { PublicClient } from './public-clients.ts';

/**
 * "Global Administrator or Privileged Role Administrator, for granting consent for apps requesting any permission, for any API.
 * Cloud Application Administrator or Application Administrator … except Microsoft Graph app roles": so for what people use, too
 * (grant-admin-consent.md of entra-docs).
 */
const CONSENTING_ROLES = [
  'Global Administrator',
  'Privileged Role Administrator',
  'Cloud Application Administrator',
  'Application Administrator',
].map((name) => requireRoleDefinition(name).id);

/** Whether the person may agree to what needs an administrator, and for everybody. */
export function mayConsentAsAdministrator({ tenant }: Site, personId: string): boolean {
  const roles = listActiveRoles(tenant.directory, personId);
  return CONSENTING_ROLES.some((role) => roles.has(role));
}

/** All that the application may do for the person. */
export function listConsented(site: Site, client: PublicClient, personId: string): DelegatedPermission[] {
  const grants = findGrants(site, client).filter(
    ({ consentType, principalId }) => consentType === 'AllPrincipals' || principalId === personId,
  );
  const names = new Set(grants.flatMap(({ scope }) => scope.split(' ')));
  return [...names].flatMap((name) => findDelegatedPermission(name) ?? []);
}

/** Of the permissions those that nobody has agreed to yet. */
export function listMissing(
  site: Site,
  client: PublicClient,
  personId: string,
  permissions: readonly DelegatedPermission[],
): DelegatedPermission[] {
  const consented = new Set(listConsented(site, client, personId));
  return permissions.filter((permission) => !consented.has(permission));
}

/** Whether the person may not agree to one of them. */
export function needsOtherConsent(site: Site, personId: string, permissions: readonly DelegatedPermission[]): boolean {
  return permissions.some(needsAdministrator) && !mayConsentAsAdministrator(site, personId);
}

/** Notes that the person has agreed, or for everybody; the application gets its service principal with it, as in Entra. */
export function recordConsent(
  site: Site,
  client: PublicClient,
  { personId, permissions }: { personId: string | null; permissions: readonly DelegatedPermission[] },
): void {
  if (permissions.length === 0) return;
  const { directory } = site.tenant;
  const clientId = ensurePrincipal(site, client);
  const known = findGrants(site, client).find(({ principalId }) => principalId === personId);
  const scope = [...new Set([...(known?.scope.split(' ') ?? []), ...permissions])].join(' ');
  const grant: PermissionGrant = known ?? {
    id: directory.createId(),
    clientId,
    consentType: personId === null ? 'AllPrincipals' : 'Principal',
    principalId: personId,
    resourceId: findPrincipalId(site, GRAPH_APP_ID) ?? '',
    scope,
  };
  directory.permissionGrants.set(grant.id, { ...grant, scope });
}

function findGrants(site: Site, client: PublicClient): PermissionGrant[] {
  const principalId = findPrincipalId(site, client.appId);
  return [...site.tenant.directory.permissionGrants.values()].filter(({ clientId }) => clientId === principalId);
}

function findPrincipalId({ tenant }: Site, appId: string): string | undefined {
  return [...tenant.directory.servicePrincipals.values()].find((principal) => principal.appId === appId)?.id;
}

function ensurePrincipal(site: Site, { appId, displayName }: PublicClient): string {
  const known = findPrincipalId(site, appId);
  if (known !== undefined) return known;
  const { directory, world } = site.tenant;
  const id = generateGuid(world.random, hashText(appId), 8100);
  directory.servicePrincipals.set(id, {
    id,
    appId,
    properties: {
      appId,
      appDisplayName: displayName,
      displayName,
      accountEnabled: true,
      servicePrincipalType: 'Application',
    },
    owners: new Set(),
  });
  return id;
}
