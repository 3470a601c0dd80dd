// Sign-ins have a quota of their own, so they are read of those whom the services did not see, in the way that takes the fewest
// requests: a list of old successes and the others by id, all by id, or the listing of everybody.
import { RequestFailed } from '../../graph/failure.ts';
import { isFields } from '../../graph/fields.ts';
import { restartExpired } from '../../graph/pages.ts';
import { signInsIn } from '../../graph/sign-in-access.ts';
import { noSignInKnown, type SignInDays } from '../../graph/user.ts';
import type { Day } from '../../policy/evidence.ts';
import { withSmallerPages } from './page-size.ts';
import type { OnProgress } from './progress.ts';
import type { TenantReader } from './reader.ts';
import type { SmallReads } from './sign-in-access.ts';
import { listSignIns, readSignInsSingly, type SignInsById, valuesPerFilter } from './small-sign-ins.ts';

export interface SilentPeople {
  /** For whom something may follow; ids in lower case, like all here. */
  mattering: readonly string[];
  /** Who else is not known to be active: whoever comes along is read, and some are asked for by id. */
  others: readonly string[];
  mostOthers: number;
  /** All accounts of the tenant. */
  accounts: number;
  /** A last success on this day or before it is no activity. */
  silentSince: Day;
}

export type KnownSignIns = Extract<SignInDays, { kind: 'read' }>;

/** What is certain, of whoever came along. Left out is who has to be read alone before anything may follow from a value that lacks. */
export async function readSignIns(
  reader: TenantReader,
  smallReads: SmallReads,
  people: SilentPeople,
  onProgress: OnProgress,
): Promise<ReadonlyMap<string, KnownSignIns>> {
  const { mattering, others, mostOthers } = people;
  const search: Search = {
    reader,
    smallReads,
    wanted: new Set([...mattering, ...others]),
    found: new Map(),
    asked: new Set(),
    tell: ({ found }) => {
      const done = mattering.filter((id) => found.has(id)).length;
      onProgress({ source: 'sign-ins', done, total: mattering.length });
    },
  };
  await (smallReads === 'single' ? searchSingly(search, people) : searchByLists(search, people));
  const left = others.filter((id) => !search.found.has(id));
  const fair = Math.max(leastForOthers, Math.floor(pagesFor(people.accounts) / 4)) * valuesPerFilter;
  if (smallReads !== 'single') await askByIds(search, left.slice(0, Math.min(mostOthers, fair)));
  return search.found;
}

/** Requests; in a larger tenant a quarter of what the listing of everybody would take. */
const leastForOthers = 4;

interface Search {
  reader: TenantReader;
  smallReads: SmallReads;
  /** Anybody else on a page is of no interest: active, or deleted (msgraph-sdk-powershell 2827). */
  wanted: ReadonlySet<string>;
  found: Map<string, KnownSignIns>;
  /** Whoever was in a small read: a second one would bring nothing. */
  asked: Set<string>;
  tell(search: Search): void;
}

/** Where Graph refuses lists of a few, each of them costs one request. */
async function searchSingly(search: Search, { mattering, accounts }: SilentPeople): Promise<void> {
  if (mattering.length > pagesFor(accounts)) return await listEverybody(search);
  keep(search, await readSignInsSingly(search.reader, mattering), 'nobody-left-out');
}

async function searchByLists(search: Search, people: SilentPeople): Promise<void> {
  const { mattering, accounts } = people;
  const everybody = pagesFor(accounts);
  const mayBeFewest = listsFor(mattering.length) > Math.max(everybody, leastToSample);
  const shares = mayBeFewest ? await takeSample(search, people) : { old: 1, never: 1 };
  const left = () => mattering.filter((id) => !search.found.has(id) && !search.asked.has(id));
  const isFewest = mayBeFewest && everybody < withOldSuccesses(people, shares);
  if (!isFewest && listsFor(left().length) > 2) await listOldSuccesses(search, people);
  // Whoever never signed in is missing from the listing of everybody, too.
  const rest = left().length;
  if (listsFor(rest) > everybody + listsFor(rest * shares.never)) await listEverybody(search);
  await askByIds(search, left());
}

/** What is to be expected of them all: of how many the last success is old, and how many have none. */
interface Shares {
  old: number;
  never: number;
}

/** Below so many requests a sample costs more than it tells. */
const leastToSample = 20;

