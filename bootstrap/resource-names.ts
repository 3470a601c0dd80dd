// What the program calls its resources: the names are part of the state, and an import has to give the same. Pure.
import type { AppRole } from './app-roles.ts';
import type { PipelineIdentity } from './grants.ts';
import type { Subject } from './subjects.ts';

/** In Entra, where nothing else may have it. */
export function formatDisplayName(identity: PipelineIdentity, stack: string): string {
  return `dormant-${identity}-${stack}`;
}

export function formatCredentialName(
  identity: PipelineIdentity,
  environment: string,
  form: Subject['form'],
): string {
  return `${identity}-${environment}-${form}`;
}

export function formatGrantName(identity: PipelineIdentity, appRole: AppRole): string {
  return `${identity}-${appRole}`;
}

export const resourceTypes = {
  component: 'dormant:bootstrap:PipelineApplication',
  application: 'azuread:index/application:Application',
  principal: 'azuread:index/servicePrincipal:ServicePrincipal',
  credential: 'azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential',
  grant: 'azuread:index/appRoleAssignment:AppRoleAssignment',
} as const;
