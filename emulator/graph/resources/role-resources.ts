// Rows for roles: who holds them, who may, and their definitions.
import { badRequest, GraphError } from '../../odata/errors.ts';
import type { GroupEligibility, RoleGrant } from '../../tenant/directory.ts';
import { listRoleDefinitions } from '../../tenant/privilege.ts';
import type { RoleDefinition } from '../../tenant/role-definitions.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { CallFacts, DelegatedAccess } from '../calls/call.ts';
import { groupEligibilityReaders, pimReaders, roleReaders } from '../calls/people.ts';
import { findDirectoryObject } from '../directory-object.ts';
import { selectProperties } from '../stored-object.ts';
import { defineObjects } from './object-resource.ts';
import type { View } from './resource.ts';

export const readRoles = [
  'RoleManagement.Read.Directory',
  'Directory.Read.All',
  'RoleManagement.ReadWrite.Directory',
  'Directory.ReadWrite.All',
] as const;
const readEligible = [
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
] as const;

const readRolesAsPerson: DelegatedAccess = {
  permissions: [...readRoles, 'RoleManagement.Read.All'],
  people: roleReaders,
};
const readEligibleAsPerson: DelegatedAccess = {
  permissions: [...readEligible, 'RoleManagement.Read.All'],
  people: pimReaders,
};

const expandGrant = {
  principal: ({ principalId }: { principalId: string }, { site }: View) =>
    findDirectoryObject(site.tenant, principalId) ?? null,
  roleDefinition: ({ roleDefinitionId }: RoleGrant, { site }: View) => findDefinition(site.tenant, roleDefinitionId),
};

/** A list of grants of Entra's roles: their facts, and what an entry has beside the grant itself. */
interface GrantRow {
  readonly name: string;
  readonly from: 'roleAssignments' | 'roleEligibilities';
  readonly page: string;
  readonly permissions: readonly string[];
  readonly delegated: DelegatedAccess;
  readonly typeName: string;
  readonly get?: CallFacts;
  readonly more?: (grant: RoleGrant) => Record<string, unknown>;
}

const grantRows: readonly GrantRow[] = [
  {
    name: 'roleAssignments',
    from: 'roleAssignments',
    page: 'rbacapplication-list-roleassignments.md',
    permissions: readRoles,
    delegated: readRolesAsPerson,
    typeName: 'unifiedRoleAssignment',
    get: { permissions: readRoles, delegated: readRolesAsPerson, units: 1 },
  },
  {
    name: 'roleEligibilitySchedules',
    from: 'roleEligibilities',
    page: 'rbacapplication-list-roleeligibilityschedules.md',
    permissions: readEligible,
    delegated: readEligibleAsPerson,
    typeName: 'unifiedRoleEligibilitySchedule',
    more: ({ id }) => ({ appScopeId: null, ...buildScheduleTimes(id) }),
  },
  {
    name: 'roleEligibilityScheduleInstances',
    from: 'roleEligibilities',
    page: 'rbacapplication-list-roleeligibilityscheduleinstances.md',
    permissions: readEligible,
    delegated: readEligibleAsPerson,
    typeName: 'unifiedRoleEligibilityScheduleInstance',
    more: ({ id }) => ({ ...buildInstanceTimes(id), roleEligibilityScheduleId: id }),
  },
  {
    name: 'roleAssignmentScheduleInstances',
    from: 'roleAssignments',
    page: 'rbacapplication-list-roleassignmentscheduleinstances.md',
    permissions: ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory'],
    delegated: {
      permissions: [
        'RoleAssignmentSchedule.Read.Directory',
        'RoleManagement.Read.Directory',
        'RoleManagement.Read.All',
      ],
      people: pimReaders,
    },
    typeName: 'unifiedRoleAssignmentScheduleInstance',
    more: ({ id }) => ({
      ...buildInstanceTimes(id),
      assignmentType: 'Assigned',
      roleAssignmentOriginId: id,
      roleAssignmentScheduleId: id,
    }),
  },
];

const grants = grantRows.map(({ name, from, page, permissions, delegated, typeName, get, more }) =>
  defineObjects<RoleGrant>({
    path: `/roleManagement/directory/${name}`,
    typeName,
    list: { permissions, delegated, units: 1, page, query: ['$expand', '$filter', '$select'] },
    ...(get ? { get } : {}),
    require: ({ site }) => {
      if (more) requirePremiumP2(site.tenant);
    },
    entries: ({ site }) => [...site.tenant.directory[from].values()],
    write: (grant, _view, select) => selectProperties({ ...buildGrant(grant), ...more?.(grant) }, select),
    expansions: expandGrant,
  }),
);

