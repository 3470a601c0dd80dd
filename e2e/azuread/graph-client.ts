// Finds Graph and signs in as the azuread plugin does: the metadata host, the login host it names, a client secret.
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
      const reply = await fetch(`${microsoftGraphResourceId}${path}`, {
        method,
        headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return readAnswer(reply, `${method} ${path}`);
    },
  };
}

async function readAnswer(answer: Response, what = answer.url): Promise<Record<string, unknown>> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${text}`);
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return isFields(body) ? body : {};
}
