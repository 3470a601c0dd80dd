// Objects with the selected properties.
import { getEmptyValue, requireProperty } from '../odata/schema.ts';

/** A stored object with its id; only the selected properties, or all that were ever set. */
export function buildObject(
  type: string,
  stored: { readonly id: string; readonly properties: Record<string, unknown> },
  select: readonly string[] | null = null,
): Record<string, unknown> {
  if (select === null) return { id: stored.id, ...stored.properties };
  const chosen = select.map((name) => {
    requireProperty(type, name);
    return [name, name === 'id' ? stored.id : (stored.properties[name] ?? getEmptyValue(type, name))] as const;
  });
  return Object.fromEntries(chosen);
}

/** Only the selected properties of a written object, or all. */
export function selectProperties(
  object: Record<string, unknown>,
  select: readonly string[] | null,
): Record<string, unknown> {
  if (select === null) return object;
  return Object.fromEntries(select.map((name) => [name, object[name] ?? null]));
}
