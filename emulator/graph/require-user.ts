// The person that a path names.
import type { Context } from 'hono';
import type { RequestEnv, Site } from '../site.ts';
import type { Person } from '../tenant/person.ts';
import { requirePerson } from './resources/user-resources.ts';

/** The person of the route's id or UPN, or Graph's 404. */
export function requireUser(site: Site, c: Context<RequestEnv>): Person {
  return requirePerson({ site, id: c.req.param('id') ?? '' });
}
