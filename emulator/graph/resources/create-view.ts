// A request for a resource, parsed and checked against what its row and its type allow.
import type { Context } from 'hono';
import { checkQuery } from '../../odata/check-query.ts';
import { parseFilter } from '../../odata/filter-syntax.ts';
import { parseQuery, type Query } from '../../odata/query.ts';
import { getProperties, selectTypeName } from '../../odata/schema.ts';
import type { RequestEnv, Site } from '../../site.ts';
import type { Resource, View } from './resource.ts';

/** Parses and checks the request's options. `$count` as a segment counts as the option. */
export function createView<T>(site: Site, c: Context<RequestEnv>, resource: Resource<T>, isCollection: boolean): View {
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
  // `/me` is the person of the token.
  const id = resource.path.startsWith('/me') ? c.get('caller').objectId : (c.req.param('id') ?? '');
  const view: View = { site, c, url, query: { ...query, select }, filter, typeName, cast, id };
  resource.require?.(view);
  return view;
}

/** Relationships are selected by being expanded; other names that a type does not have were let through in silence. */
function selectKnown(select: readonly string[], typeName: string): readonly string[] {
  if (typeName === 'directoryObject') return select;
  const properties = getProperties(typeName);
  return select.filter((name) => properties[name] !== undefined);
}
