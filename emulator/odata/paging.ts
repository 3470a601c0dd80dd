// Opaque page tokens and the links that carry them. A token holds the start of the next page and its time of issue, signed
// so that only tokens of this tenant are accepted.
import { createHmac, randomBytes } from 'node:crypto';
import { GraphError } from './errors.ts';

const key = randomBytes(16);
/** Entra's page tokens are short-lived; these last as long as a slow audit may need. */
const VALID_MS = 12 * 3_600_000;

/** The token of a page that begins at `cursor`. */
function createPageToken(cursor: number): string {
  const content = `${cursor}:${Date.now()}`;
  return Buffer.from(`${content}:${signContent(content)}`).toString('base64url');
}

/** The start of a token's page; 400 Directory_ExpiredPageToken if it is expired or forged. */
export function parsePageToken(token: string | null): number {
  if (token === null) return 0;
  const [cursor = '', issued = '', mark] = Buffer.from(token, 'base64url').toString('utf8').split(':');
  const isOurs = mark === signContent(`${cursor}:${issued}`);
  if (isOurs && Date.now() - Number(issued) < VALID_MS) return Number(cursor);
  throw createExpiredPageError();
}

/** The error for an expired or forged token. */
export function createExpiredPageError(): GraphError {
  return new GraphError(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  );
}

/** The URL of the next page: the same request with a token in place of the old one. */
export function buildNextLink(url: URL, cursor: number): string {
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !/^(%24|\$)skiptoken=/i.test(part));
  query.push(`$skiptoken=${createPageToken(cursor)}`);
  return `${url.origin}${url.pathname}?${query.join('&')}`;
}

/** The URL that asks for what changed after a revision: the same request with its token. */
export function buildDeltaLink(url: URL, revision: number): string {
  const content = `delta${revision}`;
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !/^(%24|\$)(skip|delta)token=/i.test(part));
  const token = Buffer.from(`${content}:${signContent(content)}`).toString('base64url');
  return `${url.origin}${url.pathname}?${[...query, `$deltatoken=${token}`].join('&')}`;
}

/** The revision of a token; null without one; 410 if it is forged, which is the answer to a token that is too old (delta-query-overview.md). */
export function parseDeltaToken(token: string | null): number | null {
  if (token === null) return null;
  const [content = '', mark] = Buffer.from(token, 'base64url').toString('utf8').split(':');
  if (mark === signContent(content) && content.startsWith('delta')) return Number(content.slice('delta'.length));
  throw new GraphError(
    410,
    'Directory_SyncStateNotFound',
    'The sync state generation is not found; continuation is not possible.',
  );
}

function signContent(content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url').slice(0, 16);
}
