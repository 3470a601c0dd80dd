// Who may change the members of a group, and of which groups nobody can.
import { type Caller, hasPermission } from '../entra/caller.ts';
import { badRequest, forbidden } from '../odata/errors.ts';
import type { Group } from '../tenant/directory.ts';
import { isDynamic } from '../tenant/groups.ts';
import { findRestrictedUnits, formatScope, listActions, listScopesOf } from '../tenant/privilege.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { getCallFacts } from './calls/calls.ts';

/** Of role-assignable groups besides (the pages group-post-members.md and group-delete-members.md). */
const ROLE_ASSIGNABLE = 'RoleManagement.ReadWrite.Directory';
const CALL = 'POST /groups/{id}/members/$ref';

/** Throws Graph's error if the caller may not change the members, or nobody may. */
export function requireMemberChange(tenant: Tenant, caller: Caller, group: Group): void {
  if (!mayChangeMembers(tenant, caller, group)) throw forbidden();
  const { groupTypes, mailEnabled, onPremisesSyncEnabled } = group.properties;
  // "You can't manually add or remove a member of a dynamic group" (groups-dynamic-membership); the error is that of
  // KelvinTegelaar/CIPP 468.
  if (isDynamic(group)) throw forbidden();
  // No report of this very call was found; the sentence is that for every other synced object.
  if (onPremisesSyncEnabled === true)
    throw badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  const isUnified = Array.isArray(groupTypes) && groupTypes.includes('Unified');
  // microsoft-graph-docs 14827.
  if (mailEnabled === true && !isUnified)
    throw badRequest('Cannot Update a mail-enabled security groups and or distribution list.');
}

function mayChangeMembers(tenant: Tenant, caller: Caller, group: Group): boolean {
  // What a person may write to groups is not in the tables.
  if (caller.kind === 'person') return false;
  const isRoleAssignable = group.properties.isAssignableToRole === true;
  const units = findRestrictedUnits(tenant.directory, group.id);
  // Permissions "won't apply" there (admin-units-restricted-management.md, Programmability).
  if (units.length > 0) {
    const scopes = units.map(({ id }) => formatScope(id));
    return !isRoleAssignable && mayByRole(tenant, caller, group).some((scope) => scopes.includes(scope));
  }
  const isPermitted = getCallFacts(CALL).permissions.some((permission) => hasPermission(caller, permission));
  if (isRoleAssignable) return isPermitted && hasPermission(caller, ROLE_ASSIGNABLE);
  // "If the authenticated service principal is an owner of the group …, an application role is not required" (hashicorp's
  // terraform-provider-azuread, docs/resources/group_member.md).
  if (isPermitted || group.owners.has(caller.objectId)) return true;
  return mayByRole(tenant, caller, group).length > 0;
}

/** The scopes at which a role of the application allows it. */
function mayByRole({ directory, switches }: Tenant, caller: Caller, group: Group): readonly string[] {
  if (switches.scopedAppRoles === 'refused') return [];
  const isReader =
    listActions(directory, caller.objectId, '/').has(READ_ACTION) ||
    (switches.scopedAppRoles === 'with-permissions' && mayReadGroups(caller));
  return isReader ? listScopesOf(directory, caller.objectId, group.id, listMemberActions(group)) : [];
}

const READ_ACTION = 'microsoft.directory/groups/standard/read';

function mayReadGroups(caller: Caller): boolean {
  return getCallFacts('GET /groups/{id}').permissions.some((permission) => hasPermission(caller, permission));
}

/** Any of them allows it; all of them leave out role-assignable groups (custom-group-permissions.md of entra-docs). */
function listMemberActions(group: Group): readonly string[] {
  const { groupTypes } = group.properties;
  const kind = Array.isArray(groupTypes) && groupTypes.includes('Unified') ? 'groups.unified' : 'groups.security';
  const subtypes = ['groups', kind, ...(isDynamic(group) ? [] : [`${kind}.assignedMembership`])];
  return subtypes.map((subtype) => `microsoft.directory/${subtype}/members/update`);
}
