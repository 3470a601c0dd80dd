// Reading people through Graph: the listing with its caps and pages, one person, and the manager.

import { type Context, Hono } from 'hono';
import { badRequest, denied, GraphError, notFound, unsupportedQuery } from '../odata/errors.ts';
import { cursorOf, nextLink } from '../odata/paging.ts';
import { type Query, queryOf } from '../odata/query.ts';
import type { Carried, Site } from '../site.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answerJson } from './answer.ts';
import { permit } from './permissions.ts';
import { checkSignIns, pageSize } from './sign-in-pages.ts';
import { sortedPeople } from './sorted-people.ts';
import { type UserFilter, userFilter } from './user-filters.ts';
import { userWriter } from './user-json.ts';

/** Routes below /users that read. */
export function userRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  app.get('/users', permit('GET /users'), (c) => list(site, c));
  app.get('/users/$count', permit('GET /users'), (c) => count(site, c));
  app.get('/users/:id', permit('GET /users/{id}'), (c) => one(site, c));
  app.get('/users/:id/manager', permit('GET /users/{id}/manager'), (c) => manager(site, c));
  return app;
}

/** The person of the route's id; 404 as Graph says it. */
export function personOf({ tenant }: Site, c: Context<Carried>): Person {
  const id = c.req.param('id') ?? '';
  const person = tenant.people.find(id);
  if (!person) throw notFound(id);
  return person;
}

function list(site: Site, c: Context<Carried>): Response {
  const { tenant } = site;
  const url = new URL(c.req.url);
  const query = queryOf(url, c.req.header('ConsistencyLevel'));
  checkSelection(site, c, query.select);
  if (query.select?.includes('mailboxSettings')) {
    throw new GraphError(
      501,
      'NotImplemented',
      'mailboxSettings is not supported in a list of users; ask for one user.',
    );
  }
  const filter = userFilter(query, tenant);
  if (filter.readsSignIns) checkSignIns(site, c);
  const page = pageOf(tenant, query, filter, pageSize(site, query, filter.readsSignIns));
  const write = pageWriter(tenant, query, page.people.length);
  const counted = query.count ? `"@odata.count":${countOf(tenant, filter)},` : '';
  const next = page.next === null ? '' : `"@odata.nextLink":${JSON.stringify(nextLink(url, page.next))},`;
  return answerJson(
    c,
    `{"@odata.context":${JSON.stringify(contextOf(url, query))},${counted}${next}"value":[${page.people.map(write).join(',')}]}`,
  );
}

/** On a crowded page every second person comes without signInActivity. */
function pageWriter(tenant: Tenant, query: Query, length: number): (person: Person, at: number) => string {
  const write = userWriter(tenant, query.select, managerExpansion(query));
  const { crowdedSignInPage: most } = tenant.switches;
  if (query.select === null || most === null || length <= most) return write;
  const select = query.select.filter((name) => name !== 'signInActivity');
  const writeWithout = userWriter(tenant, select, managerExpansion(query));
  return (person, at) => (at % 2 === 0 ? writeWithout(person) : write(person));
}

function one(site: Site, c: Context<Carried>): Response {
  const url = new URL(c.req.url);
  const query = queryOf(url, c.req.header('ConsistencyLevel'));
  checkSelection(site, c, query.select);
  const id = c.req.param('id') ?? '';
  if (query.select?.includes('signInActivity') && id.includes('@')) {
    throw badRequest('Get By Key only supports UserId and the key has to be a valid Guid', 'BadRequest');
  }
  const write = userWriter(site.tenant, query.select, managerExpansion(query));
  const user = write(personOf(site, c)).slice(1);
  const context = contextOf(url, query, '/$entity');
  const comma = user === '}' ? '' : ',';
  return answerJson(c, `{"@odata.context":${JSON.stringify(context)}${comma}${user}`);
}

