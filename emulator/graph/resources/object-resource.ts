// Rows of entries that are kept in memory, and of lists of directory objects by their ids.
import { readPath } from '../../odata/filter-match.ts';
import { listRoleDefinitions } from '../../tenant/privilege.ts';
import { findDirectoryObject } from '../directory-object.ts';
import { selectRuleView } from '../group-json.ts';
import { limitMember } from '../limit-member.ts';
import type { ObjectResource, PropertyReader, Resource, View } from './resource.ts';

/** A row whose entries are all in memory. */
export function defineObjects<T>({ entries, write, read, expansions = {}, ...row }: ObjectResource<T>): Resource<T> {
  const writeWhole = (entry: T, view: View) => write(entry, view, null) ?? {};
  return {
    ...row,
    *listFrom(view, start) {
      const all = entries(view);
      for (let place = start; place < all.length; place += 1) {
        const entry = all[place];
        if (entry !== undefined) yield [place, entry];
      }
    },
    find: row.find ?? ((view, key) => entries(view).find((entry) => isKey(writeWhole(entry, view).id, key))),
    ownExpansions: Object.keys(expansions),
    createWriter: (view) => (entry) => {
      const expanded = view.query.expand.flatMap(({ property }) => {
        const expand = expansions[property];
        return expand ? [[property, expand(entry, view)] as const] : [];
      });
      return JSON.stringify({ ...write(entry, view, view.query.select), ...Object.fromEntries(expanded) });
    },
    createReader:
      (view) =>
      (entry): PropertyReader => {
        if (read) return read(entry, view);
        const whole = writeWhole(entry, view);
        return (path) => readPath(whole, path);
      },
  };
}

const isKey = (id: unknown, key: string) => typeof id === 'string' && id.toLowerCase() === key.toLowerCase();

type RelationshipRow = Omit<Resource<string>, 'typeName' | 'listFrom' | 'createWriter' | 'createReader' | 'find'> & {
  /** Ids of the objects from a place on, each with its place; those that have gone may be among them. */
  readonly idsFrom: (view: View, start: number) => Iterable<readonly [number, string]>;
};

/** A row for a list of directory objects of any type, by their ids. */
export function defineRelationship({ idsFrom, ...row }: RelationshipRow): Resource<string> {
  return {
    ...row,
    typeName: 'directoryObject',
    *listFrom(view, start) {
      for (const [place, id] of idsFrom(view, start)) {
        const type = findDirectoryType(view, id);
        if (type !== undefined && (view.cast === null || view.cast === type)) yield [place, id];
      }
    },
    find: (view, key) => {
      for (const [, id] of idsFrom(view, 0)) {
        if (isKey(id, key)) return findDirectoryType(view, id) === undefined ? undefined : id;
      }
      return undefined;
    },
    createWriter: (view) => (id) => JSON.stringify(writeMember(view, id, view.query.select)),
    createReader: (view) => (id) => {
      const whole = writeMember(view, id, null);
      return (path) => readPath(whole, path);
    },
  };
}

/** Ids in memory with their places. */
export function* numberIds(ids: Iterable<string>, start: number): Generator<readonly [number, string]> {
  let place = 0;
  for (const id of ids) {
    if (place >= start) yield [place, id];
    place += 1;
  }
}

/** `user`, `group`, `servicePrincipal` and so on; undefined: there is none with this id. */
function findDirectoryType({ site: { tenant } }: View, id: string): string | undefined {
  const { directory, people } = tenant;
  if (people.find(id)) return 'user';
  if (directory.groups.has(id)) return 'group';
  if (directory.applications.has(id)) return 'application';
  if (directory.servicePrincipals.has(id)) return 'servicePrincipal';
  if (directory.administrativeUnits.has(id)) return 'administrativeUnit';
  if (listRoleDefinitions(directory).some((role) => role.isBuiltIn && role.id === id)) return 'directoryRole';
  return undefined;
}

/** An object as a caller may see it, with its `@odata.type`. */
function writeMember({ site: { tenant }, c }: View, id: string, select: readonly string[] | null) {
  const caller = c.get('caller');
  const found = findDirectoryObject(tenant, id, select, selectRuleView(caller, tenant.switches));
  return found ? limitMember(caller, found) : {};
}
