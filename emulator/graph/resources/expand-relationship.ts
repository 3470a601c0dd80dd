// `$expand` of a relationship that has a row of its own.
import { badRequest } from '../../odata/errors.ts';
import type { Expansion } from '../../odata/query.ts';
import type { View } from './resource.ts';
import { resources } from './resources.ts';

/**
 * "$expand typically returns a maximum of 20 items for the expanded relationship and has no @odata.nextLink"
 * (concepts/query-parameters.md).
 */
const MOST_EXPANDED = 20;

/** The member of the entry's JSON with a comma before it, such as `,"owners":[…]`; empty for an object that is not there. */
export function expandRelationship(view: View, path: string, { property, select }: Expansion): string {
  const row = resources.find((each) => each.path === `${path}/{id}/${property}`);
  if (!row) throw badRequest(`The embedded tenant does not expand '${property}' here.`, 'BadRequest');
  const query = { ...view.query, select, expand: [], filter: null };
  const inner: View = { ...view, query, filter: null, cast: null, typeName: row.typeName };
  const write = row.createWriter(inner, 1);
  const name = `,${JSON.stringify(property)}:`;
  if (row.isSingle) {
    const found: unknown = row.find?.(inner, view.id);
    return found === undefined ? '' : `${name}${write(found, 0)}`;
  }
  const written: string[] = [];
  for (const [, entry] of row.listFrom(inner, 0)) {
    if (written.length === MOST_EXPANDED) break;
    written.push(write(entry, written.length));
  }
  return `${name}[${written.join(',')}]`;
}
