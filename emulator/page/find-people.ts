// The people that the page shows: the first ones, or those whose name or address has a text in it.
import { type AccountState, buildAccountState } from '../tenant/account-state.ts';
import type { Tenant } from '../tenant/tenant.ts';

export interface FoundPeople {
  readonly query: string;
  /** From 1. */
  readonly page: number;
  readonly people: readonly AccountState[];
  readonly hasMore: boolean;
  /** How many were looked at, if not everybody. */
  readonly searched: number | null;
}

const PAGE = 50;
/** People are derived as they are read, so a million of them take seconds. An id or an address finds anybody. */
const SEARCHED = 20_000;

export function findPeople(tenant: Tenant, query: string, page: number): FoundPeople {
  const { people } = tenant;
  const wanted = query.trim().toLowerCase();
  const isNumbered = Number.isInteger(page) && page >= 1;
  const number = isNumbered ? page : 1;
  const exact = wanted === '' ? undefined : people.find(wanted);
  const limit = wanted === '' ? people.size : Math.min(people.size, SEARCHED);
  const indexes = exact ? [exact.index] : collect(limit, number * PAGE + 1, (at) => wanted === '' || matches(at));
  function matches(at: number): boolean {
    const { displayName, userPrincipalName, kind } = people.get(at);
    return [displayName, userPrincipalName, kind ?? ''].some((text) => text.toLowerCase().includes(wanted));
  }
  return {
    query,
    page: number,
    people: indexes.slice((number - 1) * PAGE, number * PAGE).map((index) => buildAccountState(tenant, index)),
    hasMore: indexes.length > number * PAGE,
    searched: !exact && limit < people.size ? limit : null,
  };
}

/** The first `most` numbers below `end` that are wanted. */
function collect(end: number, most: number, isWanted: (number: number) => boolean): number[] {
  const found: number[] = [];
  for (let number = 0; number < end && found.length < most; number += 1) if (isWanted(number)) found.push(number);
  return found;
}
