// Reads people through Graph: the listing with its caps and pages, one person, and the manager.
import { type Context, Hono } from 'hono';
import { badRequest, forbidden, GraphError, notFound, unsupportedQuery } from '../odata/errors.ts';
import { buildNextLink, parsePageToken } from '../odata/paging.ts';
import { parseQuery, type Query, showsCount } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answerJson } from './answer.ts';
import { permit } from './permissions.ts';
import { computePageSize, requireSignInAccess } from './sign-in-pages.ts';
import { sortPeople } from './sort-people.ts';
import { createUserFilter, type UserFilter } from './user-filters.ts';
import { createUserWriter } from './user-json.ts';

/** Routes below /users that read. */
export function createUserRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/users', permit('GET /users'), (c) => answerUsers(site, c));
  app.get('/users/$count', permit('GET /users'), (c) => answerCount(site, c));
  app.get('/users/:id', permit('GET /users/{id}'), (c) => answerUser(site, c));
  app.get('/users/:id/manager', permit('GET /users/{id}/manager'), (c) => answerManager(site, c));
  return app;
}

/** The person of the route's id, or Graph's 404. */
export function requireUser({ tenant }: Site, c: Context<RequestEnv>): Person {
  const id = c.req.param('id') ?? '';
  const person = tenant.people.find(id);
  if (!person) throw notFound(id);
  return person;
}

function answerUsers(site: Site, c: Context<RequestEnv>): Response {
  const { tenant } = site;
  const url = new URL(c.req.url);
  const query = parseQuery(url, c.req.header('ConsistencyLevel'));
  requireSelectable(site, c, query.select);
  if (query.select?.includes('mailboxSettings')) {
    throw new GraphError(
      501,
      'NotImplemented',
      'mailboxSettings is not supported in a list of users; ask for one user.',
    );
  }
  const filter = createUserFilter(query, tenant);
  if (filter.readsSignIns) requireSignInAccess(site, c);
  const page = selectPage(tenant, query, filter, computePageSize(site, query, filter.readsSignIns));
  const write = createPageWriter(tenant, query, page.people.length);
  const counted = showsCount(query) ? `"@odata.count":${countUsers(tenant, filter)},` : '';
  const next = page.next === null ? '' : `"@odata.nextLink":${JSON.stringify(buildNextLink(url, page.next))},`;
  return answerJson(
    c,
    `{"@odata.context":${JSON.stringify(formatContext(url, query))},${counted}${next}"value":[${page.people.map(write).join(',')}]}`,
  );
}

/** On a page above `crowdedSignInPage` every second person lacks signInActivity. */
function createPageWriter(tenant: Tenant, query: Query, length: number): (person: Person, at: number) => string {
  const manager = findManagerExpansion(query);
  const write = createUserWriter(tenant, { select: query.select, manager });
  const { crowdedSignInPage: most } = tenant.switches;
  if (query.select === null || most === null || length <= most) return write;
  const select = query.select.filter((name) => name !== 'signInActivity');
  const writeWithout = createUserWriter(tenant, { select, manager });
  return (person, at) => (at % 2 === 0 ? writeWithout(person) : write(person));
}

function answerUser(site: Site, c: Context<RequestEnv>): Response {
  const url = new URL(c.req.url);
  const query = parseQuery(url, c.req.header('ConsistencyLevel'));
  requireSelectable(site, c, query.select);
  const id = c.req.param('id') ?? '';
  if (query.select?.includes('signInActivity') && id.includes('@')) {
    throw badRequest('Get By Key only supports UserId and the key has to be a valid Guid', 'BadRequest');
  }
  const manager = findManagerExpansion(query);
  const write = createUserWriter(site.tenant, { select: query.select, manager });
  const user = write(requireUser(site, c)).slice(1);
  const context = formatContext(url, query, '/$entity');
  const comma = user === '}' ? '' : ',';
  return answerJson(c, `{"@odata.context":${JSON.stringify(context)}${comma}${user}`);
}

