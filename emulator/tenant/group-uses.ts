// What a group gives besides licences: a role in an application, and a place in a Conditional Access policy.
import { formatTimestamp } from '../clock.ts';
import type { DirectoryObject, Group } from './directory.ts';
import type { Tenant } from './tenant.ts';

/** Gives a group a role in the enterprise application of this name, which is made if it is missing. */
export function giveAppRole(tenant: Tenant, principalId: string, displayName: string): void {
  const { directory } = tenant;
  const known = [...directory.servicePrincipals.values()].find((it) => it.properties.displayName === displayName);
  const resource = known ?? addEnterpriseApplication(tenant, displayName);
  const [role] = Array.isArray(resource.properties.appRoles) ? resource.properties.appRoles : [];
  const id = directory.createId();
  const createdDateTime = formatTimestamp(tenant.clock.now());
  directory.appRoleGrants.set(id, {
    id,
    appRoleId: String(Object(role).id),
    principalId,
    resourceId: resource.id,
    createdDateTime,
  });
}

/** A policy that asks for a second factor of the group's members, or of everybody but them. */
export function buildGroupPolicy(tenant: Tenant, group: Group, how: 'include' | 'exclude'): DirectoryObject {
  const users =
    how === 'include' ? { includeGroups: [group.id] } : { includeUsers: ['All'], excludeGroups: [group.id] };
  return {
    id: tenant.directory.createId(),
    owners: new Set(),
    properties: {
      displayName: `Second factor (${how}: ${group.properties.displayName})`,
      state: 'enabled',
      createdDateTime: formatTimestamp(tenant.clock.now()),
      modifiedDateTime: null,
      conditions: { users, applications: { includeApplications: ['All'] }, clientAppTypes: ['all'] },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
      sessionControls: null,
    },
  };
}

function addEnterpriseApplication({ directory }: Tenant, displayName: string) {
  const appId = directory.createId();
  const id = directory.createId();
  const role = {
    id: directory.createId(),
    allowedMemberTypes: ['User'],
    description: 'Uses the application',
    displayName: 'User',
    isEnabled: true,
    value: null,
  };
  const principal = {
    id,
    appId,
    owners: new Set<string>(),
    properties: {
      accountEnabled: true,
      appDisplayName: displayName,
      appId,
      appRoleAssignmentRequired: true,
      appRoles: [role],
      displayName,
      servicePrincipalNames: [appId],
      servicePrincipalType: 'Application',
    },
  };
  directory.servicePrincipals.set(id, principal);
  return principal;
}