const roleDefinitions = defineObjects<RoleDefinition>({
  path: '/roleManagement/directory/roleDefinitions',
  typeName: 'unifiedRoleDefinition',
  list: {
    permissions: readRoles,
    delegated: readRolesAsPerson,
    units: 1,
    page: 'rbacapplication-list-roledefinitions.md',
    query: ['$expand', '$filter'],
  },
  get: { permissions: readRoles, delegated: readRolesAsPerson, units: 1 },
  entries: ({ site }) => listRoleDefinitions(site.tenant.directory),
  write: (role, _view, select) => selectProperties(buildDefinition(role), select),
});

const SCOPED = /\b(groupId|principalId)\s+eq\s+'/i;

/** PIM for Groups: who may activate membership or ownership of a group. */
const groupEligibilities = defineObjects<GroupEligibility>({
  path: '/identityGovernance/privilegedAccess/group/eligibilitySchedules',
  typeName: 'privilegedAccessGroupEligibilitySchedule',
  list: {
    permissions: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    delegated: {
      permissions: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
      people: groupEligibilityReaders,
    },
    units: 1,
    page: 'privilegedaccessgroup-list-eligibilityschedules.md',
    query: ['$expand', '$filter', '$select'],
  },
  require: ({ site, query }) => {
    requirePremiumP2(site.tenant);
    if (!SCOPED.test(query.filter ?? ''))
      throw badRequest('The $filter has to scope the request to a groupId or a principalId.', 'BadRequest');
  },
  entries: ({ site }) => [...site.tenant.directory.groupEligibilities.values()],
  write: ({ id, groupId, principalId, accessId }, _view, select) =>
    selectProperties(
      {
        id: `${groupId}_${accessId}_${id}`,
        groupId,
        principalId,
        accessId,
        ...buildScheduleTimes(id),
        memberType: 'direct',
      },
      select,
    ),
  expansions: {
    principal: expandGrant.principal,
    group: ({ groupId }, { site }) => findDirectoryObject(site.tenant, groupId) ?? null,
  },
});

export const roleResources = [...grants, roleDefinitions, groupEligibilities] as const;

/** PIM is part of Entra ID P2: without it there is no eligibility to read. */
function requirePremiumP2({ switches }: Tenant): void {
  if (switches.premium && switches.premiumP2) return;
  throw new GraphError(
    400,
    'AadPremiumLicenseRequired',
    'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
  );
}

const BEGAN = '2025-02-01T09:00:00Z';

/** The times of a PIM schedule. */
function buildScheduleTimes(id: string): Record<string, unknown> {
  return {
    createdUsing: id,
    createdDateTime: BEGAN,
    modifiedDateTime: null,
    status: 'Provisioned',
    memberType: 'Direct',
    scheduleInfo: {
      startDateTime: BEGAN,
      recurrence: null,
      expiration: { type: 'noExpiration', endDateTime: null, duration: null },
    },
  };
}

/** An instance of a schedule that holds now and has no end. */
function buildInstanceTimes(id: string): Record<string, unknown> {
  return { id, appScopeId: null, startDateTime: BEGAN, endDateTime: null, memberType: 'Direct' };
}

/** A grant as Graph writes it, in lists and after it was made. */
export function buildGrant({ id, principalId, roleDefinitionId, directoryScopeId }: RoleGrant) {
  return { id, principalId, roleDefinitionId, directoryScopeId };
}

/** A role as Graph writes it, in lists and after it was made. */
export function buildDefinition(role: RoleDefinition): Record<string, unknown> {
  const { id, displayName, description = displayName, isBuiltIn, isEnabled = true, version = '1' } = role;
  const { allowedResourceActions } = role;
  return {
    id,
    displayName,
    description,
    isBuiltIn,
    isEnabled,
    resourceScopes: ['/'],
    rolePermissions: allowedResourceActions ? [{ allowedResourceActions, condition: null }] : [],
    templateId: id,
    version,
  };
}

function findDefinition({ directory }: Tenant, roleDefinitionId: string): Record<string, unknown> | null {
  const role = listRoleDefinitions(directory).find(({ id }) => id === roleDefinitionId);
  return role ? buildDefinition(role) : null;
}