function answerManager(site: Site, c: Context<RequestEnv>): Response {
  const url = new URL(c.req.url);
  const query = parseQuery(url, c.req.header('ConsistencyLevel'));
  const { managerId } = requireUser(site, c);
  const boss = managerId === null ? undefined : site.tenant.people.find(managerId);
  if (!boss) throw notFound('manager');
  const write = createUserWriter(site.tenant, { select: query.select, type: '#microsoft.graph.user' });
  const user = write(boss).slice(1);
  const context = `${url.origin}/v1.0/$metadata#directoryObjects/$entity`;
  return answerJson(c, `{"@odata.context":${JSON.stringify(context)},${user}`);
}

function answerCount(site: Site, c: Context<RequestEnv>): Response {
  const query = parseQuery(new URL(c.req.url), c.req.header('ConsistencyLevel'));
  if (!query.isEventual) throw badRequest('$count is not currently supported.');
  const filter = createUserFilter({ ...query, count: true }, site.tenant);
  return c.text(String(countUsers(site.tenant, filter)));
}

interface UserPage {
  readonly people: Person[];
  readonly next: number | null;
}

/** People are paged by index unless $orderby says otherwise; a cursor is a place in that order. */
function selectPage(tenant: Tenant, query: Query, filter: UserFilter, size: number): UserPage {
  const start = parsePageToken(query.skipToken);
  if (query.orderBy) {
    const sorted = sortPeople(tenant, query.orderBy, filter);
    const end = start + size;
    return { people: sorted.slice(start, end), next: end < sorted.length ? end : null };
  }
  const people: Person[] = [];
  for (const person of listCandidates(tenant, filter, start)) {
    if (!filter.isMatch(person)) continue;
    if (people.length === size) return { people, next: person.index };
    people.push(person);
  }
  return { people, next: null };
}

/**
 * Everybody from an index on, or only those whom the filter names. A filter on sign-ins finds deleted users, too
 * (msgraph-sdk-powershell 2827; o365soa/Scripts, PR 9).
 */
function* listCandidates({ people }: Tenant, filter: UserFilter, start: number): Generator<Person> {
  const { keys, byUpn } = filter;
  if (keys) {
    const named = new Set(keys.map((key) => people.find(key)?.index ?? -1));
    const indexes = [...named].filter((index) => index >= start).sort((left, right) => left - right);
    for (const index of indexes) yield people.get(index);
    return;
  }
  for (let index = start; index < people.size; index += 1) {
    if (!filter.readsSignIns && !people.has(index)) continue;
    if (byUpn?.(people.getFoldedUpn(index)) === false) continue;
    yield people.get(index);
  }
}

function countUsers(tenant: Tenant, filter: UserFilter): number {
  let count = 0;
  for (const person of listCandidates(tenant, filter, 0)) if (filter.isMatch(person)) count += 1;
  return count;
}

function requireSelectable(site: Site, c: Context<RequestEnv>, select: readonly string[] | null): void {
  if (select?.includes('signInActivity')) requireSignInAccess(site, c);
  if (select?.includes('identityParentId') && !site.tenant.switches.agentUsers) {
    throw badRequest(
      "Parsing OData Select and Expand failed: Could not find a property named 'identityParentId' on type 'microsoft.graph.user'.",
      'BadRequest',
    );
  }
  if (select?.includes('employeeLeaveDateTime') && !c.get('caller').roles.has('User-LifeCycleInfo.Read.All')) {
    throw forbidden();
  }
}

function findManagerExpansion(query: Query): Query['expand'][number] | undefined {
  const [first, ...rest] = query.expand;
  if (rest.length > 0) throw unsupportedQuery('Only one property can be expanded in a single query.');
  if (first && first.property !== 'manager') {
    throw badRequest(`The embedded tenant does not expand '${first.property}' of a user.`, 'BadRequest');
  }
  return first;
}

function formatContext(url: URL, query: Query, suffix = ''): string {
  const select = query.select === null ? '' : query.select.join(',');
  const expand = query.expand.map(({ property, select: inner }) => `${property}(${inner?.join(',') ?? ''})`);
  const shape = [select, ...expand].filter((part) => part !== '').join(',');
  return `${url.origin}/v1.0/$metadata#users${shape === '' ? '' : `(${shape})`}${suffix}`;
}
