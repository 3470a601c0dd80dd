// For tests: Pulumi mocks that create each resource in the embedded tenant, with the provider's requests to Graph.

import type { Emulator } from '@dormant-m365/emulator';
import pulumi from '@pulumi/pulumi';
import { createAccessTokens } from '../graph/access-tokens.ts';
import { isFields } from '../graph/json-fields.ts';
import { createRequestLog } from '../graph/request-log.ts';
import { createTransport, type Transport } from '../graph/transport.ts';

/** A resource as the engine knows it; a component has no id. */
export interface ProvidedResource {
  type: string;
  name: string;
  id: string;
}

type Inputs = Readonly<Record<string, unknown>>;
interface CreatedResource {
  id: string;
  state: Record<string, unknown>;
}

const units = '/directory/administrativeUnits';
const roles = '/roleManagement/directory/roleDefinitions';
const assignments = '/roleManagement/directory/roleAssignments';

/** Signs in as the identity that runs the bootstrap; the tenant's directory then has the program's resources. */
export async function provideInto(emulator: Emulator): Promise<ProvidedResource[]> {
  const provided: ProvidedResource[] = [];
  const graph = await graphAs(emulator, 'bootstrap');
  const makers: Record<string, (inputs: Inputs) => Promise<CreatedResource>> = {
    Application: async ({ displayName, signInAudience, owners }) => {
      const made = await graph('POST', '/applications', {
        displayName,
        signInAudience,
        ...bindOwners(emulator, owners),
      });
      return { id: `/applications/${made.id}`, state: { clientId: made.appId, objectId: made.id } };
    },
    ServicePrincipal: async ({ clientId, owners }) => {
      const made = await graph('POST', '/servicePrincipals', {
        appId: clientId,
        ...bindOwners(emulator, owners),
      });
      return { id: `/servicePrincipals/${made.id}`, state: { objectId: made.id } };
    },
    ApplicationFederatedIdentityCredential: async ({ applicationId, displayName, issuer, audiences, subject }) => {
      const path = `${applicationId}/federatedIdentityCredentials`;
      const made = await graph('POST', path, { name: displayName, issuer, audiences, subject });
      // Ids in the plugin's own form, here and below.
      const application = String(applicationId).split('/').at(-1);
      return { id: `${application}/federatedIdentityCredential/${made.id}`, state: {} };
    },
    AppRoleAssignment: async ({ principalObjectId, resourceObjectId, appRoleId }) => {
      const path = `/servicePrincipals/${resourceObjectId}/appRoleAssignedTo`;
      const body = { principalId: principalObjectId, resourceId: resourceObjectId, appRoleId };
      return { id: `${path}/${(await graph('POST', path, body)).id}`, state: {} };
    },
    AdministrativeUnit: async ({ displayName, description }) => {
      await graph('GET', `${units}?$filter=${encodeURIComponent(`displayName eq '${displayName}'`)}`);
      const made = await graph('POST', units, { displayName, description, visibility: 'Public' });
      const id = `${units}/${made.id}`;
      // The provider finds out by this whether the unit is known everywhere.
      await graph('PATCH', id, { displayName: 'TERRAFORM_UPDATE_1' });
      await graph('PATCH', id, { displayName });
      await graph('GET', `${id}/members`);
      return { id, state: { objectId: (await graph('GET', id)).id } };
    },
    AdministrativeUnitMember: async ({ administrativeUnitObjectId, memberObjectId }) => {
      const path = `${units}/${administrativeUnitObjectId}/members`;
      const look = () => graph('GET', `${path}?$filter=${encodeURIComponent(`id eq '${memberObjectId}'`)}`);
      await look();
      await graph('POST', `${path}/$ref`, { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${memberObjectId}` });
      await look();
      return { id: `${path}/${memberObjectId}`, state: {} };
    },
    CustomDirectoryRole: async ({ displayName, description, enabled, permissions: rolePermissions, version }) => {
      const role = { displayName, description, isEnabled: enabled, rolePermissions, templateId: '', version };
      const id = `${roles}/${(await graph('POST', roles, role)).id}`;
      return { id, state: { objectId: (await graph('GET', id)).id } };
    },
    DirectoryRoleAssignment: async ({ roleId, principalObjectId, directoryScopeId }) => {
      const body = { principalId: principalObjectId, roleDefinitionId: roleId, directoryScopeId };
      const id = `${assignments}/${(await graph('POST', assignments, body)).id}`;
      await graph('GET', id);
      return { id, state: {} };
    },
  };
  await pulumi.runtime.setMocks(
    {
      async newResource({ type, name, inputs }) {
        const make = makers[type.split(':').at(-1) ?? ''];
        const { id, state } = make ? await make(inputs) : { id: '', state: {} };
        if (type !== 'pulumi:pulumi:Stack') provided.push({ type, name, id });
        return { id, state: { ...inputs, ...state } };
      },
      async call({ token, inputs }) {
        const { objectId } = emulator.identities.bootstrap ?? { objectId: '' };
        if (token.endsWith('getClientConfig')) return { objectId, tenantId: emulator.tenant.id, clientId: '' };
        const found = await graph('GET', `/servicePrincipals(appId='${inputs.clientId}')`);
        const offered = Array.isArray(found.appRoles) ? found.appRoles.filter(isFields) : [];
        return {
          objectId: found.id,
          appRoleIds: Object.fromEntries(offered.map(({ value, id }) => [value, id])),
        };
      },
    },
    'dormant-bootstrap',
    'contoso',
  );
  return provided;
}

type Graph = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

export async function graphAs(emulator: Emulator, name: string): Promise<Graph> {
  const { clientId, clientSecret } = emulator.identities[name] ?? { clientId: '', clientSecret: '' };
  const token = await tokenFor(emulator, { client_id: clientId, client_secret: clientSecret });
  return async (method, path, body) => {
    const answer = await fetch(`${emulator.url}/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    return isFields(parsed) ? parsed : {};
  };
}

/** Graph for the identity that runs the bootstrap; the tenant's certificate has to be trusted. */
export function bootstrapGraph(emulator: Emulator): Transport {
  const { clientId = '', clientSecret = '' } = emulator.identities.bootstrap ?? {};
  const getToken = async () => ({
    token: await tokenFor(emulator, { client_id: clientId, client_secret: clientSecret }),
    expiresOnTimestamp: Date.now() + 3_600_000,
  });
  const tokens = createAccessTokens(() => ({ getToken }), '');
  return createTransport({ origin: emulator.url, version: 'v1.0', tokens, log: createRequestLog() });
}

/** An access token for Graph, or for the `scope` in `proof`; throws Entra's answer if refused. */
export async function tokenFor(emulator: Emulator, proof: Record<string, string>): Promise<string> {
  const answer = await fetch(`${emulator.url}/${emulator.tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      ...proof,
    }),
  });
  const body: unknown = await answer.json();
  if (isFields(body) && typeof body.access_token === 'string') return body.access_token;
  throw new Error(isFields(body) ? String(body.error_description) : 'no answer');
}

function bindOwners({ url }: Emulator, owners: unknown) {
  const ids = Array.isArray(owners) ? owners : [];
  return { 'owners@odata.bind': ids.map((id) => `${url}/v1.0/directoryObjects/${id}`) };
}
