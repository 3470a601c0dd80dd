// The routes of the table of resources: lists with pages, counts and casts, and single entries by their keys.
import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../../odata/errors.ts';
import { buildNextLink, parsePageToken } from '../../odata/paging.ts';
import { showsCount } from '../../odata/query.ts';
import { isDirectoryObject } from '../../odata/schema.ts';
import type { RequestEnv, Site } from '../../site.ts';
import { requireAccess } from '../access.ts';
import { answerJson } from '../answer.ts';
import { createView } from './create-view.ts';
import { expandRelationship } from './expand-relationship.ts';
import type { AnyResource, Resource, View } from './resource.ts';
import { resources } from './resources.ts';
import { countEntries, createTest, selectEntries } from './select-entries.ts';

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
    const mayList = requireAccess(list);
    app.get(path, mayList, (c) => answerList(site, c, resource));
    if (isDirectoryObject(resource.typeName)) app.get(`${path}/$count`, mayList, (c) => answerCount(site, c, resource));
    if (resource.typeName === 'directoryObject') {
      app.get(`${path}/${CAST}`, mayList, (c) => answerList(site, c, resource));
      app.get(`${path}/${CAST}/$count`, mayList, (c) => answerCount(site, c, resource));
    }
  }
  if (!get) return;
  const mayGet = requireAccess(get);
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
  const page = selectEntries(view, resource, { passes, start, size });
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