/** Two requests, and who is in them need not be asked for again. */
const sampleSize = 2 * valuesPerFilter;

async function takeSample(search: Search, { mattering, silentSince }: SilentPeople): Promise<Shares> {
  const step = Math.max(1, Math.floor(mattering.length / sampleSize));
  const sample = mattering.filter((_, at) => at % step === 0).slice(0, sampleSize);
  await askByIds(search, sample);
  const days = sample.map((id) => search.found.get(id)?.lastSuccessful ?? null);
  const never = days.filter((day) => day === null).length;
  const old = days.filter((day) => day !== null && day <= silentSince).length;
  return { old: old / sample.length, never: never / sample.length };
}

/** Beside the listing of everybody, which leaves as many without a value. */
function withOldSuccesses({ mattering, others }: SilentPeople, { old, never }: Shares): number {
  const silent = mattering.length + others.length;
  return pagesFor(silent * old) + listsFor(mattering.length * (1 - old - never));
}

/**
 * Nothing else may stand beside such a filter, and whether it lists those without a success nobody says: who is missing is asked for.
 * Left as soon as a page brings no more than a request by id would.
 */
async function listOldSuccesses(search: Search, { mattering, silentSince }: SilentPeople): Promise<void> {
  const isMattering = new Set(mattering);
  const filter = `signInActivity/lastSuccessfulSignInDateTime le ${silentSince}T23:59:59Z`;
  const read = async (top: number) => {
    const path = `/users?$select=id,signInActivity&$top=${top}&$filter=${encodeURIComponent(filter)}`;
    for await (const page of search.reader.pagesOnDemand({ source: 'sign-ins', path })) {
      const values = valuesIn(page);
      keep(search, values, 'some-left-out');
      if ([...values.keys()].filter((id) => isMattering.has(id)).length <= valuesPerFilter) return;
    }
  };
  try {
    await withSmallerPages({ size: { top: perPage }, isAny: false, read, onSmaller: () => {} });
  } catch (error) {
    // Without this list there are the other ways.
    if (!(error instanceof RequestFailed) || error.status === 429) throw error;
  }
}

async function listEverybody(search: Search): Promise<void> {
  const read = async (top: number) => {
    const path = `/users?$select=id,signInActivity&$top=${top}`;
    for await (const page of search.reader.pages({ source: 'sign-ins', path }))
      keep(search, valuesIn(page), 'some-left-out');
  };
  const whole = (top: number) =>
    restartExpired(
      () => read(top),
      () => {},
    );
  await withSmallerPages({ size: { top: perPage }, isAny: true, read: whole, onSmaller: () => {} });
}

async function askByIds(search: Search, ids: readonly string[]): Promise<void> {
  const open = ids.filter((id) => !search.found.has(id) && !search.asked.has(id));
  for (const id of open) search.asked.add(id);
  const isWhole = search.smallReads === 'whole-list';
  for (let at = 0; at < open.length; at += valuesPerFilter) {
    const part = await listSignIns(search.reader, open.slice(at, at + valuesPerFilter));
    keep(search, part, isWhole ? 'nobody-left-out' : 'some-left-out');
  }
}

/** Graph gives at most 500 users to a page with signInActivity. */
const perPage = 500;

function pagesFor(accounts: number): number {
  return Math.ceil(accounts / perPage);
}

function listsFor(accounts: number): number {
  return Math.ceil(accounts / valuesPerFilter);
}

/** `nobody-left-out`: whoever came without a value has none. A crowded page says nothing of them. */
function keep(search: Search, read: SignInsById, how: 'nobody-left-out' | 'some-left-out'): void {
  for (const [id, signIns] of read) {
    if (!search.wanted.has(id)) continue;
    if (signIns.kind === 'read') search.found.set(id, signIns);
    else if (signIns.kind === 'missing' && how === 'nobody-left-out') search.found.set(id, noSignInKnown);
  }
  search.tell(search);
}

function valuesIn(page: readonly unknown[]): SignInsById {
  const found = new Map<string, SignInDays>();
  for (const user of page) {
    const signIns = signInsIn(user);
    const id = isFields(user) && typeof user.id === 'string' ? user.id.toLowerCase() : null;
    if (signIns !== null && id !== null) found.set(id, signIns);
  }
  return found;
}