function manager(site: Site, c: Context<Carried>): Response {
  const url = new URL(c.req.url);
  const query = queryOf(url, c.req.header('ConsistencyLevel'));
  const { managerId } = personOf(site, c);
  const boss = managerId === null ? undefined : site.tenant.people.find(managerId);
  if (!boss) throw notFound('manager');
  const user = userWriter(site.tenant, query.select, undefined, '#microsoft.graph.user')(boss).slice(1);
  const context = `${url.origin}/v1.0/$metadata#directoryObjects/$entity`;
  return answerJson(c, `{"@odata.context":${JSON.stringify(context)},${user}`);
}

function count(site: Site, c: Context<Carried>): Response {
  const query = queryOf(new URL(c.req.url), c.req.header('ConsistencyLevel'));
  if (!query.isEventual) throw badRequest('$count is not currently supported.');
  const filter = userFilter({ ...query, count: true }, site.tenant);
  return c.text(String(countOf(site.tenant, filter)));
}

interface Page {
  readonly people: Person[];
  readonly next: number | null;
}

/** People are paged in the order of their indexes unless $orderby says otherwise; a cursor is a place in that order. */
function pageOf(tenant: Tenant, query: Query, filter: UserFilter, size: number): Page {
  const start = cursorOf(query.skipToken);
  if (query.orderBy) {
    const sorted = sortedPeople(tenant, query.orderBy, filter);
    const end = start + size;
    return { people: sorted.slice(start, end), next: end < sorted.length ? end : null };
  }
  const people: Person[] = [];
  for (const person of candidates(tenant, filter, start)) {
    if (!filter.passes(person)) continue;
    if (people.length === size) return { people, next: person.index };
    people.push(person);
  }
  return { people, next: null };
}

/**
 * Everybody from an index on, or just those the filter names. A filter on sign-ins finds deleted users, too
 * (msgraph-sdk-powershell 2827; o365soa/Scripts, PR 9).
 */
function* candidates({ people }: Tenant, filter: UserFilter, start: number): Generator<Person> {
  const { keys, byUpn } = filter;
  if (keys) {
    const named = new Set(keys.map((key) => people.find(key)?.index ?? -1));
    const indexes = [...named].filter((index) => index >= start).sort((left, right) => left - right);
    for (const index of indexes) yield people.at(index);
    return;
  }
  for (let index = start; index < people.size; index += 1) {
    if (!filter.readsSignIns && !people.exists(index)) continue;
    if (byUpn?.(people.foldedUpn(index)) === false) continue;
    yield people.at(index);
  }
}

function countOf(tenant: Tenant, filter: UserFilter): number {
  let count = 0;
  for (const person of candidates(tenant, filter, 0)) if (filter.passes(person)) count += 1;
  return count;
}

function checkSelection(site: Site, c: Context<Carried>, select: readonly string[] | null): void {
  if (select?.includes('signInActivity')) checkSignIns(site, c);
  if (select?.includes('identityParentId') && !site.tenant.switches.agentUsers) {
    throw badRequest(
      "Parsing OData Select and Expand failed: Could not find a property named 'identityParentId' on type 'microsoft.graph.user'.",
      'BadRequest',
    );
  }
  if (
    select?.includes('employeeLeaveDateTime') &&
    !c.get('caller').roles.has('User-LifeCycleInfo.Read.All')
  ) {
    throw denied();
  }
}

function managerExpansion(query: Query): Query['expand'][number] | undefined {
  const [first, ...rest] = query.expand;
  if (rest.length > 0) throw unsupportedQuery('Only one property can be expanded in a single query.');
  if (first && first.property !== 'manager') {
    throw badRequest(`The embedded tenant does not expand '${first.property}' of a user.`, 'BadRequest');
  }
  return first;
}

function contextOf(url: URL, query: Query, suffix = ''): string {
  const select = query.select === null ? '' : query.select.join(',');
  const expand = query.expand.map(({ property, select: inner }) => `${property}(${inner?.join(',') ?? ''})`);
  const shape = [select, ...expand].filter((part) => part !== '').join(',');
  return `${url.origin}/v1.0/$metadata#users${shape === '' ? '' : `(${shape})`}${suffix}`;
}
