// The bootstrap's resources in the tenant as a file for `pulumi import`, for when a run was killed before it wrote its
// state, or the state is lost. Only reads.
import { requireGuid, requireText } from '../graph/json-fields.ts';
import type { Transport } from '../graph/transport.ts';
import { appRoles } from './app-roles.ts';
import { listGrants, type PipelineIdentity, pipelineIdentities } from './grants.ts';
import { readLicenseGroupResources } from './import-license-groups.ts';
import { findByName, type ImportedResource, listFields } from './imported-resource.ts';
import { formatCredentialName, formatDisplayName, formatGrantName, resourceTypes } from './resource-names.ts';
import type { BootstrapSettings } from './settings.ts';
import { listSubjects } from './subjects.ts';

interface ImportFile {
  resources: ImportedResource[];
}

/** Without resources that the tenant lacks: the next `pulumi up` makes them. Throws `bootstrap-ambiguous`. */
export async function buildImportFile(settings: BootstrapSettings, graph: Transport): Promise<ImportFile> {
  const found = await Promise.all(pipelineIdentities.map((identity) => readIdentity({ identity, settings, graph })));
  const apply = found[pipelineIdentities.indexOf('apply')];
  const ofLicenseGroups = await readLicenseGroupResources(settings, graph, apply?.principal ?? null);
  return { resources: [...found.flatMap(({ resources }) => resources), ...ofLicenseGroups] };
}

interface IdentityQuery {
  identity: PipelineIdentity;
  settings: BootstrapSettings;
  graph: Transport;
}

interface FoundIdentity {
  resources: ImportedResource[];
  /** Object id of its service principal. */
  principal: string | null;
}

async function readIdentity(query: IdentityQuery): Promise<FoundIdentity> {
  const { identity, settings, graph } = query;
  const application = await findApplication(formatDisplayName(identity, settings.stack), graph);
  if (application === null) return { resources: [], principal: null };
  const parent = `${identity}-identity`;
  const own = { logicalName: identity, parent };
  const principal = await findPrincipal(application.appId, graph);
  const resources: ImportedResource[] = [
    { type: resourceTypes.component, name: parent, logicalName: identity, component: true },
    {
      type: resourceTypes.application,
      name: `${identity}-application`,
      ...own,
      id: `/applications/${application.id}`,
    },
    ...(principal === null
      ? []
      : [
          {
            type: resourceTypes.principal,
            name: `${identity}-principal`,
            ...own,
            id: `/servicePrincipals/${principal}`,
          },
        ]),
    ...(await readCredentials(query, application.id)).map((each) => ({
      ...each,
      parent,
    })),
    ...(await readGrants(query, principal)).map((each) => ({ ...each, parent })),
  ];
  return { resources, principal };
}

async function findApplication(displayName: string, graph: Transport): Promise<{ id: string; appId: string } | null> {
  const path = '/applications';
  const found = await findByName(graph, {
    path,
    displayName,
    select: 'id,appId',
    plural: 'applications',
    remedy: 'Delete those that stacks/<stack>/tenant.yaml does not name (Entra, App registrations), then run it again.',
  });
  return found && { id: requireGuid(found, 'id', path), appId: requireGuid(found, 'appId', path) };
}

async function findPrincipal(appId: string, graph: Transport): Promise<string | null> {
  const path = `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${appId}'`)}&$select=id`;
  const [found] = await listFields(graph, path);
  return found === undefined ? null : requireGuid(found, 'id', path);
}

async function readCredentials(
  { identity, settings: { environments, repository }, graph }: IdentityQuery,
  applicationId: string,
): Promise<ImportedResource[]> {
  const path = `/applications/${applicationId}/federatedIdentityCredentials`;
  const present = new Map(
    (await listFields(graph, path)).map((each) => [requireText(each, 'subject', path), requireText(each, 'id', path)]),
  );
  return environments[identity].flatMap((environment) =>
    listSubjects(repository, environment).flatMap(({ form, subject }) => {
      const id = present.get(subject);
      const name = formatCredentialName(identity, environment, form);
      // Singular, as in terraform-provider-azuread's docs/resources/application_federated_identity_credential.md.
      return id === undefined
        ? []
        : [
            {
              type: resourceTypes.credential,
              name,
              logicalName: name,
              id: `${applicationId}/federatedIdentityCredential/${id}`,
            },
          ];
    }),
  );
}

async function readGrants(
  { identity, settings: { chosen }, graph }: IdentityQuery,
  principal: string | null,
): Promise<ImportedResource[]> {
  if (principal === null) return [];
  const path = `/servicePrincipals/${principal}/appRoleAssignments`;
  const present = new Map((await listFields(graph, path)).map((each) => [requireGuid(each, 'appRoleId', path), each]));
  return listGrants(identity, chosen).flatMap(({ appRole }) => {
    const grant = present.get(appRoles[appRole].id);
    if (grant === undefined) return [];
    const name = formatGrantName(identity, appRole);
    // Below the API, not the grantee: terraform-provider-azuread's docs/resources/app_role_assignment.md.
    const resource = requireGuid(grant, 'resourceId', path);
    const id = `/servicePrincipals/${resource}/appRoleAssignedTo/${requireText(grant, 'id', path)}`;
    return [{ type: resourceTypes.grant, name, logicalName: name, id }];
  });
}
