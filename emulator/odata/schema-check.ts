// Checks objects against Graph's metadata: every property exists, every value has its type. For tests.
import { isRecord } from './filter-match.ts';
import { findType, getNavigation, getProperties } from './schema.ts';

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int32: (value) => Number.isInteger(value),
  Int64: (value) => Number.isInteger(value),
  Date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  Guid: (value) => typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value),
  DateTimeOffset: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value),
};

/** The problems of an object of a type, each with its path; empty if there are none. */
export function checkSchema(typeName: string, object: unknown, path: string = typeName): string[] {
  const type = findType(typeName);
  if (!type) return []; // a type that the metadata excerpt only names
  if (type.enum) return type.enum.includes(String(object)) ? [] : [`${path}: ${String(object)} is no ${typeName}`];
  if (!isRecord(object)) return [`${path} is no object`];
  const derived = readDerivedType(object);
  if (derived !== null && derived !== typeName) return checkSchema(derived, object, path);
  const properties = getProperties(typeName);
  return Object.entries(object).flatMap(([name, value]) => {
    if (name.startsWith('@')) return [];
    const here = `${path}.${name}`;
    const propertyType = properties[name];
    if (propertyType !== undefined) return checkValue(propertyType, value, here);
    const related = getNavigation(typeName)[name];
    // A relationship may lead to nothing.
    return related === undefined ? [`${here} is not in the metadata`] : checkValue(`${related}?`, value, here);
  });
}

/** The type that an object says it is of. An agent user is a user of the metadata of v1.0. */
function readDerivedType(object: Record<string, unknown>): string | null {
  const name = String(object['@odata.type'] ?? '').replace('#microsoft.graph.', '');
  if (name === 'agentUser') return 'user';
  return findType(name) ? name : null;
}

function checkValue(type: string, value: unknown, path: string): string[] {
  if (value === null) return type.endsWith('?') ? [] : [`${path} must not be null`];
  const bare = type.replace(/\?$/, '');
  const element = /^Collection\((.*)\)$/.exec(bare)?.[1];
  if (element === undefined) return checkScalar(bare, value, path);
  if (!Array.isArray(value)) return [`${path} must be a list`];
  return value.flatMap((entry, place) => checkScalar(element, entry, `${path}[${place}]`));
}

function checkScalar(type: string, value: unknown, path: string): string[] {
  const check = CHECKS[type];
  if (check) return check(value) ? [] : [`${path}: ${JSON.stringify(value)} is no ${type}`];
  return checkSchema(type, value, path);
}
