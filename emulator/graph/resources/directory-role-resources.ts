// Rows for the roles that somebody holds, as `/directoryRoles` has them, and for their holders.
import type { RoleGrant } from '../../tenant/directory.ts';
import { listRoleDefinitions } from '../../tenant/privilege.ts';
import type { RoleDefinition } from '../../tenant/role-definitions.ts';
import type { DelegatedAccess } from '../calls/call.ts';
import { buildDirectoryRole } from '../directory-object.ts';
import { selectProperties } from '../stored-object.ts';
import { defineObjects, defineRelationship, numberIds } from './object-resource.ts';
import { readRoles } from './role-resources.ts';

/** `User`, so every member, is in rbac-directory-role-apis-read.md. */
const readDirectoryRoles: DelegatedAccess = { permissions: readRoles, people: 'members' };

/** "Only roles that have been activated are listed" (directoryrole-list.md): those that somebody holds for the whole tenant. */
const directoryRoles = defineObjects<RoleDefinition>({
  path: '/directoryRoles',
  typeName: 'directoryRole',
  list: {
    permissions: readRoles,
    delegated: readDirectoryRoles,
    units: 1,
    page: 'directoryrole-list.md',
    query: ['$count', '$filter', '$select'],
  },
  get: {
    permissions: readRoles,
    delegated: readDirectoryRoles,
    units: 1,
    page: 'directoryrole-get.md',
    query: ['$select'],
  },
  alternateKeys: ['roleTemplateId'],
  entries: ({ site }) => {
    const held = new Set([...site.tenant.directory.roleAssignments.values()].filter(isForAll).map(getRoleId));
    return listRoleDefinitions(site.tenant.directory).filter(({ id, isBuiltIn }) => isBuiltIn && held.has(id));
  },
  write: (role, _view, select) => selectProperties(buildDirectoryRole(role), select),
});

const directoryRoleMembers = defineRelationship({
  path: '/directoryRoles/{id}/members',
  list: {
    permissions: readRoles,
    delegated: readDirectoryRoles,
    units: 1,
    page: 'directoryrole-list-members.md',
    query: ['$select'],
  },
  idsFrom: ({ site, id }, start) => {
    const holders = [...site.tenant.directory.roleAssignments.values()].filter(
      (grant) => isForAll(grant) && grant.roleDefinitionId === id.toLowerCase(),
    );
    return numberIds(new Set(holders.map(({ principalId }) => principalId)), start);
  },
});

export const directoryRoleResources = [directoryRoles, directoryRoleMembers] as const;

const isForAll = ({ directoryScopeId }: RoleGrant) => directoryScopeId === '/';
const getRoleId = ({ roleDefinitionId }: RoleGrant) => roleDefinitionId;
