// The program: two identities and what they are granted. Refuses before it makes anything if a grant would break a guarantee.
import azuread from '@pulumi/azuread';
import pulumi from '@pulumi/pulumi';
import { DormantError } from '../policy/errors.ts';
import { isSameId } from '../policy/identifiers.ts';
import { type AppRole, appRoles, type Resource, resources } from './app-roles.ts';
import { renderExchangeCommands } from './exchange-commands.ts';
import { type GrantOption, listAppRoles, pipelineIdentities } from './grants.ts';
import { findBreaches } from './guarantees.ts';
import { LicenseGroupAccess } from './license-group-access.ts';
import { changeMembers, type LicenseGroupRights } from './license-group-roles.ts';
import { PipelineApplication, type ResourcePrincipals } from './pipeline-application.ts';
import type { BootstrapSettings } from './settings.ts';

/** For `dormant init --bootstrap` and an Exchange administrator. */
export interface BootstrapOutputs {
  tenantId: string;
  auditClientId: pulumi.Output<string>;
  applyClientId: pulumi.Output<string>;
  grants: { audit: readonly AppRole[]; apply: readonly AppRole[] };
  /** Whose members the apply may change, and by what; `unit` null unless `rights` is `scoped`. */
  licenseGroups: {
    rights: LicenseGroupRights;
    unit: { id: pulumi.Output<string>; groupIds: readonly string[]; mayDo: string } | null;
  };
  /** PowerShell for an Exchange administrator; null: nothing in Exchange is needed. */
  exchangeCommands: pulumi.Output<string | null>;
}

export async function declareBootstrap(settings: BootstrapSettings): Promise<BootstrapOutputs> {
  refuseBreaches(settings.chosen);
  const client = await azuread.getClientConfig();
  const principals = await findResourcePrincipals(settings.chosen);
  const owners = settings.owners ?? [client.objectId];
  const audit = new PipelineApplication({ identity: 'audit', settings, owners, principals });
  const apply = new PipelineApplication({ identity: 'apply', settings, owners, principals });
  const licenseGroups = declareLicenseGroups(settings, apply);
  return {
    tenantId: client.tenantId,
    auditClientId: audit.clientId,
    applyClientId: apply.clientId,
    grants: {
      audit: listAppRoles('audit', settings.chosen),
      apply: listAppRoles('apply', settings.chosen),
    },
    licenseGroups,
    exchangeCommands: pulumi.all([toPrincipal(audit), toPrincipal(apply)]).apply(([auditPrincipal, applyPrincipal]) =>
      renderExchangeCommands({
        principals: { audit: auditPrincipal, apply: applyPrincipal },
        chosen: settings.chosen,
        sender: settings.sender,
      }),
    ),
  };
}

function declareLicenseGroups(
  { stack, licenseGroups: { rights, ids } }: BootstrapSettings,
  apply: PipelineApplication,
): BootstrapOutputs['licenseGroups'] {
  if (rights !== 'scoped') return { rights, unit: null };
  const { unitId } = new LicenseGroupAccess({ stack, groupIds: ids, principalId: apply.objectId });
  return { rights, unit: { id: unitId, groupIds: ids, mayDo: changeMembers } };
}

function refuseBreaches(chosen: ReadonlySet<GrantOption>): void {
  const found = pipelineIdentities.flatMap((identity) =>
    findBreaches(identity, listAppRoles(identity, chosen)).map(
      ({ sentence, appRole }) => `${appRole} for ${identity}: ${sentence}`,
    ),
  );
  if (found.length === 0) return;
  throw new DormantError('grant-breaks-guarantee', `The table of grants is wrong.\n  ${found.join('\n  ')}`, {
    where: 'bootstrap/grants.ts',
    remedy: 'Take the grant out of the table; nothing was created.',
  });
}

/** Only looked up, so that destroying the stack does not delete the APIs' service principals. */
async function findResourcePrincipals(chosen: ReadonlySet<GrantOption>): Promise<ResourcePrincipals> {
  const found: ResourcePrincipals = {};
  for (const resource of ['graph', 'exchange'] as const) {
    const needed = new Set(pipelineIdentities.flatMap((identity) => listAppRoles(identity, chosen, resource)));
    if (needed.size > 0) found[resource] = await findResourcePrincipal(resource, needed);
  }
  return found;
}

async function findResourcePrincipal(resource: Resource, needed: ReadonlySet<AppRole>): Promise<string> {
  const { clientId, displayName } = resources[resource];
  const { objectId, appRoleIds } = await azuread.getServicePrincipal({ clientId });
  const mismatched = [...needed].filter((appRole) => !isSameId(appRoleIds[appRole] ?? '', appRoles[appRole].id));
  if (mismatched.length === 0) return objectId;
  throw new DormantError(
    'app-role-unknown',
    `${displayName} in this tenant does not have these app roles under the ids of bootstrap/app-roles.ts: ${mismatched.join(', ')}.`,
    {
      where: 'bootstrap/app-roles.ts',
      remedy: 'Compare the ids with the portal (Enterprise applications, the API, App roles); nothing was created.',
    },
  );
}

function toPrincipal({ displayName, clientId, objectId }: PipelineApplication) {
  return pulumi.output({ displayName, clientId, objectId });
}
