// /_emulator/people, kinds and state: adds people, applies events to them, and returns their state.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { buildAccountState } from '../tenant/account-state.ts';
import type { Person } from '../tenant/person.ts';
import { applyPersonEvents, requirePerson } from '../tenant/person-events.ts';
import { personEventsSchema } from '../tenant/person-events-input.ts';
import { personSchema } from '../tenant/person-input.ts';
import { addPerson, type Tenant } from '../tenant/tenant.ts';
import { readJsonObject, requireShape } from './request-body.ts';

const MAX_PEOPLE = 10_000;

export function createPeopleRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/kinds', (c) => c.json(Object.fromEntries(listNamedPeople(tenant))));
  app.get('/people/:who', (c) =>
    c.json(buildAccountState(tenant, requireKnownPerson(tenant, c.req.param('who')).index)),
  );
  app.patch('/people/:who', async (c) => {
    const events = requireShape(personEventsSchema, await readJsonObject(c));
    const { index } = requireKnownPerson(tenant, c.req.param('who'));
    rethrowAsBadRequest(() => applyPersonEvents(tenant, c.req.param('who'), events));
    return c.json(buildAccountState(tenant, index));
  });
  app.post('/people', async (c) => {
    const input = requireShape(personSchema, await readJsonObject(c));
    const person = rethrowAsBadRequest(() => addPerson(tenant, input));
    return c.json(buildAccountState(tenant, person.index), 201);
  });
  app.get('/state', (c) => {
    const indexes = listStateIndexes(tenant, c.req.query('who'), c.req.query('changed') === 'true');
    return c.json({ accounts: indexes.map((index) => buildAccountState(tenant, index)) });
  });
  return app;
}

function* listNamedPeople({ people }: Tenant): Generator<[string, { id: string; userPrincipalName: string }]> {
  for (const [kind, index] of people.kinds) {
    const { id, userPrincipalName } = people.get(index);
    yield [kind, { id, userPrincipalName }];
  }
}

/** The people named in `who` (separated by commas), those that were changed, or everybody. */
function listStateIndexes(tenant: Tenant, who: string | undefined, onlyChanged: boolean): number[] {
  if (who !== undefined) return who.split(',').map((name) => requireKnownPerson(tenant, name).index);
  if (onlyChanged) return [...tenant.people.changed].sort((left, right) => left - right);
  if (tenant.people.size > MAX_PEOPLE)
    throw badRequest(`The tenant has more than ${MAX_PEOPLE} people; limit the request by ?changed=true or ?who=.`);
  return Array.from({ length: tenant.people.size }, (_, index) => index);
}

function requireKnownPerson(tenant: Tenant, who: string): Person {
  return rethrowAsBadRequest(() => requirePerson(tenant, who));
}

/** The tenant only throws for a mistake of the caller. */
function rethrowAsBadRequest<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error), 'BadRequest');
  }
}
