// The routes of the table of resources: lists with pages, counts and casts, and single entries by their keys.
import { type Context, Hono } from 'hono';
import { requireAppRole } from '../../middleware.ts';
import { checkQuery } from '../../odata/check-query.ts';
import { badRequest, notFound } from '../../odata/errors.ts';
import { compileFilter } from '../../odata/filter-match.ts';
import { parseFilter } from '../../odata/filter-syntax.ts';
import { buildNextLink, parsePageToken } from '../../odata/paging.ts';
import { parseQuery, type Query, showsCount } from '../../odata/query.ts';
import { getProperties, isDirectoryObject, selectTypeName } from '../../odata/schema.ts';
import { createSearch } from '../../odata/search.ts';
import type { RequestEnv, Site } from '../../site.ts';
import { answerJson } from '../answer.ts';
import { expandRelationship } from './expand-relationship.ts';
import type { AnyResource, PropertyReader, Resource, View } from './resource.ts';
import { resources } from './resources.ts';

const DEFAULT_PAGE = 100;
const CAST = ':cast{microsoft\\.graph\\..+}';

/** Routes for GET on every row. */
export function createResourceRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  for (const resource of resources) addRoutes(app, site, resource);
  return app;
}

function addRoutes(app: Hono<RequestEnv>, site: Site, resource: AnyResource): void {
  const { list, get, isSingle = false, alternateKeys = [] } = resource;
  const path = resource.path.replaceAll('{id}', ':id');
  if (list) {
    const mayList = requireAppRole(list.permissions);
    app.get(path, mayList, (c) => answerList(site, c, resource));
    if (isDirectoryObject(resource.typeName)) app.get(`${path}/$count`, mayList, (c) => answerCount(site, c, resource));
    if (resource.typeName === 'directoryObject') {
      app.get(`${path}/${CAST}`, mayList, (c) => answerList(site, c, resource));
      app.get(`${path}/${CAST}/$count`, mayList, (c) => answerCount(site, c, resource));
    }
  }
  if (!get) return;
  const mayGet = requireAppRole(get.permissions);
  app.get(isSingle ? path : `${path}/:key`, mayGet, (c) => answerEntry(site, c, resource));
  for (const name of alternateKeys) {
    const collection = path.slice(1);
    app.get(`/:keyed{${collection}\\(${name}='.+'\\)}`, mayGet, (c) => answerKeyed(site, c, { resource, name }));
  }
}

function answerList<T>(site: Site, c: Context<RequestEnv>, resource: Resource<T>): Response {
  const view = createView(site, c, resource, true);
  const { query, url } = view;
  const passes = createTest(view, resource);
  const size = resource.computePageSize?.(view) ?? query.top ?? DEFAULT_PAGE;
  const start = query.skipToken === null ? query.skip : parsePageToken(query.skipToken);
  const page = query.orderBy
    ? selectSorted(view, resource, { passes, start, size })
    : selectPage(resource.listFrom(view, start), passes, size);
  const write = createWriter(view, resource, page.entries.length);
  const counted = showsCount(query) ? `"@odata.count":${countEntries(view, resource, passes)},` : '';
  const next = page.next === null ? '' : `"@odata.nextLink":${JSON.stringify(buildNextLink(url, page.next))},`;
  const context = JSON.stringify(formatContext(view, resource));
  return answerJson(
    c,
    `{"@odata.context":${context},${counted}${next}"value":[${page.entries.map((entry, at) => write(entry, at)).join(',')}]}`,
  );
}

function answerEntry<T>(site: Site, c: Context<RequestEnv>, resource: Resource<T>): Response {
  const view = createView(site, c, resource, false);
  const key = resource.isSingle ? view.id : (c.req.param('key') ?? '');
  return writeEntry(view, resource, requireEntry(view, resource, key));
}

/** `servicePrincipals(appId='…')`: the entry whose property has this value. */
function answerKeyed<T>(
  site: Site,
  c: Context<RequestEnv>,
  { resource, name }: { resource: Resource<T>; name: string },
): Response {
  const view = createView(site, c, resource, false);
  const value = /='(.+)'\)$/.exec(c.req.param('keyed') ?? '')?.[1] ?? '';
  const read = resource.createReader(view);
  for (const [, entry] of resource.listFrom(view, 0))
    if (String(read(entry)(name)).toLowerCase() === value.toLowerCase()) return writeEntry(view, resource, entry);
  throw notFound(value);
}

function writeEntry<T>(view: View, resource: Resource<T>, entry: T): Response {
  const text = createWriter(view, resource, 1)(entry, 0).slice(1);
  const context = JSON.stringify(`${formatContext(view, resource)}/$entity`);
  return answerJson(view.c, `{"@odata.context":${context}${text === '}' ? '' : ','}${text}`);
}

/** The entry of a key, or Graph's 404. */
function requireEntry<T>(view: View, resource: Resource<T>, key: string): T {
  const found = resource.find?.(view, key);
  if (found === undefined) throw notFound(resource.isSingle ? (resource.path.split('/').at(-1) ?? '') : key);
  return found;
}

/** The number alone: text/plain. "If the ConsistencyLevel header is not specified, the request returns an error" (the same page). */
function answerCount<T>(site: Site, c: Context<RequestEnv>, resource: Resource<T>): Response {
  if (c.req.header('ConsistencyLevel')?.toLowerCase() !== 'eventual')
    throw badRequest('$count is not currently supported.');
  const view = createView(site, c, resource, true);
  return c.text(String(countEntries(view, resource, createTest(view, resource))));
}

