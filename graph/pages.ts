// Follows @odata.nextLink to the end of a list, on the same host only and without loops.
import { DormantError } from '../policy/errors.ts';
import { findText, requireFields, requireList } from './json-fields.ts';
import { RequestFailed } from './request-failed.ts';
import type { GetRequest } from './send-once.ts';
import type { Transport } from './transport.ts';

/** 50 million users at 500 a page are more than any tenant has; a longer list is endless. */
const mostPages = 100_000;

/** Graph may send an empty page, and sometimes does; so many in a row mean that the list does not end. */
const mostEmptyPages = 200;

/**
 * The pages of a list as raw entries, one request each. The next page is fetched while one is being processed. A page that
 * fails ends the iteration with its error: callers never see a list with a gap.
 */
export async function* readPages(link: Transport, request: GetRequest): AsyncGenerator<readonly unknown[]> {
  const refuseEndless = createEndlessGuard(request.path);
  let coming: Promise<Page> | null = readPage(link, request);
  while (coming !== null) {
    const page: Page = await coming;
    coming = null;
    refuseEndless(page);
    if (page.next !== null) {
      coming = readPage(link, { ...request, path: page.next });
      // Awaited in the next round; until then a failure must not count as unhandled.
      coming.catch(() => {});
    }
    yield page.entries;
  }
}

/** For a list that may be left before its end: no page is requested before it is needed. */
export async function* readPagesOnDemand(link: Transport, request: GetRequest): AsyncGenerator<readonly unknown[]> {
  const refuseEndless = createEndlessGuard(request.path);
  for (let path: string | null = request.path; path !== null; ) {
    const page: Page = await readPage(link, { ...request, path });
    refuseEndless(page);
    yield page.entries;
    path = page.next;
  }
}

/** All entries of a list that is known to be short. If a page expires, the list is read again from its start. */
export async function listAll(link: Transport, request: GetRequest): Promise<unknown[]> {
  const all: unknown[] = [];
  await restartExpired(
    async () => {
      for await (const entries of readPages(link, request)) all.push(...entries);
    },
    () => all.splice(0),
  );
  return all;
}

/** A token that expires again and again does not expire by age. */
const mostRestarts = 3;

/**
 * Runs `read` again when a page of its list has expired. Large tenants see that sometimes, although every page is requested
 * at once: msgraph-sdk-dotnet 2254, msgraph-sdk-java 368. `onRestart` discards what was read before.
 */
export async function restartExpired(read: () => Promise<void>, onRestart: () => void): Promise<void> {
  for (let left = mostRestarts; ; left--) {
    try {
      return await read();
    } catch (error) {
      if (left === 0 || !isExpiredPage(error)) throw error;
      onRestart();
    }
  }
}

/** 400 Directory_ExpiredPageToken, or a 410; other services name the skip token in the message only. */
function isExpiredPage(error: unknown): boolean {
  if (!(error instanceof RequestFailed) || (error.status !== 400 && error.status !== 410)) return false;
  if (!/skiptoken=/i.test(error.where)) return false;
  // The message begins with the path, which has a token in any case.
  const answer = error.message.slice(error.message.indexOf('was answered'));
  return error.status === 410 || /expired|(page|skip) ?token/i.test(answer);
}

interface Page {
  entries: readonly unknown[];
  next: string | null;
}

async function readPage(link: Transport, request: GetRequest): Promise<Page> {
  const where = `GET ${request.path.split('?')[0]}`;
  const { body } = await link.send(request);
  const fields = requireFields(body, where);
  const next = findText(fields, '@odata.nextLink', where);
  return {
    entries: requireList(fields, 'value', where),
    next: next === null ? null : toRelativePath(link, next),
  };
}

/**
 * The path of an absolute link, below the version. The next request carries the bearer token, so a link to another origin
 * or version is refused.
 */
export function toRelativePath({ origin, version }: Pick<Transport, 'origin' | 'version'>, link: string): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  const prefix = `/${version}/`;
  if (url !== null && url.origin === origin && url.username === '' && url.pathname.startsWith(prefix))
    return `/${url.pathname.slice(prefix.length)}${url.search}`;
  throw new DormantError(
    'foreign-link',
    `The next page of a list is at ${url?.origin ?? 'no URL'}, expected ${origin}.`,
    {
      where: origin,
      remedy: 'The access token was not sent there. Find out who answers in the name of the API.',
    },
  );
}

/** Call it with each page in turn. Throws `endless-list` if the list cannot end. */
function createEndlessGuard(first: string): (page: Page) => void {
  const seen = new Set([first]);
  let empty = 0;
  return ({ entries, next }) => {
    empty = entries.length === 0 ? empty + 1 : 0;
    if (next === null) return;
    const isLoop = seen.has(next);
    if (isLoop || seen.size >= mostPages || empty >= mostEmptyPages) {
      const what = isLoop
        ? 'returns to a page that was read already'
        : `has no end: ${seen.size} pages, the last ${empty} of them empty`;
      throw new DormantError('endless-list', `The list ${first} ${what}.`, {
        where: `GET ${first}`,
        remedy: 'Nothing was planned from it; start again later.',
      });
    }
    seen.add(next);
  };
}
