// The query options of a request, parsed and checked once: selection, expansion, filter and page.
import { badRequest, unsupportedQuery } from './errors.ts';
import { canonicaliseName } from './schema.ts';

export interface Expansion {
  readonly property: string;
  readonly select: readonly string[] | null;
  readonly levels: number;
}

export interface Query {
  readonly select: readonly string[] | null;
  readonly filter: string | null;
  readonly search: string | null;
  readonly orderBy: { readonly property: string; readonly descending: boolean } | null;
  readonly expand: readonly Expansion[];
  readonly top: number | null;
  /** How many entries of the first page are left out; directory objects do not have it. */
  readonly skip: number;
  /** $count=true of an advanced query. */
  readonly count: boolean;
  readonly skipToken: string | null;
  /** ConsistencyLevel: eventual. */
  readonly isEventual: boolean;
  /** The names of the options that were sent, in lower case. */
  readonly options: readonly string[];
}

const KNOWN = new Set([
  '$select',
  '$filter',
  '$search',
  '$orderby',
  '$expand',
  '$top',
  '$skip',
  '$count',
  '$skiptoken',
  '$deltatoken',
  '$format',
  'api-version',
]);

/**
 * Parses the options of a URL. 400 for what Graph refuses of every resource (page sizes out of 1 to 999, options that OData does not
 * know). "On the beta endpoint, the `$` prefix is optional" (concepts/query-parameters.md).
 */
export function parseQuery(url: URL, consistencyLevel: string | undefined): Query {
  const options = new Map<string, string>();
  const isBeta = url.pathname.toLowerCase().startsWith('/beta/');
  for (const [name, value] of url.searchParams) {
    const isBare = isBeta && KNOWN.has(`$${name.toLowerCase()}`);
    const key = name.startsWith('$') || isBare ? `$${name.replace('$', '').toLowerCase()}` : name;
    if (key.startsWith('$') && !KNOWN.has(key)) {
      throw badRequest(`The query parameter '${name}' is not supported.`, 'BadRequest');
    }
    options.set(key, value);
  }
  const isEventual = consistencyLevel?.toLowerCase() === 'eventual';
  return {
    select: parseList(options.get('$select')),
    filter: options.get('$filter') ?? null,
    search: options.get('$search') ?? null,
    orderBy: parseOrderBy(options.get('$orderby')),
    expand: parseExpansions(options.get('$expand')),
    top: parseTop(options.get('$top')),
    skip: Math.max(0, Math.floor(Number(options.get('$skip') ?? 0)) || 0),
    // Without the header it is ignored, as a client that follows a nextLink leaves the header out.
    count: isEventual && options.get('$count')?.toLowerCase() === 'true',
    skipToken: options.get('$skiptoken') ?? null,
    isEventual,
    options: [...options.keys()],
  };
}

/** An advanced query has both: ConsistencyLevel: eventual and $count=true. */
export function isAdvanced({ isEventual, count }: Query): boolean {
  return isEventual && count;
}

/** The number of all is on the first page only. */
export function showsCount({ count, skipToken }: Query): boolean {
  return count && skipToken === null;
}

/** Graph's error for an advanced query without its two parameters. */
export function createAdvancedQueryError(what: string): Error {
  return unsupportedQuery(
    `${what} is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  );
}

function parseTop(text: string | undefined): number | null {
  if (text === undefined) return null;
  const top = Number(text);
  if (Number.isInteger(top) && top >= 1 && top <= 999) return top;
  throw unsupportedQuery(`Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`);
}

function parseList(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const names = text
    .split(',')
    .map((name) => canonicaliseName(name.trim()))
    .filter((name) => name !== '');
  return names.length === 0 ? null : [...new Set(names)];
}

function parseOrderBy(text: string | undefined): Query['orderBy'] {
  if (text === undefined) return null;
  const [property = '', direction = 'asc'] = text.trim().split(/\s+/);
  return { property: canonicaliseName(property), descending: direction.toLowerCase() === 'desc' };
}

function parseExpansions(text: string | undefined): Expansion[] {
  if (text === undefined) return [];
  return text.split(/,(?![^(]*\))/).map((part) => {
    const found = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/.exec(part);
    if (!found?.[1]) throw badRequest(`Invalid $expand clause '${part}'.`, 'BadRequest');
    const options = new Map((found[2] ?? '').split(';').map((option) => parseOption(option)));
    const levels = options.get('$levels');
    return {
      property: canonicaliseName(found[1]),
      select: parseList(options.get('$select')),
      levels: levels === 'max' ? 20 : Number(levels ?? 1),
    };
  });
}

function parseOption(option: string): [string, string] {
  const cut = option.indexOf('=');
  return [option.slice(0, cut).trim().toLowerCase(), option.slice(cut + 1).trim()];
}
