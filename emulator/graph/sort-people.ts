// $orderby over people. Sorting needs everybody at once, so very large tenants refuse it.
import { unsupportedQuery } from '../odata/errors.ts';
import type { Query } from '../odata/query.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { UserFilter } from './user-filters.ts';

const MAX_PEOPLE = 100_000;
const SORTABLE = ['displayName', 'userPrincipalName', 'createdDateTime'] as const;
type Sortable = (typeof SORTABLE)[number];

/** The people who pass the filter, in order. */
export function sortPeople(
  { people }: Tenant,
  { property, descending }: NonNullable<Query['orderBy']>,
  filter: UserFilter,
): Person[] {
  if (!isSortable(property)) throw unsupportedQuery(`Sorting not supported for property '${property}'.`);
  if (people.size > MAX_PEOPLE) throw unsupportedQuery(`The embedded tenant sorts at most ${MAX_PEOPLE} users.`);
  const passing: { person: Person; key: string }[] = [];
  for (let index = 0; index < people.size; index += 1) {
    if (!people.has(index)) continue;
    const person = people.get(index);
    if (filter.isMatch(person)) passing.push({ person, key: person[property].toLowerCase() });
  }
  passing.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  if (descending) passing.reverse();
  return passing.map(({ person }) => person);
}

function isSortable(property: string): property is Sortable {
  return SORTABLE.some((name) => name === property);
}
