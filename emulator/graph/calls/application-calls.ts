// Microsoft's facts of the calls for applications, their service principals and the grants of these.
import { type CallFacts, everyOption } from './call.ts';

const findApplications = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'] as const;
const readApplications = [
  'Application.Read.All',
  'Directory.Read.All',
  'Application.ReadWrite.All',
  'Directory.ReadWrite.All',
] as const;
const writePrincipals = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'] as const;

export const applicationCalls = {
  'GET /applications': {
    permissions: findApplications,
    units: 2,
    page: 'application-list.md',
    query: everyOption,
    mostOnPage: 999,
  },
  'GET /applications/{id}': { permissions: readApplications, units: 1 },
  'PATCH /applications/{id}': { permissions: ['Application.ReadWrite.All'], units: 1 },
  'GET /applications/{id}/owners': { permissions: readApplications, units: 1 },
  'GET /applications/{id}/federatedIdentityCredentials': {
    permissions: ['Application.Read.All', 'Application.ReadWrite.All'],
    units: 1,
    page: 'application-list-federatedidentitycredentials.md',
    query: ['$filter', '$select'],
  },
  'POST /applications/{id}/federatedIdentityCredentials': {
    permissions: ['Application.ReadWrite.All'],
    units: 1,
  },
  'GET /servicePrincipals': {
    permissions: findApplications,
    units: 1,
    page: 'serviceprincipal-list.md',
    query: everyOption,
    mostOnPage: 999,
  },
  'GET /servicePrincipals/{id}': {
    permissions: readApplications,
    units: 1,
    page: 'serviceprincipal-get.md',
    query: everyOption,
  },
  'PATCH /servicePrincipals/{id}': { permissions: writePrincipals, units: 1 },
  'GET /servicePrincipals/{id}/owners': { permissions: readApplications, units: 1 },
  'GET /servicePrincipals/{id}/appRoleAssignments': {
    permissions: readApplications,
    units: 2,
    page: 'serviceprincipal-list-approleassignments.md',
    query: everyOption,
  },
  'GET /servicePrincipals/{id}/appRoleAssignedTo': { permissions: readApplications, units: 1 },
  'GET /directoryObjects/{id}': { permissions: ['Directory.Read.All'], units: 1 },
  'POST /directoryObjects/getByIds': { permissions: ['Directory.Read.All'], units: 3, writes: 0 },
  // permissions.json lists more, which are not enough alone ("AlsoRequires").
  'POST /applications/{id}/owners/$ref': { permissions: writePrincipals, units: 1 },
  'POST /servicePrincipals/{id}/owners/$ref': { permissions: writePrincipals, units: 1 },
  'POST /servicePrincipals/{id}/appRoleAssignments': {
    permissions: ['AppRoleAssignment.ReadWrite.All'],
    units: 1,
  },
  'DELETE /servicePrincipals/{id}/appRoleAssignments/{id}': {
    permissions: ['AppRoleAssignment.ReadWrite.All', 'Application.ReadWrite.All'],
    units: 1,
  },
} as const satisfies Record<string, CallFacts>;
