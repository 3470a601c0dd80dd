// JSON batching: up to 20 requests in one round trip, each with an answer of its own.
import { DormantError } from '../policy/errors.ts';
import { errorIn, RequestFailed, requestIdIn } from './failure.ts';
import { type Fields, fieldsOf, isFields, listOf, numberOrNull, textOf } from './fields.ts';
import { mayRepeat, type Patience, type Setback, Tries, usualPatience, waitBefore } from './patience.ts';
import { pause } from './pause.ts';
import type { RequestIds } from './request-ids.ts';
import { countSignInReads } from './sign-in-pace.ts';
import type { Transport } from './transport.ts';

export interface BatchItem {
  method: 'GET' | 'POST' | 'PATCH';
  /** Relative to the version, such as `/users/{id}/mailboxSettings/userPurpose`. */
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** As for a single request; true for GET unless said otherwise. */
  repeatable?: boolean;
  /** As for a single request. */
  units?: number;
  /** An answer of 500 or more that stays is this item's own, and does not fail the batch: of one account nothing may come. */
  mayFail?: boolean;
}

/** One item's answer, whatever its status; only items that stay throttled or broken fail the batch. */
export interface BatchAnswer extends RequestIds {
  status: number;
  body: unknown;
}

/** Graph takes at most 20 requests in a batch. */
export const batchSize = 20;

/** Answers in the order of `items`. Items that are throttled or fail for the moment are sent again, the others are not. */
export async function batch(
  link: Transport,
  source: string,
  items: readonly BatchItem[],
  patience: Patience = usualPatience,
): Promise<BatchAnswer[]> {
  const answers: BatchAnswer[] = [];
  for (let start = 0; start < items.length; start += batchSize)
    answers.push(...(await settle(link, source, items.slice(start, start + batchSize), patience)));
  return answers;
}

interface Received extends BatchAnswer {
  setback: Setback;
}

async function settle(
  link: Transport,
  source: string,
  items: readonly BatchItem[],
  patience: Patience,
): Promise<BatchAnswer[]> {
  const deadline = Date.now() + patience.totalMs;
  const settled = new Map<number, BatchAnswer>();
  const tries = items.map(() => new Tries());
  let open = items.map((_, index) => index);
  for (let attempt = 1; open.length > 0; attempt++) {
    const received = await round(link, source, items, open);
    const again: number[] = [];
    let wait = 0;
    for (const index of open) {
      const answer = received.get(index) ?? missing(source);
      if (!transient(answer, items[index])) {
        settled.set(index, answer);
        continue;
      }
      const failure = tries[index]?.count(answer.setback) ?? attempt;
      const own = waitBefore(answer.setback, failure, patience, Math.random());
      if (tries[index]?.isSpent(patience) || Date.now() + own > deadline) {
        if (answer.status < 500 || items[index]?.mayFail !== true)
          throw gaveUp(items[index], answer, attempt);
        settled.set(index, answer);
        continue;
      }
      wait = Math.max(wait, own);
      again.push(index);
    }
    open = again;
    if (open.length > 0) await pause(wait, link.signal);
  }
  return items.map((_, index) => settled.get(index) ?? missing(source));
}

/** One round trip. The batch as a whole may be repeated only if every item in it may. */
async function round(
  link: Transport,
  source: string,
  items: readonly BatchItem[],
  open: readonly number[],
): Promise<Map<number, Received>> {
  const requests = open.map((index) => requestAt(items, index));
  const response = await link.send({
    source,
    method: 'POST',
    path: '/$batch',
    body: { requests },
    repeatable: open.every((index) => isRepeatable(items[index])),
    units: open.reduce((sum, index) => sum + (items[index]?.units ?? 1), 0),
    writes: open.filter((index) => items[index]?.method !== 'GET').length,
    signIns: countSignInReads(open.map((index) => items[index]?.url ?? '')),
  });
  const where = 'POST /$batch';
  const received = new Map<number, Received>();
  for (const entry of listOf(fieldsOf(response.body, where), 'responses', where)) {
    const fields = fieldsOf(entry, where);
    const item = textOf(fields, 'id', where);
    received.set(Number(item), answerOf(fields, item, response, where));
  }
  return received;
}

function requestAt(items: readonly BatchItem[], index: number) {
  const item = items[index];
  if (item === undefined) throw missing(`batch item ${index}`);
  const { method, url, body } = item;
  const headers = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...item.headers };
  return { id: String(index), method, url, headers, ...(body === undefined ? {} : { body }) };
}

/** An item has no request-id among its headers; an error in it names its own. */
function answerOf(
  fields: Fields,
  item: string,
  { requestId: ofBatch, clientRequestId }: Pick<RequestIds, 'requestId' | 'clientRequestId'>,
  where: string,
): Received {
  const status = numberOrNull(fields, 'status', where) ?? 0;
  const headers = isFields(fields.headers) ? fields.headers : {};
  const body = fields.body;
  const setback = { status, retryAfter: header(headers, 'retry-after'), graphCode: errorIn(body).graphCode };
  const requestId = requestIdIn(body) ?? header(headers, 'request-id') ?? ofBatch;
  return { status, body, requestId, clientRequestId, batch: { requestId: ofBatch, item }, setback };
}

function header(headers: Fields, name: string): string | null {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}

function transient(answer: Received, item: BatchItem | undefined): boolean {
  return answer.status >= 400 && mayRepeat(answer.setback, isRepeatable(item));
}

function isRepeatable(item: BatchItem | undefined): boolean {
  return item?.repeatable ?? item?.method === 'GET';
}

function gaveUp(item: BatchItem | undefined, answer: Received, attempts: number): RequestFailed {
  return refusedItem(item?.method ?? 'POST', item?.url ?? '/$batch', answer, attempts);
}

/** What an item that was refused says, and where it stood. */
export function refusedItem(
  method: string,
  path: string,
  { status, body, requestId, clientRequestId, batch: place }: BatchAnswer,
  attempts = 1,
): RequestFailed {
  const ids = { requestId, clientRequestId, batch: place };
  return new RequestFailed({ method, path, status, ...ids, attempts, ...errorIn(body) });
}

function missing(what: string): never {
  throw new DormantError('unexpected-answer', `POST /$batch for ${what} left a request without an answer.`, {
    where: 'POST /$batch',
  });
}
