// An HTTPS listener that speaks HTTP/2 beside HTTP/1.1, as Graph does ("AGS is rolling out HTTP/2 support",
// msgraph-sdk-powershell 1015), and packs its answers when the client asks for it.
import { createSecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { compressAnswers } from './compress-answers.ts';
import type { RequestEnv } from './site.ts';

export interface Listener {
  readonly port: number;
  /** Ends all connections, too. */
  close(): Promise<void>;
}

interface ListenOptions {
  readonly certificate: string;
  readonly key: string;
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
}

/** Resolves when it listens; rejects if the port is taken. ALPN decides which HTTP a client speaks. */
export async function listen(
  app: Hono<RequestEnv>,
  { certificate, key, port, host }: ListenOptions,
): Promise<Listener> {
  const answer = compressAnswers(getRequestListener(app.fetch));
  const server = createSecureServer({ cert: certificate, key, allowHTTP1: true }, answer);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A connection that breaks is the client's doing, or a fault's.
  server.on('sessionError', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    port: address.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
