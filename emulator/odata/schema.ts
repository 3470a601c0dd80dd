// Property names and types of Graph's entity types, from its v1.0 metadata: what may be selected, and the value of a
// property that this tenant does not keep (null, an empty list).
import beta from './beta-schema.json' with { type: 'json' };
import { badRequest } from './errors.ts';
import schema from './graph-schema.json' with { type: 'json' };

interface EntityType {
  readonly base?: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly navigation?: readonly string[];
  readonly enum?: readonly string[];
}

const types: Readonly<Record<string, EntityType>> = { ...schema, ...beta };

/** The type of this name, or undefined if it is not described here. */
export function findType(name: string): EntityType | undefined {
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

/** All properties of a type and its base types; `?` at the end: null is allowed. */
export function getProperties(name: string): Readonly<Record<string, string>> {
  const known = cachedProperties.get(name);
  if (known) return known;
  const type = types[name];
  const all = { ...(type?.base ? getProperties(type.base) : {}), ...type?.properties };
  cachedProperties.set(name, all);
  return all;
}

const cachedProperties = new Map<string, Readonly<Record<string, string>>>();

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
  for (const { properties = {}, navigation = [] } of Object.values(types)) {
    for (const name of [...Object.keys(properties), ...navigation]) {
      const key = name.toLowerCase();
      found.set(key, (found.get(key) ?? name) === name ? name : null);
    }
  }
  return new Map([...found].flatMap(([key, name]) => (name === null ? [] : [[key, name] as const])));
})();

/** Refuses a property that the type does not have, as Graph does. */
export function requireProperty(typeName: string, property: string): void {
  if (getProperties(typeName)[property] !== undefined) return;
  throw badRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${property}' on type 'microsoft.graph.${typeName.replace('beta/', '')}'.`,
    'BadRequest',
  );
}

/** The value of a property that was never set: null, an empty list, or undefined where neither is allowed. */
export function getEmptyValue(typeName: string, property: string): null | [] | undefined {
  const type = getProperties(typeName)[property] ?? '';
  if (type.endsWith('?')) return null;
  return type.startsWith('Collection(') ? [] : undefined;
}