/** Parses and checks the request's options. `$count` as a segment counts as the option. */
function createView<T>(site: Site, c: Context<RequestEnv>, resource: Resource<T>, isCollection: boolean): View {
  const url = new URL(c.req.url);
  const parsed = parseQuery(url, c.req.header('ConsistencyLevel'));
  const query: Query = c.req.path.endsWith('/$count') ? { ...parsed, count: true } : parsed;
  const cast = c.req.param('cast')?.replace('microsoft.graph.', '') ?? null;
  const filter = query.filter === null || !isCollection ? null : parseFilter(query.filter);
  const typeName = selectTypeName(c.req.path, cast ?? resource.typeName);
  checkQuery(query, filter, {
    typeName,
    isCollection,
    isRelationship: resource.typeName === 'directoryObject',
    isTransitiveCast: cast !== null && /\/transitive[^/]*$/.test(resource.path),
    refusedOptions: resource.refusedOptions ?? {},
    hasTextRanges: site.tenant.switches.textRanges === 'allowed',
  });
  const select = query.select === null ? null : selectKnown(query.select, typeName);
  const view: View = { site, c, url, query: { ...query, select }, filter, typeName, cast, id: c.req.param('id') ?? '' };
  resource.require?.(view);
  return view;
}

/** Relationships are selected by being expanded; other names that a type does not have were let through in silence. */
function selectKnown(select: readonly string[], typeName: string): readonly string[] {
  if (typeName === 'directoryObject') return select;
  const properties = getProperties(typeName);
  return select.filter((name) => properties[name] !== undefined);
}

type Test<T> = (entry: T) => boolean;

/** The test of $filter and $search; without them every entry passes. */
function createTest<T>({ filter, query, ...view }: View, resource: Resource<T>): Test<T> {
  if (filter === null && query.search === null) return () => true;
  const read = resource.createReader({ filter, query, ...view });
  const matches = filter === null ? null : compileFilter(filter);
  const isFound = query.search === null ? null : createSearch(query.search);
  return (entry) => {
    const readProperty = read(entry);
    return matches?.(readProperty) !== false && isFound?.(readProperty) !== false;
  };
}

/** Writes an entry with what `$expand` asks for, from its own row or from that of the relationship. */
function createWriter<T>(view: View, resource: Resource<T>, count: number): (entry: T, at: number) => string {
  const write = resource.createWriter(view, count);
  const others = view.query.expand.filter(({ property }) => !resource.ownExpansions?.includes(property));
  if (others.length === 0) return write;
  const read = resource.createReader(view);
  return (entry, at) => {
    const id = String(read(entry)('id'));
    const expanded = others.map((expansion) => expandRelationship({ ...view, id }, resource.path, expansion));
    return `${write(entry, at).slice(0, -1)}${expanded.join('')}}`;
  };
}

interface Page<T> {
  readonly entries: readonly T[];
  readonly next: number | null;
}

function selectPage<T>(entries: Iterable<readonly [number, T]>, passes: Test<T>, size: number): Page<T> {
  const selected: T[] = [];
  for (const [place, entry] of entries) {
    if (!passes(entry)) continue;
    if (selected.length === size) return { entries: selected, next: place };
    selected.push(entry);
  }
  return { entries: selected, next: null };
}

interface Slice<T> {
  readonly passes: Test<T>;
  readonly start: number;
  readonly size: number;
}

/** Sorting needs everybody at once; a place is then one in that order. Texts are sorted without regard to case. */
function selectSorted<T>(view: View, resource: Resource<T>, { passes, start, size }: Slice<T>): Page<T> {
  const { property = '', descending = false } = view.query.orderBy ?? {};
  const read = resource.createReader(view);
  const sorted: { entry: T; key: string }[] = [];
  for (const [, entry] of resource.listFrom(view, 0))
    if (passes(entry)) sorted.push({ entry, key: foldKey(read(entry), property) });
  sorted.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  if (descending) sorted.reverse();
  const end = start + size;
  return {
    entries: sorted.slice(start, end).map(({ entry }) => entry),
    next: end < sorted.length ? end : null,
  };
}

const foldKey = (read: PropertyReader, property: string) => String(read(property) ?? '').toLowerCase();

function countEntries<T>(view: View, resource: Resource<T>, passes: Test<T>): number {
  let count = 0;
  for (const [, entry] of resource.listFrom(view, 0)) if (passes(entry)) count += 1;
  return count;
}

/** `…/$metadata#users(id,displayName)`, `#users('…')/licenseDetails`, `#directoryObjects` for objects of several types. */
function formatContext(view: View, resource: Pick<AnyResource, 'path' | 'typeName' | 'context'>): string {
  const { url, query } = view;
  const version = url.pathname.toLowerCase().startsWith('/beta/') ? 'beta' : 'v1.0';
  const expanded = query.expand.map(({ property, select }) => `${property}(${select?.join(',') ?? ''})`);
  const shape = [...(query.select ?? []), ...expanded].join(',');
  return `${url.origin}/${version}/$metadata#${findSet(view, resource)}${shape === '' ? '' : `(${shape})`}`;
}

function findSet({ cast, id }: View, { path, typeName, context }: Pick<AnyResource, 'path' | 'typeName' | 'context'>) {
  if (cast !== null) return `${cast}s`;
  if (context !== undefined) return context;
  return typeName === 'directoryObject' ? 'directoryObjects' : path.slice(1).replace('/{id}', `('${id}')`);
}
