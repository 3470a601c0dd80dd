// Applications: registered, changed and deleted, with their secrets and federated credentials. They are read by the table of resources.
import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { badRequest, GraphError, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { Application } from '../tenant/directory.ts';
import { formatTenantNow } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { parseReferencedIds, pickKnownProperties } from './directory-object.ts';
import { permit } from './permissions.ts';
import { createReferenceRoutes } from './reference-routes.ts';
import { readBody } from './request-body.ts';
import { requireApplication } from './resources/application-resources.ts';
import { buildObject } from './stored-object.ts';

const SECRET_YEARS = 2;

/** Writes to /applications and below it. */
export function createApplicationRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { applications } = site.tenant.directory;
  const mayWrite = permit('PATCH /applications/{id}');
  app.post('/applications', mayWrite, async (c) => {
    const application = registerApplication(site, await readBody(c), c.get('caller').objectId);
    return answer(c, 'applications/$entity', buildObject('application', application), 201);
  });
  app.patch('/applications/:id', mayWrite, async (c) => {
    Object.assign(findApplication(site, c).properties, pickKnownProperties('application', await readBody(c)));
    return c.body(null, 204);
  });
  app.delete('/applications/:id', mayWrite, (c) => {
    const { id, appId } = findApplication(site, c);
    applications.delete(id);
    removePrincipal(site, appId);
    return c.body(null, 204);
  });
  app.post('/applications/:id/addPassword', mayWrite, async (c) => addPassword(site, c));
  app.post('/applications/:id/removePassword', mayWrite, async (c) => removePassword(site, c));
  app.route('/', createCredentialRoutes(site));
  app.route(
    '/',
    createReferenceRoutes(site, '/applications/:id/owners', {
      findIds: (c) => findApplication(site, c).owners,
      read: permit('GET /applications/{id}/owners'),
      write: permit('POST /applications/{id}/owners/$ref'),
    }),
  );
  return app;
}

function createCredentialRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const path = '/applications/:id/federatedIdentityCredentials';
  const context = 'applications/federatedIdentityCredentials';
  const getCredentials = (c: Context<RequestEnv>) => findApplication(site, c).federatedIdentityCredentials;
  const requireCredential = (c: Context<RequestEnv>) => {
    const key = c.req.param('credential') ?? '';
    const found = [...getCredentials(c).values()].find(({ id, name }) => id === key || name === key);
    if (!found) throw notFound(key);
    return found;
  };
  app.post(path, permit('POST /applications/{id}/federatedIdentityCredentials'), async (c) => {
    const posted = pickKnownProperties('federatedIdentityCredential', await readBody(c));
    requireValidCredential(posted, [...getCredentials(c).values()]);
    const id = site.tenant.directory.createId();
    const credential = { id, description: null, ...posted };
    getCredentials(c).set(id, credential);
    return answer(c, `${context}/$entity`, credential, 201);
  });
  app.patch(`${path}/:credential`, permit('POST /applications/{id}/federatedIdentityCredentials'), async (c) => {
    Object.assign(requireCredential(c), pickKnownProperties('federatedIdentityCredential', await readBody(c)));
    return c.body(null, 204);
  });
  app.delete(`${path}/:credential`, permit('POST /applications/{id}/federatedIdentityCredentials'), (c) => {
    getCredentials(c).delete(String(requireCredential(c).id));
    return c.body(null, 204);
  });
  return app;
}

function requireValidCredential(posted: Record<string, unknown>, others: readonly Record<string, unknown>[]): void {
  for (const name of ['name', 'issuer', 'subject', 'audiences']) {
    if (posted[name] === undefined)
      throw badRequest(`Property '${name}' is required on a federated identity credential.`);
  }
  if (others.some(({ issuer, subject }) => issuer === posted.issuer && subject === posted.subject)) {
    throw new GraphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      'FederatedIdentityCredential with the same issuer and subject already exists on the application.',
    );
  }
}

function registerApplication({ tenant }: Site, posted: Record<string, unknown>, callerId: string): Application {
  if (typeof posted.displayName !== 'string') throw badRequest("Property 'displayName' is required on an application.");
  const id = tenant.directory.createId();
  const appId = tenant.directory.createId();
  const owners = parseReferencedIds(posted['owners@odata.bind'] ?? []);
  const application: Application = {
    id,
    appId,
    properties: {
      signInAudience: 'AzureADMyOrg',
      passwordCredentials: [],
      keyCredentials: [],
      identifierUris: [],
      tags: [],
      ...pickKnownProperties('application', posted),
      appId,
      createdDateTime: formatTenantNow(tenant),
      publisherDomain: tenant.domain,
    },
    owners: new Set(owners.length > 0 ? owners : [callerId]),
    federatedIdentityCredentials: new Map(),
    secrets: new Map(),
  };
  tenant.directory.applications.set(id, application);
  return application;
}

async function addPassword(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const application = findApplication(site, c);
  const { passwordCredential } = await readBody(c);
  const given = isRecord(passwordCredential) ? passwordCredential : {};
  const now = new Date(site.tenant.clock.now());
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + SECRET_YEARS);
  const keyId = site.tenant.directory.createId();
  const secretText = randomBytes(30).toString('base64url');
  const credential = {
    customKeyIdentifier: null,
    displayName: given.displayName ?? null,
    endDateTime: given.endDateTime ?? end.toISOString(),
    startDateTime: given.startDateTime ?? now.toISOString(),
    hint: secretText.slice(0, 3),
    keyId,
  };
  application.secrets.set(keyId, secretText);
  application.properties.passwordCredentials = [...listPasswords(application), { ...credential, secretText: null }];
  return answer(c, 'microsoft.graph.passwordCredential', { ...credential, secretText });
}

async function removePassword(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const application = findApplication(site, c);
  const { keyId } = await readBody(c);
  if (typeof keyId !== 'string' || !application.secrets.delete(keyId))
    throw badRequest(`No password credential found with keyId '${String(keyId)}'.`);
  application.properties.passwordCredentials = listPasswords(application).filter((entry) => entry.keyId !== keyId);
  return c.body(null, 204);
}

function listPasswords({ properties }: Application): Record<string, unknown>[] {
  return Array.isArray(properties.passwordCredentials) ? properties.passwordCredentials.filter(isRecord) : [];
}

function removePrincipal({ tenant: { directory } }: Site, appId: string): void {
  for (const principal of directory.servicePrincipals.values()) {
    if (principal.appId === appId) directory.servicePrincipals.delete(principal.id);
  }
}

function findApplication(site: Site, c: Context<RequestEnv>): Application {
  return requireApplication({ site, id: c.req.param('id') ?? '' });
}
