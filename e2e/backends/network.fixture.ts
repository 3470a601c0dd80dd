// For the long tests: the network to a backend, which may be open, down, or refuse writes.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type NetworkMode = 'open' | 'away' | 'read-only';

export interface Network {
  port: number;
  mode: NetworkMode;
  /** Method and path of each request that would write, in order. */
  writes: string[];
  /** Called before each writing request is passed on. */
  onWrite: (request: string) => void;
  close(): Promise<void>;
}

/** `refusal`: the server's answer to a caller who may only read. */
export async function startNetwork(port: number, refusal: string): Promise<Network> {
  const server = createServer((incoming, answer) => forwardRequest(incoming, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const network: Network = {
    port: (server.address() as AddressInfo).port,
    mode: 'open',
    writes: [],
    onWrite: () => {},
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  function forwardRequest(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const isWrite = !['GET', 'HEAD'].includes(method);
    if (isWrite) {
      network.writes.push(`${method} ${decodeURIComponent(path)}`);
      network.onWrite(network.writes.at(-1) ?? '');
    }
    if (network.mode === 'away') return void incoming.socket.destroy();
    if (network.mode === 'read-only' && isWrite) {
      answer.writeHead(403, { 'content-type': 'application/xml' }).end(refusal);
      return;
    }
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  }
  return network;
}
