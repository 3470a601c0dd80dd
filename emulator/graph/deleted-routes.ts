// The bin of the directory: deleted users for 30 days, as /directory/deletedItems lists, shows and restores them.
// From graph-docs-contrib, directory-deleteditems-list.md, -get.md and -restore.md: User.Read.All reads users there.

import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { queryOf } from '../odata/query.ts';
import type { Carried, Site } from '../site.ts';
import { isInBin, restoreAccount } from '../tenant/account-changes.ts';
import type { ChangedPerson } from '../tenant/person.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';

const PATH = '/directory/deletedItems';

export function deletedRoutes({ tenant }: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const inBin = () => {
    const people = Array.from({ length: tenant.people.size }, (_, index) => tenant.people.held(index));
    return people.filter((person) => person !== undefined).filter((person) => isInBin(tenant, person));
  };
  const named = (c: Context<Carried>) => {
    const id = (c.req.param('id') ?? '').toLowerCase();
    const found = inBin().find((person) => person.id.toLowerCase() === id);
    if (!found) throw notFound(id);
    return found;
  };
  app.get(`${PATH}/microsoft.graph.user`, permit('GET /directory/deletedItems'), (c) => {
    const select = selected(c);
    return answer(c, 'directoryObjects', { value: inBin().map((person) => written(person, select)) });
  });
  app.get(`${PATH}/:id`, permit('GET /directory/deletedItems'), (c) => {
    const select = selected(c);
    return answer(c, 'directoryObjects/$entity', written(named(c), select));
  });
  app.post(`${PATH}/:id/restore`, permit('POST /directory/deletedItems/{id}/restore'), (c) => {
    const person = named(c);
    restoreAccount(tenant, person);
    return answer(c, 'directoryObjects/$entity', written(person, null));
  });
  return app;
}

function selected(c: Context<Carried>): readonly string[] | null {
  const { select, expand } = queryOf(new URL(c.req.url), undefined);
  if (expand.length > 0)
    throw badRequest('The embedded tenant expands nothing of deleted users.', 'BadRequest');
  return select;
}

/** The bin keeps the name with the object's id before it, so that somebody else can have the name. */
function written(person: ChangedPerson, select: readonly string[] | null): Record<string, unknown> {
  const { id, deletedDateTime, displayName, mail, userPrincipalName } = person;
  const all: Record<string, unknown> = {
    id,
    deletedDateTime,
    displayName,
    mail,
    userPrincipalName: `${id.replaceAll('-', '')}${userPrincipalName}`,
  };
  const chosen = Object.entries(all).filter(([name]) => select === null || select.includes(name));
  return { '@odata.type': '#microsoft.graph.user', ...Object.fromEntries(chosen) };
}
