// What the azuread plugin makes of what it has read for a resource's `inputs`: only `outputs` are whole.
import { isFields } from '../../graph/json-fields.ts';
import type { Inputs } from './resource-kinds.ts';

/**
 * Of what was declared before, and no more of a list than it was long: who was put into a group by hand is missing, or pushes somebody
 * out. Seen with pulumi-azuread 6.9.1 (tfbridge's extractInputs of pulumi-terraform-bridge). Nothing known before, as in an
 * import: all that is not empty.
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
  return Object.fromEntries(
    Object.entries(before).map(([key, value]) => [key, trimValue(value, found[key])]),
  );
}
