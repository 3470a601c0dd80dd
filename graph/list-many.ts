// Several lists at once: their first pages share a $batch, further pages follow one by one. A refused list is data.
import { type BatchAnswer, createItemError, sendBatch } from './batch.ts';
import { findText, isFields, requireList } from './json-fields.ts';
import { listAll, toRelativePath } from './pages.ts';
import type { RequestFailed } from './request-failed.ts';
import type { RetryPolicy } from './retry.ts';
import type { GetRequest } from './send-once.ts';
import type { Transport } from './transport.ts';

export interface ListRequest {
  /** Below the version, encoded. */
  path: string;
  /** Cost in Graph's resource units; default 1. */
  units?: number;
}

/** All entries of a list, or the answer (below 500) that refused it. */
export type Listing = { entries: readonly unknown[]; refused: null } | { entries: null; refused: RequestFailed };

/** In the order of the requests. Throws when a list breaks off, or stays throttled or broken. */
export type ListMany = (requests: readonly ListRequest[]) => Promise<Listing[]>;

export function listMany(graph: Transport, source: string, retryPolicy?: RetryPolicy): ListMany {
  return async (requests) => {
    const items = requests.map(({ path, units = 1 }) => ({ method: 'GET' as const, url: path, units }));
    const answers = await sendBatch(graph, source, items, retryPolicy);
    return Promise.all(
      answers.map((answer, at) => readListing(graph, { source, ...(requests[at] ?? { path: '' }) }, answer)),
    );
  };
}

/** The entries of a list that must be readable. Throws what refused it. */
export function requireEntries({ entries, refused }: Listing): readonly unknown[] {
  if (entries === null) throw refused;
  return entries;
}

async function readListing(graph: Transport, request: GetRequest, answer: BatchAnswer): Promise<Listing> {
  const { path } = request;
  const { status, body } = answer;
  if (status >= 400) return { entries: null, refused: createItemError('GET', path, answer) };
  // The answer was cut on its way into the batch; requested alone, it is repeated until it is complete.
  if (!isFields(body)) return { entries: await listAll(graph, request), refused: null };
  const where = `GET ${path.split('?')[0]}`;
  const next = findText(body, '@odata.nextLink', where);
  const rest = next === null ? [] : await listAll(graph, { ...request, path: toRelativePath(graph, next) });
  return { entries: [...requireList(body, 'value', where), ...rest], refused: null };
}
