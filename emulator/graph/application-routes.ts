// Applications: registered, changed, given secrets and federated credentials, and deleted.

import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { badRequest, GraphError, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { queryOf } from '../odata/query.ts';
import { typeFor } from '../odata/schema.ts';
import type { Carried, Site } from '../site.ts';
import type { Application } from '../tenant/directory.ts';
import { stampOf } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { keptProperties, referencedIds } from './directory-object.ts';
import { ownerRoutes } from './owner-routes.ts';
import { permit } from './permissions.ts';
import { postedBody } from './posted-body.ts';
import { objectWriter } from './stored-object.ts';

const SECRET_YEARS = 2;

/** /applications and what is below it. */
export function applicationRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const { applications } = site.tenant.directory;
  const mayRead = permit('GET /applications/{id}');
  const mayWrite = permit('PATCH /applications/{id}');
  app.get('/applications', permit('GET /applications'), (c) =>
    answerPage(c, 'applications', [...applications.values()], shownTo(c), shownTo(c)),
  );
  app.post('/applications', mayWrite, async (c) => {
    const application = register(site, await postedBody(c), c.get('caller').objectId);
    return answer(c, 'applications/$entity', shownTo(c)(application), 201);
  });
  app.get('/applications/:id', mayRead, (c) => {
    const { select } = queryOf(new URL(c.req.url), undefined);
    return answer(c, 'applications/$entity', shownTo(c)(applicationOf(site, c), select));
  });
  app.patch('/applications/:id', mayWrite, async (c) => {
    Object.assign(applicationOf(site, c).properties, keptProperties('application', await postedBody(c)));
    return c.body(null, 204);
  });
  app.delete('/applications/:id', mayWrite, (c) => {
    const { id, appId } = applicationOf(site, c);
    applications.delete(id);
    removePrincipal(site, appId);
    return c.body(null, 204);
  });
  app.post('/applications/:id/addPassword', mayWrite, async (c) => addPassword(site, c));
  app.post('/applications/:id/removePassword', mayWrite, async (c) => removePassword(site, c));
  app.route('/', credentialRoutes(site));
  app.route(
    '/',
    ownerRoutes('applications', (c) => applicationOf(site, c), site),
  );
  return app;
}

function credentialRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const path = '/applications/:id/federatedIdentityCredentials';
  const context = 'applications/federatedIdentityCredentials';
  const credentials = (c: Context<Carried>) => applicationOf(site, c).federatedIdentityCredentials;
  const one = (c: Context<Carried>) => {
    const key = c.req.param('credential') ?? '';
    const found = [...credentials(c).values()].find(({ id, name }) => id === key || name === key);
    if (!found) throw notFound(key);
    return found;
  };
  app.get(path, permit('GET /applications/{id}/federatedIdentityCredentials'), (c) =>
    answerPage(
      c,
      context,
      [...credentials(c).values()],
      (entry) => entry,
      (entry) => entry,
    ),
  );
  app.post(path, permit('POST /applications/{id}/federatedIdentityCredentials'), async (c) => {
    const posted = keptProperties('federatedIdentityCredential', await postedBody(c));
    checkCredential(posted, [...credentials(c).values()]);
    const id = site.tenant.directory.newId();
    const credential = { id, description: null, ...posted };
    credentials(c).set(id, credential);
    return answer(c, `${context}/$entity`, credential, 201);
  });
  app.get(`${path}/:credential`, permit('GET /applications/{id}/federatedIdentityCredentials'), (c) =>
    answer(c, `${context}/$entity`, one(c)),
  );
  app.patch(
    `${path}/:credential`,
    permit('POST /applications/{id}/federatedIdentityCredentials'),
    async (c) => {
      Object.assign(one(c), keptProperties('federatedIdentityCredential', await postedBody(c)));
      return c.body(null, 204);
    },
  );
  app.delete(`${path}/:credential`, permit('POST /applications/{id}/federatedIdentityCredentials'), (c) => {
    credentials(c).delete(String(one(c).id));
    return c.body(null, 204);
  });
  return app;
}

function checkCredential(posted: Record<string, unknown>, others: readonly Record<string, unknown>[]): void {
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

function register({ tenant }: Site, posted: Record<string, unknown>, callerId: string): Application {
  if (typeof posted.displayName !== 'string')
    throw badRequest("Property 'displayName' is required on an application.");
  const id = tenant.directory.newId();
  const appId = tenant.directory.newId();
  const owners = referencedIds(posted['owners@odata.bind'] ?? []);
  const application: Application = {
    id,
    appId,
    properties: {
      signInAudience: 'AzureADMyOrg',
      passwordCredentials: [],
      keyCredentials: [],
      identifierUris: [],
      tags: [],
      ...keptProperties('application', posted),
      appId,
      createdDateTime: stampOf(tenant),
      publisherDomain: tenant.domain,
    },
    owners: new Set(owners.length > 0 ? owners : [callerId]),
    federatedIdentityCredentials: new Map(),
    secrets: new Map(),
  };
  tenant.directory.applications.set(id, application);
  return application;
}

async function addPassword(site: Site, c: Context<Carried>): Promise<Response> {
  const application = applicationOf(site, c);
  const { passwordCredential } = await postedBody(c);
  const given = isRecord(passwordCredential) ? passwordCredential : {};
  const now = new Date(site.tenant.clock.now());
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + SECRET_YEARS);
  const keyId = site.tenant.directory.newId();
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
  application.properties.passwordCredentials = [
    ...passwordsOf(application),
    { ...credential, secretText: null },
  ];
  return answer(c, 'microsoft.graph.passwordCredential', { ...credential, secretText });
}

async function removePassword(site: Site, c: Context<Carried>): Promise<Response> {
  const application = applicationOf(site, c);
  const { keyId } = await postedBody(c);
  if (typeof keyId !== 'string' || !application.secrets.delete(keyId))
    throw badRequest(`No password credential found with keyId '${String(keyId)}'.`);
  application.properties.passwordCredentials = passwordsOf(application).filter(
    (entry) => entry.keyId !== keyId,
  );
  return c.body(null, 204);
}

function passwordsOf({ properties }: Application): Record<string, unknown>[] {
  return Array.isArray(properties.passwordCredentials) ? properties.passwordCredentials.filter(isRecord) : [];
}

function removePrincipal({ tenant: { directory } }: Site, appId: string): void {
  for (const principal of directory.servicePrincipals.values()) {
    if (principal.appId === appId) directory.servicePrincipals.delete(principal.id);
  }
}

function applicationOf({ tenant }: Site, c: Context<Carried>): Application {
  const id = (c.req.param('id') ?? '').toLowerCase();
  const found = tenant.directory.applications.get(id);
  if (!found) throw notFound(id);
  return found;
}

const shownTo = (c: Context<Carried>) => objectWriter(typeFor(c.req.path, 'application'));
