// Writes to people through Graph: blocking, revoking sessions, licences, and deletion, which a careful pipeline never uses.
import { type Context, Hono } from 'hono';
import { hasPermission } from '../entra/caller.ts';
import { badRequest, forbidden, GraphError } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { deleteAccount, endSessions, setAccountEnabled } from '../tenant/account-changes.ts';
import { reprocess } from '../tenant/group-licensing.ts';
import { changeLicenses } from '../tenant/license-changes.ts';
import { mayManageUnits, mayTouch } from '../tenant/privilege.ts';
import { answer, answerJson } from './answer.ts';
import { parseLicenseOrder } from './license-order.ts';
import { permit } from './permissions.ts';
import { readBody, readPatchBody } from './request-body.ts';
import { requireUser } from './require-user.ts';
import { createUserWriter } from './user-json.ts';
import { writeProfile } from './user-profile.ts';

const WRITE_USERS = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_FOR_WRITE = 'User.Read.All';

/** Routes below /users that write. */
export function createUserWriteRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const busy = new Set<string>();
  app.patch('/users/:id', permit('PATCH /users/{id}'), (c) => patchUser(site, c));
  app.delete('/users/:id', permit('DELETE /users/{id}'), (c) => deleteUser(site, c));
  app.post('/users/:id/revokeSignInSessions', permit('POST /users/{id}/revokeSignInSessions'), (c) =>
    revokeSessions(site, c),
  );
  app.post('/users/:id/assignLicense', permit('POST /users/{id}/assignLicense'), (c) => assignLicenses(site, c, busy));
  app.post('/users/:id/reprocessLicenseAssignment', permit('POST /users/{id}/reprocessLicenseAssignment'), (c) => {
    const { index } = requireUser(site, c);
    reprocess(site.tenant, index);
    return answerUser(site, c, index);
  });
  return app;
}

async function patchUser(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const { tenant } = site;
  const { accountEnabled, ...profile } = await readPatchBody(c);
  const person = requireUser(site, c);
  const caller = c.get('caller');
  const writesAll = WRITE_USERS.some((permission) => hasPermission(caller, permission));
  if (!writesAll && (Object.keys(profile).length > 0 || !hasPermission(caller, READ_FOR_WRITE))) throw forbidden();
  if (accountEnabled !== undefined) {
    if (typeof accountEnabled !== 'boolean')
      throw badRequest("Invalid value specified for property 'accountEnabled' of resource 'User'.");
    requireAllowedTarget(site, c, person.id);
    if (person.onPremisesSyncEnabled === true && tenant.switches.syncedAccounts === 'refuse')
      throw createOnPremisesError();
    setAccountEnabled(tenant, tenant.people.change(person.index), accountEnabled);
  }
  if (Object.keys(profile).length > 0) {
    if (person.onPremisesSyncEnabled === true) throw createOnPremisesError();
    writeProfile(tenant, person.index, profile);
  }
  return c.body(null, 204);
}

function deleteUser(site: Site, c: Context<RequestEnv>): Response {
  const person = requireUser(site, c);
  requireAllowedTarget(site, c, person.id);
  deleteAccount(site.tenant, site.tenant.people.change(person.index));
  return c.body(null, 204);
}

function revokeSessions(site: Site, c: Context<RequestEnv>): Response {
  const person = requireUser(site, c);
  requireAllowedTarget(site, c, person.id);
  endSessions(site.tenant, site.tenant.people.change(person.index));
  return answer(c, 'Edm.Boolean', { value: true });
}

async function assignLicenses(site: Site, c: Context<RequestEnv>, busy: Set<string>): Promise<Response> {
  const { tenant } = site;
  const order = parseLicenseOrder(await readBody(c));
  const person = requireUser(site, c);
  if (!mayManageUnits(tenant.directory, c.get('caller').objectId, person.id)) throw forbidden();
  if (busy.has(person.id)) throw createConcurrencyError();
  busy.add(person.id);
  try {
    await tenant.clock.waitUntil(tenant.clock.now() + tenant.switches.assignmentSeconds * 1000);
    const refusal = changeLicenses(tenant, person.index, order);
    if (refusal) throw badRequest(refusal);
  } finally {
    busy.delete(person.id);
  }
  return answerUser(site, c, person.index);
}

function answerUser({ tenant }: Site, c: Context<RequestEnv>, index: number): Response {
  const user = createUserWriter(tenant, { select: null })(tenant.people.get(index)).slice(1);
  const { origin } = new URL(c.req.url);
  return answerJson(c, `{"@odata.context":"${origin}/v1.0/$metadata#users/$entity",${user}`);
}

/** 403 for a privileged account if the app has no Entra role that is strong enough, whatever its permissions. */
function requireAllowedTarget({ tenant }: Site, c: Context<RequestEnv>, personId: string): void {
  if (!mayTouch(tenant, c.get('caller').objectId, personId)) throw forbidden();
}

function createOnPremisesError(): GraphError {
  return badRequest(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  );
}

function createConcurrencyError(): GraphError {
  return new GraphError(
    409,
    'Directory_ConcurrencyViolation',
    'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  );
}
