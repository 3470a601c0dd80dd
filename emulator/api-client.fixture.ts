// A plain client for tests: calls a running emulator as one of its identities and returns the answer.
import { CLOUDS, getExchangeHost } from './clouds.ts';
import type { Emulator } from './emulator.ts';
import { isRecord } from './odata/filter-match.ts';

export interface ApiReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON object of the answer; empty if there was none. */
  readonly body: Record<string, unknown>;
}

export interface ApiClient {
  readonly token: string;
  get(path: string, headers?: Record<string, string>): Promise<ApiReply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiReply>;
  patch(path: string, body: unknown): Promise<ApiReply>;
  delete(path: string): Promise<ApiReply>;
}

/** Names of the global cloud; a tenant of another cloud is called by that cloud's names. */
export type ResourceHost = 'https://graph.microsoft.com' | 'https://outlook.office365.com';

/**
 * Signs in as a named identity. Paths are below the emulator's URL, or whole URLs. Redirects are not followed. Every call to
 * Exchange carries the anchor that it requires; an empty one is left out.
 */
export async function signInAs(
  { url, tenant, identities }: Emulator,
  identity: string,
  resource: ResourceHost = 'https://graph.microsoft.com',
): Promise<ApiClient> {
  const known = identities[identity];
  if (!known) throw new Error(`There is no identity '${identity}'.`);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: known.clientId,
    client_secret: known.clientSecret,
    scope: `${resource.includes('outlook') ? getExchangeHost(tenant.cloud, tenant.switches) : CLOUDS[tenant.cloud].graph}/.default`,
  });
  const signedIn = await readReply(
    await fetch(`${url}/${tenant.id}/oauth2/v2.0/token`, { method: 'POST', body: form }),
  );
  const token = String(signedIn.body.access_token);
  const anchor = resource.includes('outlook') ? { 'x-anchormailbox': 'UPN:admin@contoso.com' } : {};
  const sendRequest = async (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    readReply(
      await fetch(path.startsWith('https:') ? path : `${url}${path}`, {
        method,
        redirect: 'manual',
        headers: { authorization: `Bearer ${token}`, ...anchor, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return {
    token,
    get: (path, headers = {}) => sendRequest('GET', path, headers),
    post: (path, body, headers = {}) =>
      sendRequest('POST', path, { 'content-type': 'application/json', ...headers }, body),
    patch: (path, body) => sendRequest('PATCH', path, { 'content-type': 'application/json' }, body),
    delete: (path) => sendRequest('DELETE', path, {}),
  };
}

/** The entries of a collection's page. */
export function listValues({ body }: ApiReply): Record<string, unknown>[] {
  return Array.isArray(body.value) ? body.value.filter(isRecord) : [];
}

/** `code: message` of an error answer. */
export function formatError({ body }: ApiReply): string {
  const { error } = body;
  return isRecord(error) ? `${String(error.code)}: ${String(error.message)}` : '';
}

async function readReply(response: Response): Promise<ApiReply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, body: isRecord(parsed) ? parsed : {} };
}
