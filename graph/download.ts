// Fetches what Graph serves by a 302 to a pre-authenticated URL on another host: the usage reports.
import { DormantError } from '../policy/errors.ts';
import { describeConnectionError } from './fetch-middleware.ts';
import { RequestFailed } from './request-failed.ts';
import { noRequest } from './request-ids.ts';
import type { RequestLog } from './request-log.ts';
import { computeRetryWait, defaultRetryPolicy, mayRepeat, type RetryPolicy } from './retry.ts';
import { sleep } from './sleep.ts';
import type { Transport } from './transport.ts';
import { buildUserAgent } from './user-agent.ts';

interface Download<T> {
  source: string;
  /** The Graph path that answers with the redirect. */
  path: string;
  /** Reads the body to its end. Called anew for each try, so it must start from nothing each time. */
  consume(body: AsyncIterable<Uint8Array>): Promise<T>;
  log: RequestLog;
  retryPolicy?: RetryPolicy;
}

/**
 * Fetches the URL and reads it without the bearer token: it is valid for a few minutes and needs none. A cut body, a
 * failing host or an expired URL starts over with a new URL. A DormantError of `consume` ends it at once.
 */
export async function download<T>(link: Transport, request: Download<T>): Promise<T> {
  const retryPolicy = request.retryPolicy ?? defaultRetryPolicy;
  const deadline = Date.now() + retryPolicy.totalMs;
  for (let attempt = 1; ; attempt++) {
    const url = await fetchLocation(link, request);
    const outcome = await fetchOnce(url, request, {
      attempt,
      timeoutMs: retryPolicy.totalMs,
      signal: link.signal,
    });
    if ('value' in outcome) return outcome.value;
    link.signal?.throwIfAborted();
    const wait = computeRetryWait(outcome, attempt, retryPolicy, Math.random());
    const isLast = attempt >= retryPolicy.attempts || Date.now() + wait > deadline;
    // A 4xx of the file host means that the URL has expired, and a new one is fetched.
    const mayRepeatDownload = mayRepeat(outcome, true) || (outcome.status ?? 0) < 500;
    if (isLast || !mayRepeatDownload) throw createDownloadError(url, outcome, attempt);
    await sleep(wait, link.signal);
  }
}

async function fetchLocation<T>(link: Transport, { source, path }: Download<T>): Promise<URL> {
  const { status, headers } = await link.send({ source, path });
  const location = headers.get('location') ?? '';
  if (status === 302 && URL.canParse(location) && location.startsWith('https://')) return new URL(location);
  throw new DormantError(
    'unexpected-answer',
    `GET ${path} was answered ${status} without a download URL, expected 302.`,
    { where: `GET ${path}` },
  );
}

interface DownloadFailure {
  status: number | null;
  retryAfter: string | null;
  graphCode: '';
  graphMessage: string;
  cause?: unknown;
}

async function fetchOnce<T>(
  url: URL,
  { source, consume, log }: Download<T>,
  { attempt, timeoutMs, signal }: { attempt: number; timeoutMs: number; signal: AbortSignal | undefined },
): Promise<{ value: T } | DownloadFailure> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  let status: number | null = null;
  try {
    const response = await fetch(url, {
      headers: { 'User-Agent': buildUserAgent(source) },
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    status = response.status;
    if (response.ok && response.body !== null) return { value: await consume(response.body) };
    await response.body?.cancel();
    return { status, retryAfter: response.headers.get('retry-after'), graphCode: '', graphMessage: '' };
  } catch (cause) {
    if (cause instanceof DormantError) throw cause;
    return {
      status: null,
      retryAfter: null,
      graphCode: '',
      graphMessage: describeConnectionError(cause),
      cause,
    };
  } finally {
    const milliseconds = performance.now() - started;
    // Without the query, which authorises the download.
    log.record({ source, method: 'GET', path: url.pathname, status, requestId: '', milliseconds, attempt });
  }
}

function createDownloadError(
  url: URL,
  { status, graphMessage, cause }: DownloadFailure,
  attempts: number,
): RequestFailed {
  return new RequestFailed({
    method: 'GET',
    path: `${url.host}${url.pathname}`,
    status,
    graphCode: '',
    graphMessage,
    ...noRequest,
    attempts,
    cause,
  });
}
