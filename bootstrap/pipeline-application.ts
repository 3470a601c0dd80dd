// One identity of the pipeline as resources: application, service principal, credentials and grants.
import azuread from '@pulumi/azuread';
import pulumi from '@pulumi/pulumi';
import { appRoles, type Resource, resources } from './app-roles.ts';
import { type Grant, listGrants, type PipelineIdentity } from './grants.ts';
import { formatCredentialName, formatDisplayName, formatGrantName, resourceTypes } from './resource-names.ts';
import type { BootstrapSettings } from './settings.ts';
import { listSubjects } from './subjects.ts';

/** Object ids of the service principals of the APIs. */
export type ResourcePrincipals = Partial<Record<Resource, string>>;

interface IdentityArgs {
  identity: PipelineIdentity;
  settings: BootstrapSettings;
  owners: readonly string[];
  principals: ResourcePrincipals;
}

/**
 * The application has no secret and no certificate: GitHub's jobs sign in by federation only.
 * The assignments are the consent; removing one from the table revokes it.
 */
export class PipelineApplication extends pulumi.ComponentResource {
  readonly displayName: string;
  readonly clientId: pulumi.Output<string>;
  /** Of the service principal. */
  readonly objectId: pulumi.Output<string>;

  constructor(args: IdentityArgs) {
    const { identity, settings, owners } = args;
    super(resourceTypes.component, identity);
    this.displayName = formatDisplayName(identity, settings.stack);
    const application = new azuread.Application(
      identity,
      {
        displayName: this.displayName,
        notes: `Made by Dormant's bootstrap for ${settings.repository.owner}/${settings.repository.name}.`,
        signInAudience: 'AzureADMyOrg',
        owners: [...owners],
        // A second run with another state must fail instead of making a second application of this name.
        preventDuplicateNames: true,
        requiredResourceAccesses: listRequiredAccesses(listGrants(identity, settings.chosen)),
      },
      { parent: this },
    );
    const principal = new azuread.ServicePrincipal(
      identity,
      { clientId: application.clientId, owners: [...owners] },
      { parent: this },
    );
    this.clientId = application.clientId;
    this.objectId = principal.objectId;
    createCredentials(this, args, application.id);
    createAssignments(this, args, principal.objectId);
    this.registerOutputs({ clientId: this.clientId, objectId: this.objectId });
  }
}

/** What the portal shows as "configured permissions". */
function listRequiredAccesses(granted: readonly Grant[]) {
  const listRoles = (resource: Resource) =>
    granted.map(({ appRole }) => appRoles[appRole]).filter((role) => role.resource === resource);
  return Object.entries({ graph: listRoles('graph'), exchange: listRoles('exchange') })
    .filter(([, roles]) => roles.length > 0)
    .map(([resource, roles]) => ({
      resourceAppId: resources[resource === 'graph' ? 'graph' : 'exchange'].clientId,
      resourceAccesses: roles.map(({ id }) => ({ id, type: 'Role' })),
    }));
}

function createCredentials(
  parent: PipelineApplication,
  { identity, settings }: IdentityArgs,
  applicationId: pulumi.Output<string>,
): void {
  for (const environment of settings.environments[identity]) {
    for (const { form, subject } of listSubjects(settings.repository, environment)) {
      new azuread.ApplicationFederatedIdentityCredential(
        formatCredentialName(identity, environment, form),
        {
          applicationId,
          // Entra allows at most 120 letters, digits, - and _ here.
          displayName: `github-${form}-${environment.replaceAll('.', '_')}`.slice(0, 120),
          issuer: settings.issuer,
          audiences: [settings.audience],
          subject,
        },
        { parent },
      );
    }
  }
}

function createAssignments(
  parent: PipelineApplication,
  { identity, settings, principals }: IdentityArgs,
  principalObjectId: pulumi.Output<string>,
): void {
  for (const { appRole } of listGrants(identity, settings.chosen)) {
    const { id, resource } = appRoles[appRole];
    const resourceObjectId = principals[resource];
    if (resourceObjectId === undefined) throw new Error(`No service principal was looked up for ${resource}.`);
    new azuread.AppRoleAssignment(
      formatGrantName(identity, appRole),
      { appRoleId: id, principalObjectId, resourceObjectId },
      { parent },
    );
  }
}
