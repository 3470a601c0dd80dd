// A stored object of the directory with the properties that are asked for.
import { checkProperty, emptyValue } from '../odata/schema.ts';

/** A stored object with its id; only the selected properties, or all that were ever set. */
export function objectOf(
  type: string,
  stored: { readonly id: string; readonly properties: Record<string, unknown> },
  select: readonly string[] | null = null,
): Record<string, unknown> {
  if (select === null) return { id: stored.id, ...stored.properties };
  const chosen = select.map((name) => {
    checkProperty(type, name);
    return [name, name === 'id' ? stored.id : (stored.properties[name] ?? emptyValue(type, name))] as const;
  });
  return Object.fromEntries(chosen);
}

/** `objectOf` for one type. */
export function objectWriter(type: string) {
  return (
    stored: { readonly id: string; readonly properties: Record<string, unknown> },
    select: readonly string[] | null = null,
  ): Record<string, unknown> => objectOf(type, stored, select);
}
