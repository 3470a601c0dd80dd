// One request to Graph (or Exchange's admin API): signed in, paced, retried, counted. Gives an answer or a clear error.
import type { Client } from '@microsoft/microsoft-graph-client';
import type { AccessTokens } from './access-tokens.ts';
import { createReadLimiter, createWriteLimiter, type RateLimiter } from './rate-limit.ts';
import { findRequestId, parseGraphError, RequestFailed } from './request-failed.ts';
import type { RequestLog } from './request-log.ts';
import {
  computeRetryWait,
  defaultRetryPolicy,
  mayRepeat,
  parseRetryAfter,
  type RetryPolicy,
  type Setback,
  Tries,
} from './retry.ts';
import {
  type ApiRequest,
  type ApiResponse,
  createGraphClient,
  type ReadRequest,
  type SendOutcome,
  sendOnce,
} from './send-once.ts';
import { countSignInReads, createSignInRateLimiter, type SignInRateLimiter } from './sign-in-rate-limit.ts';
import { sleep } from './sleep.ts';

export interface Transport {
  /** `https://host[:port]` of the API; links to any other origin are refused. */
  readonly origin: string;
  /** The version at the start of all paths, such as `v1.0`. */
  readonly version: string;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** Any answer below 400, redirects included. Throws `RequestFailed`. A property, so that no other transport fits here. */
  readonly send: (request: ReadRequest) => Promise<ApiResponse>;
}

/** Sends writes, too. Only a writer is handed one: stacks/tenant/tenant-writer.ts. */
export interface WritingTransport extends Transport {
  readonly send: (request: ApiRequest) => Promise<ApiResponse>;
}

export interface TransportOptions {
  origin: string;
  version: string;
  tokens: AccessTokens;
  log: RequestLog;
  retryPolicy?: RetryPolicy;
  reads?: RateLimiter;
  writes?: RateLimiter;
  signIns?: SignInRateLimiter;
  signal?: AbortSignal;
}

export function createTransport(options: TransportOptions): WritingTransport {
  const { origin, version } = options;
  const link: Link = {
    ...options,
    signal: options.signal,
    retryPolicy: options.retryPolicy ?? defaultRetryPolicy,
    reads: options.reads ?? createReadLimiter(),
    writes: options.writes ?? createWriteLimiter(),
    signIns: options.signIns ?? createSignInRateLimiter(),
    client: createGraphClient(options),
  };
  const unstoppable: Link = { ...link, signal: undefined };
  return {
    origin,
    version,
    signal: options.signal,
    send: (request) => sendWithRetries(request.mustFinish ? unstoppable : link, request),
  };
}

interface Link extends Omit<TransportOptions, 'signal'> {
  signal: AbortSignal | undefined;
  retryPolicy: RetryPolicy;
  reads: RateLimiter;
  writes: RateLimiter;
  signIns: SignInRateLimiter;
  client: Client;
}

/** Repeats until it is answered, refused for good, or out of tries or time. After the first 401 the token is renewed. */
async function sendWithRetries(link: Link, request: ApiRequest): Promise<ApiResponse> {
  const { retryPolicy, signal } = link;
  const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET';
  const deadline = Date.now() + retryPolicy.totalMs;
  let renewed = false;
  const tries = new Tries();
  for (let attempt = 1; ; attempt++) {
    const markAnswered = await throttle(link, request);
    const generation = link.tokens.getGeneration();
    const outcome = await attemptOnce(link, request, attempt).finally(markAnswered);
    signal?.throwIfAborted();
    if (outcome.status !== null && outcome.status < 400) return outcome;
    if (outcome.status === 401 && !renewed) {
      renewed = true;
      link.tokens.renew(generation);
      continue;
    }
    const setback = toSetback(outcome);
    const wait = computeRetryWait(setback, tries.count(setback), retryPolicy, Math.random());
    const isExhausted = tries.isSpent(retryPolicy) || Date.now() + wait > deadline;
    if (isExhausted || !mayRepeat(setback, repeatable)) throw createRequestError(request, outcome, attempt);
    await sleep(wait, signal);
  }
}

/** Returns what to call when the answer has come. */
async function throttle({ reads, writes, signIns, signal }: Link, request: ApiRequest): Promise<() => void> {
  const writeCount = request.writes ?? ((request.method ?? 'GET') === 'GET' ? 0 : 1);
  await reads.take(request.units ?? 1, signal);
  if (writeCount > 0) await writes.take(writeCount, signal);
  const signInReads = countReadsInRequest(request);
  return signInReads > 0 ? await signIns.take(signInReads, signal) : () => {};
}

function countReadsInRequest({ path, signIns }: ApiRequest): number {
  return signIns ?? countSignInReads([path]);
}

/** Also for the items of a batch, which are refused one by one: the batch waits for them. */
function adaptRateLimit({ signIns }: Link, request: ApiRequest, outcome: SendOutcome): void {
  if (outcome.status === null) return;
  signIns.adaptSpeed(outcome.headers);
  if (outcome.status !== 429 || countReadsInRequest(request) === 0) return;
  signIns.recordRefusal(parseRetryAfter(outcome.headers.get('retry-after')) ?? 0);
}

async function attemptOnce(link: Link, request: ApiRequest, attempt: number): Promise<SendOutcome> {
  const started = performance.now();
  // Signs in first: inside the client its errors would lose their cause.
  await link.tokens.acquire();
  const timeout = AbortSignal.timeout(link.retryPolicy.tryMs);
  const signal = link.signal ? AbortSignal.any([link.signal, timeout]) : timeout;
  const outcome = await sendOnce(link.client, request, signal);
  adaptRateLimit(link, request, outcome);
  link.log.record({
    source: request.source,
    method: request.method ?? 'GET',
    path: request.path,
    status: outcome.status,
    requestId: outcome.status === null ? '' : outcome.requestId,
    milliseconds: performance.now() - started,
    attempt,
  });
  return outcome;
}

function toSetback(outcome: SendOutcome): Setback {
  if (outcome.status === null) return { status: null, retryAfter: null, graphCode: '' };
  const { status, headers, body } = outcome;
  return { status, retryAfter: headers.get('retry-after'), graphCode: parseGraphError(body).graphCode };
}

function createRequestError(
  { method = 'GET', path }: ApiRequest,
  outcome: SendOutcome,
  attempts: number,
): RequestFailed {
  const { clientRequestId } = outcome;
  const facts = { method, path, attempts, requestId: '', clientRequestId, batch: null };
  if (outcome.status === null)
    return new RequestFailed({
      ...facts,
      status: null,
      graphCode: '',
      graphMessage: outcome.problem,
      cause: outcome.cause,
    });
  const { status, body } = outcome;
  const requestId = findRequestId(body) ?? outcome.requestId;
  return new RequestFailed({ ...facts, status, requestId, ...parseGraphError(body) });
}
