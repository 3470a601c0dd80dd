// For tests: an HTTPS server on the loopback that answers whatever a test wants a client to survive.
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import { getTrustedAuthority } from '@dormant-m365/emulator';
import { onTestFinished } from 'vitest';
import { fastRetryPolicy } from './emulator.fixture.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { createTransport, type WritingTransport } from './transport.ts';

export interface ServerAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a text is sent as it is. */
  body?: unknown;
}

export interface HeardRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface AServer {
  origin: string;
  heard: HeardRequest[];
  log: RequestLog;
  /** The real transport, pointed at this server with a recognisable token. */
  graph: WritingTransport;
}

const withoutQuota = { take: async () => () => {}, recordRefusal: () => {}, adaptSpeed: () => {} };

export const token = 'secret.token.value';

export async function aServer(answer: (request: HeardRequest, origin: string) => ServerAnswer): Promise<AServer> {
  const heard: HeardRequest[] = [];
  const authority = await getTrustedAuthority();
  const { certificate, key } = await authority.issue(['localhost', '127.0.0.1']);
  let origin = '';
  const server = createServer({ cert: certificate, key }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers } = request;
    const one = { method, path: url, headers, body };
    heard.push(one);
    const { status = 200, headers: extra = {}, body: answered } = answer(one, origin);
    response.writeHead(status, { 'Content-Type': 'application/json', ...extra });
    response.end(typeof answered === 'string' ? answered : JSON.stringify(answered ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `https://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const log = createRequestLog();
  const tokens = { acquire: async () => token, getGeneration: () => 0, renew: () => {} };
  return {
    origin,
    heard,
    log,
    graph: createTransport({
      origin,
      version: 'v1.0',
      tokens,
      log,
      retryPolicy: fastRetryPolicy,
      signIns: withoutQuota,
    }),
  };
}
