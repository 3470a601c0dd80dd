// The three ways to read sign-ins, and what a search has found so far.
import { restartExpired } from '../../graph/pages.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { parseSignInList, valuesPerFilter } from '../../graph/sign-in-access.ts';
import { noSignInKnown } from '../../graph/user.ts';
import type { Day, SignIns } from '../../policy/evidence.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import { readWithSmallerPages } from './page-size.ts';
import type { AuditReader } from './reader.ts';
import type { SmallReads } from './sign-in-probe.ts';
import { listSignIns, type SignInsById } from './small-sign-ins.ts';

export type KnownSignIns = Extract<SignIns, { kind: 'read' }>;

export interface SignInSearch {
  reader: AuditReader;
  smallReads: SmallReads;
  /** Others on a page are ignored: they are active, or deleted (msgraph-sdk-powershell 2827). */
  wanted: ReadonlySet<IdKey>;
  found: Map<IdKey, KnownSignIns>;
  /** Accounts of earlier small reads; a second one would bring nothing. */
  askedIds: Set<IdKey>;
  /** So far. */
  requests: number;
  reportProgress(search: SignInSearch): void;
}

/** Graph gives at most 500 users to a page with signInActivity. */
export const signInsPerPage = 500;

export function isOpen({ found, askedIds }: SignInSearch, id: IdKey): boolean {
  return !found.has(id) && !askedIds.has(id);
}

/**
 * Such a filter allows no other condition. Whether it lists accounts without a success is not documented, so missing ones
 * are read by id. Stops as soon as a page brings no more than a request by id would.
 */
export async function searchOldSuccesses(
  search: SignInSearch,
  people: readonly IdKey[],
  silentSince: Day,
): Promise<void> {
  const isPerson = new Set(people);
  const filter = `signInActivity/lastSuccessfulSignInDateTime le ${silentSince}T23:59:59Z`;
  const read = async (top: number) => {
    const path = `/users?$select=id,signInActivity&$top=${top}&$filter=${encodeURIComponent(filter)}`;
    for await (const page of search.reader.readPagesOnDemand({ source: 'sign-ins', path })) {
      const values = parseSignInList(page);
      search.requests += 1;
      keepSignIns(search, values, 'some-left-out');
      if ([...values.keys()].filter((id) => isPerson.has(id)).length <= valuesPerFilter) return;
    }
  };
  try {
    await readWithSmallerPages({ size: { top: signInsPerPage }, isAny: false, read, onSmaller: () => {} });
  } catch (error) {
    // Without this list the other ways remain.
    if (!(error instanceof RequestFailed) || error.status === 429) throw error;
  }
}

export async function searchEverybody(search: SignInSearch): Promise<void> {
  const read = async (top: number) => {
    const path = `/users?$select=id,signInActivity&$top=${top}`;
    for await (const page of search.reader.readPages({ source: 'sign-ins', path })) {
      search.requests += 1;
      keepSignIns(search, parseSignInList(page), 'some-left-out');
    }
  };
  const readWhole = (top: number) =>
    restartExpired(
      () => read(top),
      () => {},
    );
  await readWithSmallerPages({
    size: { top: signInsPerPage },
    isAny: true,
    read: readWhole,
    onSmaller: () => {},
  });
}

export async function searchByIds(search: SignInSearch, ids: readonly IdKey[]): Promise<void> {
  const open = ids.filter((id) => isOpen(search, id));
  for (const id of open) search.askedIds.add(id);
  const isWhole = search.smallReads === 'whole-list';
  for (let at = 0; at < open.length; at += valuesPerFilter) {
    search.requests += 1;
    const part = await listSignIns(search.reader, open.slice(at, at + valuesPerFilter));
    keepSignIns(search, part, isWhole ? 'nobody-left-out' : 'some-left-out');
  }
}

/** `nobody-left-out`: an account without a value has none. On a crowded page that proves nothing. */
export function keepSignIns(search: SignInSearch, read: SignInsById, how: 'nobody-left-out' | 'some-left-out'): void {
  for (const [id, signIns] of read) {
    if (!search.wanted.has(id)) continue;
    if (signIns.kind === 'read') search.found.set(id, signIns);
    else if (signIns.kind === 'missing' && how === 'nobody-left-out') search.found.set(id, noSignInKnown);
  }
  search.reportProgress(search);
}
