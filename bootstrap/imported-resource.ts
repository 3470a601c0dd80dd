// One resource of a file for `pulumi import`, and the lists of Graph that it is found in. Only reads.
import { type Fields, requireFields } from '../graph/json-fields.ts';
import { listAll } from '../graph/pages.ts';
import type { Transport } from '../graph/transport.ts';
import { DormantError } from '../policy/errors.ts';

/** `name` is unique within the file; `logicalName` is the program's name. */
export interface ImportedResource {
  type: string;
  name: string;
  logicalName: string;
  id?: string;
  parent?: string;
  component?: true;
}

export async function listFields(graph: Transport, path: string): Promise<Fields[]> {
  return (await listAll(graph, { source: 'bootstrap', path })).map((each) => requireFields(each, path));
}

interface NamedList {
  /** Such as `/applications`. */
  path: string;
  displayName: string;
  select: string;
  /** What they are called in a sentence. */
  plural: string;
  remedy: string;
}

/** null: none has the name. Throws `bootstrap-ambiguous` if several have. */
export async function findByName(graph: Transport, list: NamedList): Promise<Fields | null> {
  const { path, displayName, select, plural, remedy } = list;
  const filter = encodeURIComponent(`displayName eq '${displayName}'`);
  const found = await listFields(graph, `${path}?$filter=${filter}${select && `&$select=${select}`}`);
  if (found.length <= 1) return found[0] ?? null;
  throw new DormantError(
    'bootstrap-ambiguous',
    `There are ${found.length} ${plural} called ${displayName}: ${found.map(({ id }) => id).join(', ')}.`,
    { remedy },
  );
}
