// What a row of the table of resources says: where its entries are, how they are written, and Microsoft's facts of reading them. The
// routes, the checks of query options, pages, counts, casts and expansions follow from the row (serve-resources.ts).
import type { Context } from 'hono';
import type { Filter } from '../../odata/filter-syntax.ts';
import type { Query } from '../../odata/query.ts';
import type { RequestEnv, Site } from '../../site.ts';
import type { CallFacts } from '../calls/call.ts';

/** A request for a resource, parsed and checked. */
export interface View {
  readonly site: Site;
  readonly c: Context<RequestEnv>;
  readonly url: URL;
  readonly query: Query;
  readonly filter: Filter | null;
  /** The type of the entries in the API version of the request, such as `beta/group`. */
  readonly typeName: string;
  /** The type that a cast narrows the list to, as `user` of `/members/microsoft.graph.user`. */
  readonly cast: string | null;
  /** The key in the path: of the object above the list, or of the single entry. */
  readonly id: string;
}

/** Reads a property by its path, as filters and sorting do. */
export type PropertyReader = (path: string) => unknown;

export interface Resource<T> {
  /** Below the API's version, with `{id}` for the object that it belongs to: `/groups/{id}/members`. */
  readonly path: string;
  /** The type of its entries in Graph's metadata; `directoryObject`: objects of several types. */
  readonly typeName: string;
  /** What `@odata.context` names; default: `directoryObjects` for objects of several types, else the path. */
  readonly context?: string;
  /** The facts of GET on the path. Without them there is no list. */
  readonly list?: CallFacts;
  /** The facts of GET on the path with a key. Without them single entries cannot be read. */
  readonly get?: CallFacts;
  /** The path is that of one object, which has no key of its own: `/users/{id}/manager`. */
  readonly isSingle?: boolean;
  /** Properties by whose value an entry can be read, too: `/servicePrincipals(appId='…')`. */
  readonly alternateKeys?: readonly string[];
  /** Options that it does not have, each with Graph's sentence. */
  readonly refusedOptions?: Readonly<Record<string, string>>;
  /** Relationships that the row's own writer expands; others come from the row of that relationship. */
  readonly ownExpansions?: readonly string[];
  /** Throws Graph's error where the tenant, the caller or the combination of options does not allow the request. */
  readonly require?: (view: View) => void;
  /** The most entries on a page; default: `$top`, or 100. */
  readonly computePageSize?: (view: View) => number;
  /** The entries from a place on, each with its place, in an order that does not change. */
  readonly listFrom: (view: View, start: number) => Iterable<readonly [place: number, entry: T]>;
  /** The entry of a key. Default: the one that is written with this id. */
  readonly find?: (view: View, key: string) => T | undefined;
  /** Writes an entry as JSON. `count`: how many are on the page. */
  readonly createWriter: (view: View, count: number) => (entry: T, at: number) => string;
  readonly createReader: (view: View) => (entry: T) => PropertyReader;
}

/** A row for entries in memory that are written as plain objects. */
export interface ObjectResource<T>
  extends Omit<Resource<T>, 'listFrom' | 'createWriter' | 'createReader' | 'ownExpansions'> {
  readonly entries: (view: View) => readonly T[];
  /** The whole entry, with the selected properties, or null for all. Undefined: it has gone. */
  readonly write: (entry: T, view: View, select: readonly string[] | null) => Record<string, unknown> | undefined;
  /** Reads an entry for filters; default: as it is written whole. */
  readonly read?: (entry: T, view: View) => PropertyReader;
  /** What `$expand` adds to an entry, by the name of the relationship. */
  readonly expansions?: Readonly<Record<string, (entry: T, view: View) => unknown>>;
}

/** A row of entries of some kind, which nobody but the row itself looks into. */
// biome-ignore lint/suspicious/noExplicitAny: a list of rows whose entries differ.
export type AnyResource = Resource<any>;
