// Carries a fault out on an answer: replaces it, delays it, shortens it, or breaks the connection under it.

import { constants } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { GraphError } from '../odata/errors.ts';
import { createExpiredPageError } from '../odata/paging.ts';
import type { RequestEnv } from '../site.ts';
import type { FaultRule } from './fault-injector.ts';

const SLOW_PARTS = 10;

/** What a fault answers without the real handler; null for those that need the real answer. */
export function findFaultError(rule: FaultRule): GraphError | Response | null {
  switch (rule.kind) {
    case 'status':
      return rule.body === undefined || rule.body === 'json' ? buildStatusError(rule) : buildGatewayAnswer(rule);
    case 'unauthorized':
      return new GraphError(401, 'InvalidAuthenticationToken', 'Continuous access evaluation resulted in challenge.');
    case 'expiredPage':
      return createExpiredPageError();
    case 'expiredDownload':
      return new GraphError(403, 'AuthenticationFailed', 'Signature not valid in the specified time frame.');
    default:
      return null;
  }
}

/** Breaks the connection; inside a $batch there is none, so the item times out instead. */
export function resetConnection(bindings: RequestEnv['Bindings'] | undefined): Response {
  if (!bindings?.incoming) return new Response(null, { status: 504 });
  breakConnection(bindings);
  return RESPONSE_ALREADY_SENT;
}

/** The answer with its body slowed down, truncated or cut off. */
export async function injectFault(
  rule: FaultRule,
  response: Response,
  bindings: RequestEnv['Bindings'] | undefined,
): Promise<Response> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  const partialBody = body.subarray(0, rule.afterBytes ?? Math.floor(body.length / 2));
  // An empty body cannot be spread over the delay: the whole answer comes after it.
  if (rule.kind === 'slow' && body.length === 0) {
    await sleep(rule.delayMs ?? 2000);
    return new Response(null, { status: response.status, headers });
  }
  if (rule.kind === 'truncate') return new Response(partialBody, { status: response.status, headers });
  const stream =
    rule.kind === 'slow' ? streamSlowly(body, rule.delayMs ?? 2000) : streamThenBreak(partialBody, bindings);
  return new Response(ReadableStream.from(stream), { status: response.status, headers });
}

async function* streamSlowly(body: Buffer, delayMs: number): AsyncGenerator<Uint8Array> {
  const part = Math.ceil(body.length / SLOW_PARTS) || 1;
  for (let at = 0; at < body.length; at += part) {
    await sleep(delayMs / SLOW_PARTS);
    yield body.subarray(at, at + part);
  }
}

async function* streamThenBreak(
  partialBody: Buffer,
  bindings: RequestEnv['Bindings'] | undefined,
): AsyncGenerator<Uint8Array> {
  yield partialBody;
  await sleep(20);
  if (bindings) breakConnection(bindings);
}

/** In HTTP/2 many requests share a connection: only the stream of this one breaks. */
function breakConnection({ incoming }: RequestEnv['Bindings']): void {
  if ('stream' in incoming) incoming.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else incoming.socket.destroy();
}

/** A gateway knows nothing of Graph's errors. */
function buildGatewayAnswer(rule: FaultRule): Response {
  const { status, message, headers } = buildStatusError(rule);
  if (rule.body === 'empty') return new Response(null, { status, headers });
  const page = `<html><head><title>${status}</title></head><body><h1>${message}</h1></body></html>`;
  return new Response(page, { status, headers: { ...headers, 'Content-Type': 'text/html' } });
}

function buildStatusError({ status = 503, retryAfter }: FaultRule): GraphError {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  const [code, message] = MESSAGES[status] ?? ['UnknownError', 'An error has occurred.'];
  return new GraphError(status, code, message, headers);
}

const MESSAGES: Readonly<Record<number, readonly [string, string]>> = {
  409: [
    'Directory_ConcurrencyViolation',
    'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  ],
  429: ['TooManyRequests', 'Too many requests'],
  500: ['generalException', 'An internal server error occurred while processing the request.'],
  502: ['BadGateway', 'Bad gateway.'],
  503: ['serviceNotAvailable', 'The service is temporarily unavailable.'],
  504: [
    'UnknownError',
    'The server, while acting as a proxy, did not receive a timely response from the upstream server.',
  ],
};
