// JSON batching: up to 20 requests in one round trip, each with its own answer.
import { DormantError } from '../policy/errors.ts';
import type { GroupId } from '../policy/identifiers.ts';
import type { MemberReferencePath } from './group-member.ts';
import { type Fields, findNumber, isFields, requireFields, requireList, requireText } from './json-fields.ts';
import { findRequestId, parseGraphError, RequestFailed } from './request-failed.ts';
import type { RequestIds } from './request-ids.ts';
import { computeRetryWait, defaultRetryPolicy, mayRepeat, type RetryPolicy, type Setback, Tries } from './retry.ts';
import type { ApiResponse, BatchMethod, BatchRequest, MembershipCheckPath } from './send-once.ts';
import { countSignInReads } from './sign-in-rate-limit.ts';
import { sleep } from './sleep.ts';
import type { Transport } from './transport.ts';

/** A DELETE takes the path of a membership and no other, and among reads a POST that of a question for memberships. */
export type BatchItem<Method extends BatchMethod = BatchMethod> = Method extends 'DELETE'
  ? ItemOptions & { method: 'DELETE'; url: MemberReferencePath; body?: never }
  : Method extends 'GET'
    ? ItemOptions & ({ method: 'GET'; url: string; body?: never } | MembershipCheck)
    : ItemOptions & { method: Method; url: string; body?: unknown };

export interface MembershipCheck {
  method: 'POST';
  url: MembershipCheckPath;
  body: { groupIds: readonly GroupId[] };
}

/** `url` is relative to the version, such as `/users/{id}/mailboxSettings/userPurpose`. */
interface ItemOptions {
  headers?: Record<string, string>;
  /** As for a single request; default: true for GET. */
  repeatable?: boolean;
  /** As for a single request. */
  units?: number;
  /** If the answer stays at 500 or above, it is returned as this item's answer and the batch does not fail. */
  mayFail?: boolean;
}

/** One item's answer, whatever its status. Only items that stay throttled or broken fail the batch. */
export interface BatchAnswer extends RequestIds {
  status: number;
  body: unknown;
}

/** Graph takes at most 20 requests in a batch. */
export const batchSize = 20;

const where = 'POST /$batch';

/** Answers in the order of `items`. Only items that are throttled or fail temporarily are sent again. */
export async function sendBatch<Method extends BatchMethod>(
  link: BatchLink<Method>,
  source: string,
  items: readonly BatchItem<Method>[],
  retryPolicy: RetryPolicy = defaultRetryPolicy,
): Promise<BatchAnswer[]> {
  const answers: BatchAnswer[] = [];
  for (let start = 0; start < items.length; start += batchSize)
    answers.push(...(await sendChunk({ link, source, retryPolicy }, items.slice(start, start + batchSize))));
  return answers;
}

interface ReceivedAnswer extends BatchAnswer {
  setback: Setback;
}

/** A transport that may send batches of these methods: for a batch of reads, any. */
export interface BatchLink<Method extends BatchMethod> extends Pick<Transport, 'signal'> {
  readonly send: (request: BatchRequest<Method>) => Promise<ApiResponse>;
}

interface Sender<Method extends BatchMethod> {
  link: BatchLink<Method>;
  source: string;
  retryPolicy: RetryPolicy;
}

async function sendChunk<Method extends BatchMethod>(
  sender: Sender<Method>,
  items: readonly BatchItem<Method>[],
): Promise<BatchAnswer[]> {
  const { link, source, retryPolicy } = sender;
  const deadline = Date.now() + retryPolicy.totalMs;
  const finished = new Map<number, BatchAnswer>();
  const tries = items.map(() => new Tries());
  let open = items.map((_, index) => index);
  for (let attempt = 1; open.length > 0; attempt++) {
    const received = await sendRound(sender, items, open);
    const again: number[] = [];
    let wait = 0;
    for (const index of open) {
      const answer = received.get(index) ?? throwMissingAnswer(source);
      if (!isTransient(answer, items[index])) {
        finished.set(index, answer);
        continue;
      }
      const failure = tries[index]?.count(answer.setback) ?? attempt;
      const itemWait = computeRetryWait(answer.setback, failure, retryPolicy, Math.random());
      if (tries[index]?.isSpent(retryPolicy) || Date.now() + itemWait > deadline) {
        if (answer.status < 500 || items[index]?.mayFail !== true)
          throw createGiveUpError(items[index], answer, attempt);
        finished.set(index, answer);
        continue;
      }
      wait = Math.max(wait, itemWait);
      again.push(index);
    }
    open = again;
    if (open.length > 0) await sleep(wait, link.signal);
  }
  return items.map((_, index) => finished.get(index) ?? throwMissingAnswer(source));
}

