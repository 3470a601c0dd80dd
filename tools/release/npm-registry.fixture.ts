// A registry on this machine, as much of one as `npm publish` and `npm view` ask of it, and the service of Actions that says who
// a run is: there is no token but the one that the registry gives for that (npm's own side of it is lib/utils/oidc.js).
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface NpmRegistry {
  /** What makes npm use it in a run of Actions, as environment variables. */
  env: Record<string, string>;
  /** What was uploaded, by name, as often as it was. */
  uploads: string[];
  stop(): void;
}

/** The run that it trusts, as Actions signs it; of a private repository, because provenance would be asked of Sigstore. */
const identity = ['{}', '{"repository_visibility":"private"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64'))
  .join('.');

export async function startNpmRegistry(): Promise<NpmRegistry> {
  const packages = new Map<string, unknown>();
  const uploads: string[] = [];

  async function answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const [path = ''] = decodeURIComponent(request.url ?? '').split('?');
    const bearer = request.headers.authorization?.replace('Bearer ', '');
    if (path === '/identity') return bearer === 'of-the-job' ? [200, { value: identity }] : [403, {}];
    const exchanged = /^\/-\/npm\/v1\/oidc\/token\/exchange\/package\/(.+)$/.exec(path)?.[1];
    if (exchanged !== undefined) return bearer === identity ? [200, { token: `for ${exchanged}` }] : [403, {}];
    const name = path.slice(1);
    if (request.method === 'PUT') {
      if (bearer !== `for ${name}`) return [401, {}];
      uploads.push(name);
      packages.set(name, await json(request));
    }
    return packages.has(name) ? [200, packages.get(name)] : [404, { error: 'not_found' }];
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = {
    npm_config_registry: `${address}/`,
    GITHUB_ACTIONS: 'true',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/identity?version=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
  };
  return { env, uploads, stop: () => void server.close().closeAllConnections() };
}
