// For tests: a person at the pages of the embedded tenant, and an application that gets the person's token.
import { createHash } from 'node:crypto';
import type { Emulator } from '../../emulator.ts';

export const GRAPH_TOOLS = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

export interface PageAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** The fields of the only form of a page that posts. */
export function readForm(text: string): { action: string | undefined; fields: Record<string, string> } {
  const form = /<form method="post"([^>]*)>([\s\S]*?)<\/form>/.exec(text);
  const action = /action="([^"]*)"/.exec(form?.[1] ?? '')?.[1];
  const inputs = [...(form?.[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return {
    action: action && unescapeText(action),
    fields: Object.fromEntries(inputs.map(([, name, value]) => [name, unescapeText(value ?? '')])),
  };
}

const unescapeText = (text: string) =>
  text
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

export async function openPage(url: string): Promise<PageAnswer> {
  return readPage(await fetch(url, { redirect: 'manual' }));
}

/** Posts the form of a page with what the person adds; redirects are not followed. */
export async function answerSignInPage(url: string, answer: Record<string, string>): Promise<PageAnswer> {
  const { fields } = readForm((await openPage(url)).text);
  const body = new URLSearchParams({ answer: 'accept', ...fields, ...answer });
  return readPage(await fetch(url, { method: 'POST', body, redirect: 'manual' }));
}

/** Signs in at the address that an application opens in a browser, and goes on to the application. */
export async function signInAt(
  url: string,
  userPrincipalName: string,
  more: Record<string, string> = {},
): Promise<void> {
  const answered = await answerSignInPage(url, { userPrincipalName, ...more });
  const location = answered.headers.get('location');
  if (location !== null) {
    await fetch(location);
    return;
  }
  const { action, fields } = readForm(answered.text);
  if (action === undefined) throw new Error(`The page has no way to the application: ${answered.text}`);
  await fetch(action, { method: 'POST', body: new URLSearchParams(fields) });
}

const VERIFIER = 'a-verifier-that-is-long-enough-for-the-rule-of-forty-three';

/** The address that an application opens; `change` replaces parameters, and an empty one is left out. */
export function buildAuthorizeUrl({ url }: Emulator, change: Record<string, string> = {}): string {
  const parameters = {
    client_id: GRAPH_TOOLS,
    response_type: 'code',
    redirect_uri: 'http://localhost:51234',
    response_mode: 'query',
    scope: 'User.Read openid profile offline_access',
    state: 'a state & more',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    client_info: '1',
    ...change,
  };
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return `${url}/organizations/oauth2/v2.0/authorize?${new URLSearchParams(given).toString()}`;
}

/** What the application gets back at its redirect address. */
export function readReply({ headers }: PageAnswer): URLSearchParams {
  return new URL(headers.get('location') ?? 'http://nowhere').searchParams;
}

export async function requestToken({ url }: Emulator, fields: Record<string, string>, tenant = 'organizations') {
  const body = new URLSearchParams({ client_id: GRAPH_TOOLS, client_info: '1', ...fields });
  const response = await fetch(`${url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  const answer: Record<string, unknown> = Object(await response.json());
  return { status: response.status, body: answer };
}

/** Trades a code of the page for tokens. */
export function redeemCode(emulator: Emulator, code: string, change: Record<string, string> = {}) {
  return requestToken(emulator, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'http://localhost:51234',
    code_verifier: VERIFIER,
    ...change,
  });
}

/** A person's token with these permissions, to which the tenant's first Global Administrator has agreed for everybody. */
export async function fetchPersonToken(emulator: Emulator, userPrincipalName: string, scopes: readonly string[]) {
  const url = buildAuthorizeUrl(emulator, { scope: [...scopes, 'openid'].join(' ') });
  const administrator = emulator.tenant.people.requireKind('globalAdministrator');
  await answerSignInPage(url, { userPrincipalName: administrator.userPrincipalName, forEverybody: 'on' });
  const reply = readReply(await answerSignInPage(url, { userPrincipalName }));
  const { body } = await redeemCode(emulator, reply.get('code') ?? '');
  return String(body.access_token);
}

async function readPage(response: Response): Promise<PageAnswer> {
  return { status: response.status, text: await response.text(), headers: response.headers };
}
