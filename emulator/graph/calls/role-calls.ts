// Microsoft's facts of the calls for roles, who may hold them, administrative units and Conditional Access.
import type { CallFacts } from './call.ts';

const readRoles = [
  'RoleManagement.Read.Directory',
  'Directory.Read.All',
  'RoleManagement.ReadWrite.Directory',
  'Directory.ReadWrite.All',
] as const;
const readUnits = ['AdministrativeUnit.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;

export const roleCalls = {
  'GET /roleManagement/directory/roleAssignments': {
    permissions: readRoles,
    units: 1,
    page: 'rbacapplication-list-roleassignments.md',
    query: ['$expand', '$filter', '$select'],
  },
  'GET /roleManagement/directory/roleAssignments/{id}': { permissions: readRoles, units: 1 },
  'POST /roleManagement/directory/roleAssignments': {
    permissions: ['RoleManagement.ReadWrite.Directory'],
    units: 1,
  },
  'DELETE /roleManagement/directory/roleAssignments/{id}': {
    permissions: ['RoleManagement.ReadWrite.Directory'],
    units: 1,
  },
  'GET /roleManagement/directory/roleEligibilitySchedules': {
    permissions: [
      'RoleEligibilitySchedule.Read.Directory',
      'RoleManagement.Read.Directory',
      'RoleManagement.ReadWrite.Directory',
    ],
    units: 1,
    page: 'rbacapplication-list-roleeligibilityschedules.md',
    query: ['$expand', '$filter', '$select'],
  },
  'GET /roleManagement/directory/roleDefinitions': {
    permissions: readRoles,
    units: 1,
    page: 'rbacapplication-list-roledefinitions.md',
    query: ['$expand', '$filter'],
  },
  'GET /roleManagement/directory/roleDefinitions/{id}': { permissions: readRoles, units: 1 },
  'GET /identityGovernance/privilegedAccess/group/eligibilitySchedules': {
    permissions: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    units: 1,
    page: 'privilegedaccessgroup-list-eligibilityschedules.md',
    query: ['$expand', '$filter', '$select'],
  },
  'GET /directory/administrativeUnits': {
    permissions: readUnits,
    units: 1,
    page: 'directory-list-administrativeunits.md',
    query: ['$count', '$expand', '$filter', '$search', '$select'],
  },
  'GET /directory/administrativeUnits/{id}': { permissions: readUnits, units: 1 },
  'GET /directory/administrativeUnits/{id}/members': {
    permissions: readUnits,
    units: 1,
    page: 'administrativeunit-list-members.md',
    // Only as advanced queries.
    query: ['$count', '$filter', '$search'],
  },
  'GET /identity/conditionalAccess/policies': {
    permissions: ['Policy.Read.All'],
    units: 1,
    page: 'conditionalaccessroot-list-policies.md',
    query: ['$count', '$filter', '$orderby', '$select', '$skip', '$top'],
  },
  'GET /identity/conditionalAccess/policies/{id}': {
    permissions: ['Policy.Read.All'],
    units: 1,
    page: 'conditionalaccesspolicy-get.md',
    query: ['$select'],
  },
} as const satisfies Record<string, CallFacts>;
