// Who is in a group: whoever was added to it, and people whose licence comes from it, until they leave. Licences follow
// later (group-licensing.ts).
import type { Directory, Group } from './directory.ts';
import type { PeopleStore } from './people-store.ts';
import type { Person } from './person.ts';
import type { Tenant } from './tenant.ts';

type Member = Pick<Person, 'id' | 'licenses'>;

/** Whether the person is in the group itself; those of groups within it are not. */
export function isMember(group: Group, person: Member): boolean {
  return group.members.has(person.id) || isMemberByLicense(group, person);
}

/** Ids of the groups that a person is in. */
export function* listGroupIds({ groups }: Directory, person: Member): Generator<string> {
  for (const group of groups.values()) if (isMember(group, person)) yield group.id;
}

/** Ids from a place on, each with its place: those that were added first, then people by index if it gives licences. */
export function* listMemberIds(
  people: PeopleStore,
  group: Group,
  ids: Iterable<string> = group.members,
  start = 0,
): Generator<readonly [number, string]> {
  const added = [...ids];
  for (const [place, id] of added.entries()) if (place >= start) yield [place, id];
  if (!group.licenses) return;
  for (let index = Math.max(0, start - added.length); index < people.size; index += 1) {
    if (!people.has(index)) continue;
    const person = people.get(index);
    if (isMemberByLicense(group, person) && !group.members.has(person.id)) yield [added.length + index, person.id];
  }
}

/** Adds an object of any type. A person gets the group's licences at `at` (ms), by default after the tenant's delay. */
export function joinGroup(tenant: Tenant, group: Group, id: string, at?: number): void {
  if (group.left.has(id)) group.left.delete(id);
  group.members.add(id);
  followLicenses(tenant, group, id, at);
}

/** The same the other way. */
export function leaveGroup(tenant: Tenant, group: Group, id: string, at?: number): void {
  group.left.add(id);
  if (group.members.has(id)) group.members.delete(id);
  followLicenses(tenant, group, id, at);
}

function followLicenses(
  { people, clock, switches, licenseQueue }: Tenant,
  group: Group,
  id: string,
  at = clock.now() + switches.groupLicenseSeconds * 1000,
): void {
  const person = people.find(id);
  if (person && group.licenses) licenseQueue.add({ at, index: person.index, group });
}

function isMemberByLicense({ id, licenses, left }: Group, person: Member): boolean {
  return (
    licenses !== undefined &&
    person.licenses.some(({ assignedByGroup }) => assignedByGroup === id) &&
    !left.has(person.id)
  );
}
