// Sign-ins have a separate quota, so they are read only for accounts that the services did not see, in the way that takes
// the fewest requests: a list of old successes and the others by id, all by id, or the listing of everybody.
import { valuesPerFilter } from '../../graph/sign-in-access.ts';
import type { Day } from '../../policy/evidence.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import type { OnProgress } from './progress.ts';
import type { AuditReader } from './reader.ts';
import type { SmallReads } from './sign-in-probe.ts';
import {
  isOpen,
  type KnownSignIns,
  keepSignIns,
  type SignInSearch,
  searchByIds,
  searchEverybody,
  searchOldSuccesses,
  signInsPerPage,
} from './sign-in-search.ts';
import { readSignInsSingly } from './small-sign-ins.ts';

interface SilentPeople {
  /** Accounts for which something may follow. */
  consequential: readonly IdKey[];
  /** Guests and others for whom nothing follows, read as far as the time of an audit allows. */
  otherPeople: readonly IdKey[];
  /** Shared mailboxes and rooms, where nobody signs in: read by id only where they are few. */
  mailboxes: readonly IdKey[];
  /** All accounts of the tenant. */
  accounts: number;
  /** A last success on or before this day is no activity. */
  silentSince: Day;
}

/** What is certain. Left out are accounts that must be read alone before anything may follow from a missing value. */
export async function readSignIns(
  reader: AuditReader,
  people: SilentPeople,
  { smallReads, onProgress }: { smallReads: SmallReads; onProgress: OnProgress },
): Promise<ReadonlyMap<IdKey, KnownSignIns>> {
  const { consequential, otherPeople, mailboxes } = people;
  const search: SignInSearch = {
    reader,
    smallReads,
    wanted: new Set([...consequential, ...otherPeople, ...mailboxes]),
    found: new Map(),
    askedIds: new Set(),
    requests: 0,
    reportProgress: ({ found }) => {
      const done = consequential.filter((id) => found.has(id)).length;
      onProgress({ source: 'sign-ins', done, total: consequential.length });
    },
  };
  await (smallReads === 'single' ? searchSingly(search, people) : searchByLists(search, people));
  return search.found;
}

/** Beyond this, accounts for which nothing follows are not read: twelve minutes, at ten requests a minute. */
const mostRequests = 120;

/** For them even where the limit above is used up. */
const leastForOthers = 4;

/** Where Graph refuses small lists, each account costs one request. */
async function searchSingly(search: SignInSearch, { consequential, accounts }: SilentPeople): Promise<void> {
  if (consequential.length > countPages(accounts)) return await searchEverybody(search);
  keepSignIns(search, await readSignInsSingly(search.reader, consequential), 'nobody-left-out');
}

async function searchByLists(search: SignInSearch, people: SilentPeople): Promise<void> {
  const { consequential, otherPeople, silentSince } = people;
  const everybody = countPages(people.accounts);
  const expected = everybody <= mostRequests ? [...consequential, ...otherPeople] : consequential;
  const mayBeFewest = countLists(expected.length) > Math.max(everybody, leastToSample);
  const { old, never } = mayBeFewest ? await takeSample(search, expected, silentSince) : unknownShares;
  // Accounts that never signed in have no value in the listing of everybody either.
  const withOldSuccesses = countPages(expected.length * old) + countLists(expected.length * (1 - old - never));
  const isFewest = mayBeFewest && everybody < withOldSuccesses;
  const listOpen = () => consequential.filter((id) => isOpen(search, id));
  if (!isFewest && countLists(listOpen().length) > 2)
    await searchOldSuccesses(search, [...consequential, ...otherPeople], silentSince);
  if (isFewest || countLists(listOpen().length) > everybody + countLists(listOpen().length * never))
    await searchEverybody(search);
  await searchByIds(search, [...listOpen(), ...selectOthers(search, people, countLists(listOpen().length))]);
}

/** `requests`: what the consequential accounts still need. */
function selectOthers(search: SignInSearch, { otherPeople, mailboxes }: SilentPeople, requests: number): IdKey[] {
  const people = otherPeople.filter((id) => isOpen(search, id));
  const fit = Math.max(leastForOthers, mostRequests - search.requests - requests) * valuesPerFilter;
  const rooms = mailboxes.filter((id) => isOpen(search, id));
  const areFew = countLists(rooms.length) <= leastForOthers;
  return [...people.slice(0, fit), ...(areFew ? rooms : [])];
}

/** Expected shares of people whose last success is old, and who have none. */
interface Shares {
  old: number;
  never: number;
}

const unknownShares: Shares = { old: 1, never: 1 };

/** Below this many requests a sample is not worth its cost. */
const leastToSample = 12;

/** Two requests, whose accounts need not be read again. */
const sampleSize = 2 * valuesPerFilter;

async function takeSample(search: SignInSearch, people: readonly IdKey[], silentSince: Day): Promise<Shares> {
  const step = Math.max(1, Math.floor(people.length / sampleSize));
  const sample = people.filter((_, at) => at % step === 0).slice(0, sampleSize);
  await searchByIds(search, sample);
  const days = sample.map((id) => search.found.get(id)?.lastSuccessful ?? null);
  const never = days.filter((day) => day === null).length;
  const old = days.filter((day) => day !== null && day <= silentSince).length;
  return { old: old / sample.length, never: never / sample.length };
}

function countPages(accounts: number): number {
  return Math.ceil(accounts / signInsPerPage);
}

function countLists(accounts: number): number {
  return Math.ceil(accounts / valuesPerFilter);
}
