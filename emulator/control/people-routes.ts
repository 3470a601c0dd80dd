// /_emulator/people, kinds and state: who is who, what happens to them, and how they stand.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import type { Carried, Site } from '../site.ts';
import { accountState } from '../tenant/account-state.ts';
import { live, whoIs } from '../tenant/life.ts';
import type { Person } from '../tenant/person.ts';
import { addPerson, type Tenant } from '../tenant/tenant.ts';
import { personPatchSchema, personSchema } from './person-schemas.ts';
import { objectOf, shaped } from './posted.ts';

const MOST = 10_000;

export function peopleRoutes({ tenant }: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  app.get('/kinds', (c) => c.json(Object.fromEntries(namedPeople(tenant))));
  app.get('/people/:who', (c) => c.json(accountState(tenant, somebody(tenant, c.req.param('who')).index)));
  app.patch('/people/:who', async (c) => {
    const events = shaped(personPatchSchema, await objectOf(c));
    const { index } = somebody(tenant, c.req.param('who'));
    sentence(() => live(tenant, c.req.param('who'), events));
    return c.json(accountState(tenant, index));
  });
  app.post('/people', async (c) => {
    const input = shaped(personSchema, await objectOf(c));
    const person = sentence(() => addPerson(tenant, input));
    return c.json(accountState(tenant, person.index), 201);
  });
  app.get('/state', (c) => {
    const indexes = stateIndexes(tenant, c.req.query('who'), c.req.query('changed') === 'true');
    return c.json({ accounts: indexes.map((index) => accountState(tenant, index)) });
  });
  return app;
}

function* namedPeople({ people }: Tenant): Generator<[string, { id: string; userPrincipalName: string }]> {
  for (const [kind, index] of people.kinds) {
    const { id, userPrincipalName } = people.at(index);
    yield [kind, { id, userPrincipalName }];
  }
}

/** Those named in `who` (separated by commas), those that were changed, or everybody. */
function stateIndexes(tenant: Tenant, who: string | undefined, onlyChanged: boolean): number[] {
  if (who !== undefined) return who.split(',').map((name) => somebody(tenant, name).index);
  if (onlyChanged) return [...tenant.people.changed].sort((left, right) => left - right);
  if (tenant.people.size > MOST)
    throw badRequest(`The tenant has over ${MOST} people; ask with ?changed=true or ?who=.`);
  return Array.from({ length: tenant.people.size }, (_, index) => index);
}

function somebody(tenant: Tenant, who: string): Person {
  return sentence(() => whoIs(tenant, who));
}

/** What the tenant refuses is the caller's mistake. */
function sentence<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error), 'BadRequest');
  }
}
