// Deleted users, for 30 days: /directory/deletedItems lists, shows and restores them. User.Read.All reads users there
// (graph-docs-contrib, directory-deleteditems-list.md, -get.md and -restore.md).
import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import { isInBin, restoreAccount } from '../tenant/account-changes.ts';
import type { ChangedPerson } from '../tenant/person.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';

const PATH = '/directory/deletedItems';

export function createDeletedRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const listDeleted = () => {
    const people = Array.from({ length: tenant.people.size }, (_, index) => tenant.people.findChanged(index));
    return people.filter((person) => person !== undefined).filter((person) => isInBin(tenant, person));
  };
  const requireDeleted = (c: Context<RequestEnv>) => {
    const id = (c.req.param('id') ?? '').toLowerCase();
    const found = listDeleted().find((person) => person.id.toLowerCase() === id);
    if (!found) throw notFound(id);
    return found;
  };
  app.get(`${PATH}/microsoft.graph.user`, permit('GET /directory/deletedItems'), (c) => {
    const select = parseSelect(c);
    return answer(c, 'directoryObjects', {
      value: listDeleted().map((person) => buildDeletedUser(person, select)),
    });
  });
  app.get(`${PATH}/:id`, permit('GET /directory/deletedItems'), (c) => {
    const select = parseSelect(c);
    return answer(c, 'directoryObjects/$entity', buildDeletedUser(requireDeleted(c), select));
  });
  app.post(`${PATH}/:id/restore`, permit('POST /directory/deletedItems/{id}/restore'), (c) => {
    const person = requireDeleted(c);
    restoreAccount(tenant, person);
    return answer(c, 'directoryObjects/$entity', buildDeletedUser(person, null));
  });
  return app;
}

function parseSelect(c: Context<RequestEnv>): readonly string[] | null {
  const { select, expand } = parseQuery(new URL(c.req.url), undefined);
  if (expand.length > 0)
    throw badRequest('The embedded tenant does not support $expand for deleted users.', 'BadRequest');
  return select;
}

/** A deleted user's name has the object id before it, so that somebody else can take the name. */
function buildDeletedUser(person: ChangedPerson, select: readonly string[] | null): Record<string, unknown> {
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