/** One round trip. The batch as a whole may be repeated only if every item in it may be. */
async function sendRound<Method extends BatchMethod>(
  { link, source }: Sender<Method>,
  items: readonly BatchItem<Method>[],
  open: readonly number[],
): Promise<Map<number, ReceivedAnswer>> {
  const requests = open.map((index) => buildItemRequest(items, index));
  const response = await link.send({
    source,
    method: 'POST',
    path: '/$batch',
    body: { requests },
    repeatable: open.every((index) => isRepeatable(items[index])),
    units: open.reduce((sum, index) => sum + (items[index]?.units ?? 1), 0),
    writes: open.filter((index) => isWrite(items[index])).length,
    signIns: countSignInReads(open.map((index) => items[index]?.url ?? '')),
  });
  const received = new Map<number, ReceivedAnswer>();
  for (const entry of requireList(requireFields(response.body, where), 'responses', where)) {
    const fields = requireFields(entry, where);
    const item = requireText(fields, 'id', where);
    received.set(Number(item), parseAnswer(fields, item, response));
  }
  return received;
}

function buildItemRequest<Method extends BatchMethod>(items: readonly BatchItem<Method>[], index: number) {
  const item = items[index];
  if (item === undefined) throw throwMissingAnswer(`batch item ${index}`);
  const { url, body } = item;
  const headers = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...item.headers };
  // The compiler does not see through BatchItem that it is one of these methods.
  return { id: String(index), method: item.method as Method, url, headers, ...(body === undefined ? {} : { body }) };
}

/** An item has no request-id among its headers; an error in its body names its own. */
function parseAnswer(
  fields: Fields,
  item: string,
  { requestId: batchRequestId, clientRequestId }: Pick<RequestIds, 'requestId' | 'clientRequestId'>,
): ReceivedAnswer {
  const status = findNumber(fields, 'status', where) ?? 0;
  const headers = isFields(fields.headers) ? fields.headers : {};
  const body = fields.body;
  const setback = {
    status,
    retryAfter: findHeader(headers, 'retry-after'),
    graphCode: parseGraphError(body).graphCode,
  };
  const requestId = findRequestId(body) ?? findHeader(headers, 'request-id') ?? batchRequestId;
  return { status, body, requestId, clientRequestId, batch: { requestId: batchRequestId, item }, setback };
}

function findHeader(headers: Fields, name: string): string | null {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}

function isTransient(answer: ReceivedAnswer, item: BatchItem | undefined): boolean {
  return answer.status >= 400 && mayRepeat(answer.setback, isRepeatable(item));
}

function isWrite(item: BatchItem | undefined): boolean {
  return item?.method !== 'GET' && !item?.url.endsWith('/checkMemberGroups');
}

function isRepeatable(item: BatchItem | undefined): boolean {
  return item?.repeatable ?? item?.method === 'GET';
}

function createGiveUpError(item: BatchItem | undefined, answer: ReceivedAnswer, attempts: number): RequestFailed {
  return createItemError(item?.method ?? 'POST', item?.url ?? '/$batch', answer, attempts);
}

/** The error for an item that was refused, with its place in the batch. */
export function createItemError(
  method: string,
  path: string,
  { status, body, requestId, clientRequestId, batch }: BatchAnswer,
  attempts = 1,
): RequestFailed {
  const ids = { requestId, clientRequestId, batch };
  return new RequestFailed({ method, path, status, ...ids, attempts, ...parseGraphError(body) });
}

function throwMissingAnswer(what: string): never {
  throw new DormantError('unexpected-answer', `${where} for ${what} left a request without an answer.`, {
    where,
  });
}
