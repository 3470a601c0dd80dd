// One request to Graph (or Exchange's admin API): signed in, paced, retried, counted, ended by an answer or a sentence.
import type { Client } from '@microsoft/microsoft-graph-client';
import type { AccessTokens } from './access-tokens.ts';
import { type ApiRequest, type ApiResponse, clientFor, exchange, type Outcome } from './attempt.ts';
import { errorIn, RequestFailed, requestIdIn } from './failure.ts';
import { type Pace, readPace, writePace } from './pace.ts';
import {
  mayRepeat,
  type Patience,
  retryAfterMs,
  type Setback,
  Tries,
  usualPatience,
  waitBefore,
} from './patience.ts';
import { pause } from './pause.ts';
import type { RequestLog } from './requests.ts';
import { countSignInReads, type SignInPace, signInPace } from './sign-in-pace.ts';

export interface Transport {
  /** `https://host[:port]` of the API; links to any other origin are refused. */
  readonly origin: string;
  /** The version that paths stand below, such as `v1.0`. */
  readonly version: string;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** Any answer below 400, redirects included. Throws `RequestFailed`. */
  send(request: ApiRequest): Promise<ApiResponse>;
}

export interface TransportOptions {
  origin: string;
  version: string;
  tokens: AccessTokens;
  log: RequestLog;
  patience?: Patience;
  reads?: Pace;
  writes?: Pace;
  signIns?: SignInPace;
  signal?: AbortSignal;
}

export function transport(options: TransportOptions): Transport {
  const { origin, version } = options;
  const link: Link = {
    ...options,
    signal: options.signal,
    patience: options.patience ?? usualPatience,
    reads: options.reads ?? readPace(),
    writes: options.writes ?? writePace(),
    signIns: options.signIns ?? signInPace(),
    client: clientFor(options),
  };
  const unstoppable: Link = { ...link, signal: undefined };
  return {
    origin,
    version,
    signal: options.signal,
    send: (request) => persist(request.mustFinish ? unstoppable : link, request),
  };
}

interface Link extends Omit<TransportOptions, 'signal'> {
  signal: AbortSignal | undefined;
  patience: Patience;
  reads: Pace;
  writes: Pace;
  signIns: SignInPace;
  client: Client;
}

/** Tries until it is answered, refused for good, or out of patience. One 401 earns one fresh token. */
async function persist(link: Link, request: ApiRequest): Promise<ApiResponse> {
  const { patience, signal } = link;
  const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET';
  const deadline = Date.now() + patience.totalMs;
  let renewed = false;
  const tries = new Tries();
  for (let attempt = 1; ; attempt++) {
    const answered = await throttle(link, request);
    const generation = link.tokens.generation();
    const outcome = await attemptOnce(link, request, attempt).finally(answered);
    signal?.throwIfAborted();
    if (outcome.status !== null && outcome.status < 400) return outcome;
    if (outcome.status === 401 && !renewed) {
      renewed = true;
      link.tokens.renew(generation);
      continue;
    }
    const setback = setbackOf(outcome);
    const wait = waitBefore(setback, tries.count(setback), patience, Math.random());
    const outOfPatience = tries.isSpent(patience) || Date.now() + wait > deadline;
    if (outOfPatience || !mayRepeat(setback, repeatable)) throw failed(request, outcome, attempt);
    await pause(wait, signal);
  }
}

/** Returns what to call once the answer is there. */
async function throttle({ reads, writes, signIns, signal }: Link, request: ApiRequest): Promise<() => void> {
  const made = request.writes ?? ((request.method ?? 'GET') === 'GET' ? 0 : 1);
  await reads.take(request.units ?? 1, signal);
  if (made > 0) await writes.take(made, signal);
  const asked = signInReadsOf(request);
  return asked > 0 ? await signIns.take(asked, signal) : () => {};
}

function signInReadsOf({ path, signIns }: ApiRequest): number {
  return signIns ?? countSignInReads([path]);
}

/** Also of the items of a batch, which are refused each for itself: the batch waits for them. */
function learnPace({ signIns }: Link, request: ApiRequest, outcome: Outcome): void {
  if (outcome.status === null) return;
  signIns.hear(outcome.headers);
  if (outcome.status !== 429 || signInReadsOf(request) === 0) return;
  signIns.refused(retryAfterMs(outcome.headers.get('retry-after')) ?? 0);
}

async function attemptOnce(link: Link, request: ApiRequest, attempt: number): Promise<Outcome> {
  const started = performance.now();
  // Signing in first: inside the client its errors would lose their cause.
  await link.tokens.current();
  const timeout = AbortSignal.timeout(link.patience.tryMs);
  const signal = link.signal ? AbortSignal.any([link.signal, timeout]) : timeout;
  const outcome = await exchange(link.client, request, signal);
  learnPace(link, request, outcome);
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

function setbackOf(outcome: Outcome): Setback {
  if (outcome.status === null) return { status: null, retryAfter: null, graphCode: '' };
  const { status, headers, body } = outcome;
  return { status, retryAfter: headers.get('retry-after'), graphCode: errorIn(body).graphCode };
}

function failed({ method = 'GET', path }: ApiRequest, outcome: Outcome, attempts: number): RequestFailed {
  const { clientRequestId } = outcome;
  const facts = { method, path, attempts, requestId: '', clientRequestId, batch: null };
  if (outcome.status === null)
    return new RequestFailed({
      ...facts,
      status: null,
      graphCode: '',
      said: outcome.problem,
      cause: outcome.cause,
    });
  const { status, body } = outcome;
  const requestId = requestIdIn(body) ?? outcome.requestId;
  return new RequestFailed({ ...facts, status, requestId, ...errorIn(body) });
}
