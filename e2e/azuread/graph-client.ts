// Finds Graph and signs in as the azuread plugin does: the metadata host, the login host it names, a client secret.
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { isFields } from '../../graph/json-fields.ts';

export interface GraphClient {
  /** Object id of the signed-in application. */
  callerId: string;
  send(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
}

export async function signInToGraph(env: NodeJS.ProcessEnv): Promise<GraphClient> {
  const metadata = `https://${env.ARM_METADATA_HOSTNAME}/metadata/endpoints?api-version=2022-09-01`;
  const { microsoftGraphResourceId, authentication } = await readAnswer(await fetch(metadata));
  const { loginEndpoint } = isFields(authentication) ? authentication : {};
  const answer = await fetch(`${loginEndpoint}/${env.ARM_TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env.ARM_CLIENT_ID ?? '',
      client_secret: env.ARM_CLIENT_SECRET ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token } = await readAnswer(answer);
  return {
    callerId: String(decodeJwt(String(access_token)).oid),
    async send(method, path, body) {
      const reply = await fetchPatiently(`${microsoftGraphResourceId}${path}`, {
        method,
        headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return readAnswer(reply, `${method} ${path}`);
    },
  };
}

const MOST_RETRIES = 16;

/**
 * As the plugin's client does: 429 and 5xx are asked again after 1, 2, 4 and so on to 61 seconds, or after Retry-After in whole
 * seconds (hashicorp/go-azure-sdk v0.20260811, sdk/client/client.go, retryableClient). Where a quota's windows pass faster, so
 * do these.
 */
async function fetchPatiently(url: string, request: RequestInit): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const reply = await fetch(url, request);
    const isWorthIt = reply.status === 429 || (reply.status >= 500 && reply.status !== 501);
    if (!isWorthIt || attempt === MOST_RETRIES) return reply;
    const given = Number.parseInt(reply.headers.get('retry-after') ?? '', 10);
    const seconds = Number.isNaN(given) ? Math.min(2 ** attempt, 61) : given;
    await sleep((seconds * 1000) / Number(reply.headers.get('x-emulator-quota-speed') ?? 1));
  }
}

async function readAnswer(answer: Response, what = answer.url): Promise<Record<string, unknown>> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${text}`);
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return isFields(body) ? body : {};
}
