// Writing to people through Graph: blocking, revoking sessions, licences, and the deletion that a careful pipeline
// never asks for.

import { type Context, Hono } from 'hono';
import { badRequest, denied, GraphError } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { Carried, Site } from '../site.ts';
import { deleteAccount, setAccountEnabled } from '../tenant/account-changes.ts';
import { changeLicenses, type LicenseOrder } from '../tenant/license-changes.ts';
import { mayManageUnits, mayTouch } from '../tenant/privilege.ts';
import { stampOf } from '../tenant/tenant.ts';
import { answer, answerJson } from './answer.ts';
import { permit } from './permissions.ts';
import { patchedBody, postedBody } from './posted-body.ts';
import { userWriter } from './user-json.ts';
import { writeProfile } from './user-profile.ts';
import { personOf } from './user-routes.ts';

const WRITE_USERS = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_FOR_WRITE = 'User.Read.All';

/** Routes below /users that write. */
export function userWriteRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const busy = new Set<string>();
  app.patch('/users/:id', permit('PATCH /users/{id}'), (c) => patch(site, c));
  app.delete('/users/:id', permit('DELETE /users/{id}'), (c) => remove(site, c));
  app.post('/users/:id/revokeSignInSessions', permit('POST /users/{id}/revokeSignInSessions'), (c) =>
    revoke(site, c),
  );
  app.post('/users/:id/assignLicense', permit('POST /users/{id}/assignLicense'), (c) =>
    assign(site, c, busy),
  );
  return app;
}

async function patch(site: Site, c: Context<Carried>): Promise<Response> {
  const { tenant } = site;
  const { accountEnabled, ...profile } = await patchedBody(c);
  const person = personOf(site, c);
  const { roles } = c.get('caller');
  const writesAll = WRITE_USERS.some((role) => roles.has(role));
  if (!writesAll && (Object.keys(profile).length > 0 || !roles.has(READ_FOR_WRITE))) throw denied();
  if (accountEnabled !== undefined) {
    if (typeof accountEnabled !== 'boolean')
      throw badRequest("Invalid value specified for property 'accountEnabled' of resource 'User'.");
    checkTarget(site, c, person.id);
    if (person.onPremisesSyncEnabled === true && tenant.switches.syncedAccounts === 'refuse')
      throw onPremisesOwned();
    setAccountEnabled(tenant, tenant.people.change(person.index), accountEnabled);
  }
  if (Object.keys(profile).length > 0) {
    if (person.onPremisesSyncEnabled === true) throw onPremisesOwned();
    writeProfile(tenant, person.index, profile);
  }
  return c.body(null, 204);
}

function remove(site: Site, c: Context<Carried>): Response {
  const person = personOf(site, c);
  checkTarget(site, c, person.id);
  deleteAccount(site.tenant, site.tenant.people.change(person.index));
  return c.body(null, 204);
}

function revoke(site: Site, c: Context<Carried>): Response {
  const person = personOf(site, c);
  checkTarget(site, c, person.id);
  site.tenant.people.change(person.index).revokedAt = stampOf(site.tenant);
  return answer(c, 'Edm.Boolean', { value: true });
}

async function assign(site: Site, c: Context<Carried>, busy: Set<string>): Promise<Response> {
  const { tenant } = site;
  const order = licenseOrder(await postedBody(c));
  const person = personOf(site, c);
  if (!mayManageUnits(tenant.directory, c.get('caller').objectId, person.id)) throw denied();
  if (busy.has(person.id)) throw concurrency();
  busy.add(person.id);
  try {
    await tenant.clock.reaches(tenant.clock.now() + tenant.switches.assignmentSeconds * 1000);
    const refusal = changeLicenses(tenant, person.index, order);
    if (refusal) throw badRequest(refusal);
  } finally {
    busy.delete(person.id);
  }
  const user = userWriter(tenant, null)(tenant.people.at(person.index)).slice(1);
  const { origin } = new URL(c.req.url);
  return answerJson(c, `{"@odata.context":"${origin}/v1.0/$metadata#users/$entity",${user}`);
}

function licenseOrder({ addLicenses, removeLicenses }: Record<string, unknown>): LicenseOrder {
  const missing = Object.entries({ addLicenses, removeLicenses }).filter(
    ([, value]) => !Array.isArray(value),
  );
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    throw badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${names}.`,
    );
  }
  return {
    addLicenses: listOf(addLicenses).map((entry) => {
      if (!isRecord(entry) || typeof entry.skuId !== 'string')
        throw badRequest('Each added license needs a skuId.');
      return {
        skuId: entry.skuId,
        disabledPlans: listOf(entry.disabledPlans).filter((plan) => typeof plan === 'string'),
      };
    }),
    removeLicenses: listOf(removeLicenses).filter((skuId) => typeof skuId === 'string'),
  };
}

/** Privileged accounts answer 403 to an app without an Entra role that is strong enough, whatever its permissions. */
function checkTarget({ tenant }: Site, c: Context<Carried>, personId: string): void {
  if (!mayTouch(tenant, c.get('caller').objectId, personId)) throw denied();
}

function onPremisesOwned(): GraphError {
  return badRequest(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  );
}

function concurrency(): GraphError {
  return new GraphError(
    409,
    'Directory_ConcurrencyViolation',
    'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
