// Graph's types from its v1.0 metadata (graph-schema.json, written by `npm run graph-metadata`): what may be selected and expanded,
// what values must look like, and the value of a property that this tenant does not keep.
import beta from './beta-schema.json' with { type: 'json' };
import { badRequest } from './errors.ts';
import schema from './graph-schema.json' with { type: 'json' };

export interface GraphType {
  readonly base?: string;
  /** `String?`: null is allowed. `Collection(String)`: a list, never null itself. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Relationships by name, each with its type. */
  readonly navigation?: Readonly<Record<string, string>>;
  readonly enum?: readonly string[];
  readonly isEntity?: boolean;
}

const types: Readonly<Record<string, GraphType>> = { ...schema.types, ...beta };

/** Entity sets (`Collection(user)`) and singletons (`directory`) by their names in a URL. */
export const container: Readonly<Record<string, string>> = schema.container;

/** The types of v1.0 by name. */
export const v1Types: Readonly<Record<string, GraphType>> = schema.types;

/** The type of this name, or undefined if it is not described here. */
export function findType(name: string): GraphType | undefined {
  return types[name];
}

/**
 * The type in the API version of a request's path. The additions of beta are the differences of the two models in
 * github.com/hashicorp/go-azure-sdk (microsoft-graph v0.20260212, common-types/stable and beta), which the azuread plugin
 * selects by.
 */
export function selectTypeName(path: string, name: string): string {
  return path.startsWith('/beta/') && types[`beta/${name}`] ? `beta/${name}` : name;
}

/** All properties of a type and its base types. */
export function getProperties(name: string): Readonly<Record<string, string>> {
  const known = cachedProperties.get(name);
  if (known) return known;
  const type = types[name];
  const all = { ...(type?.base ? getProperties(type.base) : {}), ...type?.properties };
  cachedProperties.set(name, all);
  return all;
}

const cachedProperties = new Map<string, Readonly<Record<string, string>>>();

/** All relationships of a type and its base types, each with its type. */
export function getNavigation(name: string): Readonly<Record<string, string>> {
  const type = types[name];
  return { ...(type?.base ? getNavigation(type.base) : {}), ...type?.navigation };
}

/** Whether a type is `directoryObject` or derives from it: Entra serves these, with rules of its own for queries. */
export function isDirectoryObject(name: string): boolean {
  if (name === 'directoryObject') return true;
  const base = types[name]?.base;
  return base !== undefined && isDirectoryObject(base);
}

/** `user` of `Collection(user)` and of `user?`. */
export function getElementType(type: string): string {
  return type.replace(/\?$/, '').replace(/^Collection\((.*)\)$/, '$1');
}

/**
 * A name, or a path of names, as the metadata spells it: Graph takes them in any case (Kiota's SDKs write `Message` in the body of
 * sendMail). What no type has stays as it is.
 */
export function canonicaliseName(name: string): string {
  return name
    .split('/')
    .map((part) => spellings.get(part.toLowerCase()) ?? part)
    .join('/');
}

/** By their lower case; what the types spell differently from each other is nobody's. */
const spellings: ReadonlyMap<string, string> = (() => {
  const found = new Map<string, string | null>();
  for (const { properties = {}, navigation = {} } of Object.values(types)) {
    for (const name of [...Object.keys(properties), ...Object.keys(navigation)]) {
      const key = name.toLowerCase();
      found.set(key, (found.get(key) ?? name) === name ? name : null);
    }
  }
  return new Map([...found].flatMap(([key, name]) => (name === null ? [] : [[key, name] as const])));
})();

/** A type as Graph names it in an error: `User` for `user` and for `beta/user`. */
export function formatResourceName(typeName: string): string {
  const name = typeName.replace('beta/', '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Refuses a property that the type does not have, as Graph does. */
export function requireProperty(typeName: string, property: string): void {
  if (getProperties(typeName)[property] !== undefined || isExtension(property)) return;
  throw createUnknownPropertyError('Parsing OData Select and Expand failed', typeName, property);
}

/** Graph's sentence for a name that a type does not have, after what could not be read because of it. */
export function createUnknownPropertyError(what: string, typeName: string, property: string): Error {
  const type = `microsoft.graph.${typeName.replace('beta/', '')}`;
  return badRequest(`${what}: Could not find a property named '${property}' on type '${type}'.`, 'BadRequest');
}

/** Directory and schema extensions have names that no metadata lists (concepts/extensibility-overview.md); here nobody has any. */
export function isExtension(property: string): boolean {
  return /^(extension_[0-9a-f]{32}_|ext[0-9a-z]{8}_)\w+$/.test(property);
}

/** The value of a property that was never set: null, an empty list, or undefined where neither is allowed. */
export function getEmptyValue(typeName: string, property: string): null | [] | undefined {
  const type = getProperties(typeName)[property] ?? '';
  if (type.startsWith('Collection(')) return [];
  return type.endsWith('?') ? null : undefined;
}
