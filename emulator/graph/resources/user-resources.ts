// Rows for people: the listing with its caps and pages, and one person.
import { type Caller, hasEntraRole, hasPermission } from '../../entra/caller.ts';
import { badRequest, forbidden, notFound } from '../../odata/errors.ts';
import { compileFilter, readPath } from '../../odata/filter-match.ts';
import { type Filter, listFilterPaths } from '../../odata/filter-syntax.ts';
import { createUnknownPropertyError } from '../../odata/schema.ts';
import type { Person } from '../../tenant/person.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { type DelegatedAccess, everyOption } from '../calls/call.ts';
import { leaveDateReaders } from '../calls/people.ts';
import { computePageSize, requireSignInAccess } from '../sign-in-pages.ts';
import { createUserWriter } from '../user-json.ts';
import { findUserProperty } from '../user-properties.ts';
import type { PropertyReader, Resource, View } from './resource.ts';

export const readUsers = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;

/** Members see each other (users-default-permissions.md of entra-docs). User.ReadBasic.All reads less, and nothing here asks for it. */
export const readAsPerson: DelegatedAccess = { permissions: readUsers, people: 'members' };

/** The resource type "signInActivity" (resources/signinactivity.md): "Requires … and the AuditLog.Read.All permission". */
const signIns = { signInActivity: 'AuditLog.Read.All' } as const;

const users: Resource<Person> = {
  path: '/users',
  typeName: 'user',
  list: {
    permissions: readUsers,
    delegated: readAsPerson,
    units: 2,
    page: 'user-list.md',
    query: everyOption,
    mostOnPage: 999,
    alsoFor: signIns,
  },
  get: {
    permissions: readUsers,
    delegated: readAsPerson,
    units: 1,
    page: 'user-get.md',
    query: ['$select'],
    alsoFor: signIns,
  },
  ownExpansions: ['manager'],
  require: requireReadable,
  computePageSize: (view) => computePageSize(view.site, view.query, readsSignIns(view)),
  listFrom: listPeople,
  find: ({ site }, key) => site.tenant.people.find(key),
  createWriter: createPageWriter,
  createReader: createPersonReader,
};

export const userResources = [users] as const;

/** The person of the route's id, or Graph's 404. */
export function requirePerson({ site, id }: Pick<View, 'site' | 'id'>): Person {
  const person = site.tenant.people.find(id);
  if (!person) throw notFound(id);
  return person;
}

function readsSignIns({ filter }: View): boolean {
  return filter !== null && [...listFilterPaths(filter)].some((path) => path.startsWith('signInActivity'));
}

export function requireReadable(view: View): void {
  const { site, c, query, filter } = view;
  const paths = filter === null ? [] : [...listFilterPaths(filter)];
  const filtersSignIns = readsSignIns(view);
  const selectsSignIns = query.select?.includes('signInActivity') === true;
  if (filtersSignIns && paths.some((path) => !path.startsWith('signInActivity')))
    throw badRequest('Filtering signInActivity together with any other property is not supported.', 'BadRequest');
  if (filtersSignIns || selectsSignIns) requireSignInAccess(site, c);
  if (query.select?.includes('identityParentId') && !site.tenant.switches.agentUsers)
    throw createUnknownPropertyError('Parsing OData Select and Expand failed', 'user', 'identityParentId');
  if (query.select?.includes('employeeLeaveDateTime') && !mayReadLeaveDates(c.get('caller'))) throw forbidden();
  if (selectsSignIns && c.req.param('key')?.includes('@'))
    throw badRequest('Get By Key only supports UserId and the key has to be a valid Guid', 'BadRequest');
}

function mayReadLeaveDates(caller: Caller): boolean {
  if (!hasPermission(caller, 'User-LifeCycleInfo.Read.All')) return false;
  return caller.kind === 'application' || hasEntraRole(caller, leaveDateReaders);
}

/**
 * People by index; only those whom the filter names, where it names ids. A filter on sign-ins finds deleted users, too
 * (msgraph-sdk-powershell 2827; o365soa/Scripts, PR 9). Accounts from before 2014 have no userType, and no filter on it finds
 * them, not even `ne` and `not`.
 */
function* listPeople(view: View, start: number): Generator<[number, Person]> {
  const { people } = view.site.tenant;
  const paths = view.filter === null ? new Set<string>() : listFilterPaths(view.filter);
  const findsDeleted = readsSignIns(view);
  const isNameless = paths.has('userType');
  const byUpn = createUpnTest(view, paths);
  for (const index of listIndexes(view, start)) {
    if (!findsDeleted && !people.has(index)) continue;
    if (byUpn?.(people.getFoldedUpn(index)) === false) continue;
    const person = people.get(index);
    if (!(isNameless && person.userType === null)) yield [index, person];
  }
}

function* listIndexes({ site, filter }: View, start: number): Generator<number> {
  const { people } = site.tenant;
  const keys = filter === null ? null : findKeys(filter);
  if (keys) {
    const named = new Set(keys.map((key) => people.find(key)?.index ?? -1));
    yield* [...named].filter((index) => index >= start).sort((left, right) => left - right);
    return;
  }
  for (let index = start; index < people.size; index += 1) yield index;
}

/** The only ids or UPNs that can pass, if the filter says so. */
function findKeys(filter: Filter): string[] | null {
  if (filter.kind !== 'in' && filter.kind !== 'compare') return null;
  if (filter.path !== 'id' && filter.path !== 'userPrincipalName') return null;
  if (filter.kind === 'in') return filter.values.map(String);
  return filter.operator === 'eq' ? [String(filter.value)] : null;
}

/** A filter on nothing but the UPN needs no whole person. */
function createUpnTest({ filter, query }: View, paths: ReadonlySet<string>): ((foldedUpn: string) => boolean) | null {
  if (filter === null || query.search !== null || paths.size !== 1 || !paths.has('userPrincipalName')) return null;
  const matches = compileFilter(filter);
  return (upn) => matches(() => upn);
}

/** Sorts before all dates, where the filter also lists people without a sign-in. */
const NO_DATE = '';

export function createPersonReader({ site: { tenant } }: View): (person: Person) => PropertyReader {
  return (person) => (path) => readPersonPath(person, path, tenant);
}

function readPersonPath(person: Person, path: string, tenant: Tenant): unknown {
  const cut = path.indexOf('/');
  const value = findUserProperty(cut < 0 ? path : path.slice(0, cut))?.(person, tenant);
  if (cut < 0) return value ?? null;
  const listsUnknown = path.startsWith('signInActivity/') && tenant.switches.signInFilterLists === 'unknown-too';
  return readPath(value, path.slice(cut + 1)) ?? (listsUnknown ? NO_DATE : null);
}

/** On a page above `crowdedSignInPage` every second person lacks signInActivity. */
function createPageWriter({ site: { tenant }, query }: View, count: number): (person: Person, at: number) => string {
  const expansion = query.expand.find(({ property }) => property === 'manager');
  const write = createUserWriter(tenant, { select: query.select, manager: expansion });
  const { crowdedSignInPage: most } = tenant.switches;
  if (query.select === null || most === null || count <= most) return write;
  const select = query.select.filter((name) => name !== 'signInActivity');
  const writeWithout = createUserWriter(tenant, { select, manager: expansion });
  return (person, at) => (at % 2 === 0 ? writeWithout(person) : write(person));
}
