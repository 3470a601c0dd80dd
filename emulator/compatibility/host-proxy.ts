// A forward proxy, as companies have them, that leads Microsoft's hosts to the embedded tenant: for clients that have them built
// in. It passes bytes on, sees none of what is in the TLS connection, and lets nothing leave this machine.
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface HostProxy {
  /** `http://127.0.0.1:<port>`, for HTTPS_PROXY. */
  readonly url: string;
  close(): Promise<void>;
}

/** `hosts` are led to `tenantPort` of this machine; 127.0.0.1 and localhost are themselves, and nothing else is reached. */
export async function startHostProxy(hosts: readonly string[], tenantPort: number): Promise<HostProxy> {
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, client: Duplex, head: Buffer) => {
    const { hostname, port: asked } = new URL(`https://${request.url}`);
    const port = hosts.includes(hostname) ? tenantPort : isLoopback(hostname) ? Number(asked) : null;
    if (port === null) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const tenant = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tenant.write(head);
      tenant.pipe(client).pipe(tenant);
    });
    for (const [one, other] of [
      [client, tenant],
      [tenant, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
    }
  });
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost';
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('The proxy has no port.');
}
