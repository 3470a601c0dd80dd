// Trims what was read to a resource's `inputs` as the azuread plugin does: only its `outputs` are complete.
import { isFields } from '../../graph/json-fields.ts';
import type { Inputs } from './resource-kinds.ts';

/**
 * Keeps only properties declared before, and a list only to its length before: a member added to a group by hand is missing,
 * or displaces another. Seen with pulumi-azuread 6.9.1 (tfbridge's extractInputs of pulumi-terraform-bridge). Without
 * earlier inputs, as in an import: everything that is not empty.
 */
export function trimInputs(before: Inputs | null, found: Inputs): Inputs {
  if (before === null) return Object.fromEntries(Object.entries(found).filter(([key]) => !computed.has(key)));
  return Object.fromEntries(
    Object.entries(before)
      .filter(([key]) => !computed.has(key))
      .map(([key, value]) => [key, trimValue(value, found[key])]),
  );
}

const computed = new Set(['objectId', 'owners']);

function trimValue(before: unknown, found: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(found)) return found.slice(0, before.length);
  if (!isFields(before) || !isFields(found)) return found;
  return Object.fromEntries(Object.entries(before).map(([key, value]) => [key, trimValue(value, found[key])]));
}
