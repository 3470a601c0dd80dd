// The groups that make people privileged: role-assignable ones, those with a role, and those that lead into one of these.
import type { ListAccess } from '../../policy/evidence.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import type { ListMany } from '../list-many.ts';
import { type GroupPeople, listGroupRequests, readGroupPeople } from './group-people.ts';
import { pickWorst } from './list-access.ts';
import type { Principal } from './role-grants.ts';

/** A group, or a principal of unknown kind. */
export interface Candidate {
  id: IdKey;
  /** The id if there is no name. */
  name: string;
}

export interface PrivilegedGroups {
  /** By id, without candidates that are no group or are deleted. */
  groups: ReadonlyMap<IdKey, Candidate & GroupPeople>;
  eligibility: ListAccess;
}

/** Three lists a group, 20 lists in a round trip. Also follows groups in them, and groups that may activate them. */
export async function readGroups(list: ListMany, first: readonly Candidate[]): Promise<PrivilegedGroups> {
  const groups = new Map<IdKey, Candidate & GroupPeople>();
  const seen = new Set<IdKey>();
  for (let open = takeUnseen(first, seen); open.length > 0; ) {
    const listings = await list(open.flatMap(({ id }) => listGroupRequests(id)));
    const found = open.flatMap((candidate, at) => {
      const people = readGroupPeople(listings.slice(at * 3, at * 3 + 3));
      return people === null ? [] : [{ ...candidate, ...people }];
    });
    for (const group of found) groups.set(group.id, group);
    open = takeUnseen(found.flatMap(findLeadingInto), seen);
  }
  return { groups, eligibility: pickWorst([...groups.values()].map(({ access }) => access)) };
}

/** The groups, and the principals of unknown kind. */
export function pickGroups(principals: readonly Principal[]): Candidate[] {
  return principals
    .filter(({ principal }) => principal !== 'other')
    .map(({ principalId, principalName }) => ({ id: principalId, name: principalName || principalId }));
}

function takeUnseen(candidates: readonly Candidate[], seen: Set<IdKey>): Candidate[] {
  return candidates.filter(({ id }) => {
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}

function findLeadingInto({ nested, eligible }: GroupPeople): Candidate[] {
  return [...nested, ...pickGroups(eligible)];
}
