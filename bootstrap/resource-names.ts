// Names of the resources: they are part of the state, so an import has to use the same ones. Pure.
import type { AppRole } from './app-roles.ts';
import type { PipelineIdentity } from './grants.ts';
import { type LicenseGroupRoleName, licenseGroupRoles } from './license-group-roles.ts';
import type { Subject } from './subjects.ts';

/** In Entra, where it has to be unique. */
export function formatDisplayName(identity: PipelineIdentity, stack: string): string {
  return `dormant-${identity}-${stack}`;
}

export function formatCredentialName(identity: PipelineIdentity, environment: string, form: Subject['form']): string {
  return `${identity}-${environment}-${form}`;
}

export function formatGrantName(identity: PipelineIdentity, appRole: AppRole): string {
  return `${identity}-${appRole}`;
}

/** Of the component and of the administrative unit in it. */
export const unitName = 'license-groups';

/** In Entra. */
export function formatUnitName(stack: string): string {
  return `dormant-${unitName}-${stack}`;
}

export function formatUnitMemberName(groupId: string): string {
  return `${unitName}-${groupId}`;
}

/** In Entra. */
export function formatRoleName(name: LicenseGroupRoleName, stack: string): string {
  return `dormant-${licenseGroupRoles[name].suffix}-${stack}`;
}

export const resourceTypes = {
  component: 'dormant:bootstrap:PipelineApplication',
  application: 'azuread:index/application:Application',
  principal: 'azuread:index/servicePrincipal:ServicePrincipal',
  credential: 'azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential',
  grant: 'azuread:index/appRoleAssignment:AppRoleAssignment',
  licenseGroups: 'dormant:bootstrap:LicenseGroupAccess',
  unit: 'azuread:index/administrativeUnit:AdministrativeUnit',
  unitMember: 'azuread:index/administrativeUnitMember:AdministrativeUnitMember',
  role: 'azuread:index/customDirectoryRole:CustomDirectoryRole',
  roleAssignment: 'azuread:index/directoryRoleAssignment:DirectoryRoleAssignment',
} as const;
