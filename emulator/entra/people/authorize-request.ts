// The request that opens the page of a sign-in: checked before anybody is asked. What is wrong with the application or its address is
// shown on Entra's own page; everything else goes to the application.
import type { Site } from '../../site.ts';
import { SignInError } from '../sign-in-error.ts';
import type { AuthorizationCode } from './person-sessions.ts';
import { mayRedirectTo, type PublicClient, requirePublicClient } from './public-clients.ts';
import { parseRequestedScopes, type RequestedScopes } from './requested-scopes.ts';

/** How, and where, the application is answered. */
export interface ReplyAddress {
  readonly redirectUri: string;
  readonly responseMode: 'query' | 'fragment' | 'form_post';
  readonly state: string | undefined;
}

export interface AuthorizeRequest extends ReplyAddress {
  readonly client: PublicClient;
  readonly scopes: RequestedScopes;
  readonly challenge: AuthorizationCode['challenge'];
  readonly nonce: string | undefined;
  readonly loginHint: string;
  readonly wantsClientInfo: boolean;
}

/** Throws SignInError for what is shown here: an unknown application, a redirect address that is not its own. */
export function requireReplyAddress(site: Site, query: URLSearchParams): ReplyAddress & { client: PublicClient } {
  const client = requirePublicClient(site, requireParameter(query, 'client_id'));
  const redirectUri = query.get('redirect_uri') ?? client.redirectUris[0] ?? '';
  if (!mayRedirectTo(client, redirectUri)) {
    const sentence = `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${client.appId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`;
    throw new SignInError(400, 'invalid_request', 50011, sentence);
  }
  return { client, redirectUri, responseMode: parseMode(query), state: query.get('state') ?? undefined };
}

/** Throws SignInError for what the application is told. */
export function parseAuthorizeRequest(
  site: Site,
  query: URLSearchParams,
  here: URL,
): Omit<AuthorizeRequest, keyof ReplyAddress | 'client'> {
  const client = requirePublicClient(site, requireParameter(query, 'client_id'));
  requireCodeResponse(requireParameter(query, 'response_type'));
  const scopes = parseRequestedScopes(site.tenant, client, requireParameter(query, 'scope'), here);
  if (query.get('prompt') === 'none') {
    // Nobody stays signed in here.
    const sentence = 'Session information is not sufficient for single-sign-on.';
    throw new SignInError(400, 'login_required', 50058, sentence);
  }
  return {
    scopes,
    challenge: parseChallenge(query),
    nonce: query.get('nonce') ?? undefined,
    loginHint: query.get('login_hint') ?? '',
    wantsClientInfo: query.get('client_info') === '1',
  };
}

function requireParameter(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new SignInError(
    400,
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

/** Default `query` (v2-oauth2-auth-code-flow.md of entra-docs). */
function parseMode(query: URLSearchParams): ReplyAddress['responseMode'] {
  const mode = query.get('response_mode') ?? 'query';
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode;
  throw new SignInError(
    400,
    'invalid_request',
    70007,
    `'${mode}' is not a supported value of 'response_mode' when requesting a token.`,
  );
}

/** The implicit and hybrid flows are for web applications, which are none of the clients here. */
function requireCodeResponse(type: string): void {
  if (type === 'code') return;
  throw new SignInError(
    400,
    'unsupported_response_type',
    70005,
    `'response_type' '${type}' is not enabled for the application.`,
  );
}

/** Of 43 to 128 characters (RFC 7636, 4.2); without a method it is plain (v2-oauth2-auth-code-flow.md). */
function parseChallenge(query: URLSearchParams): AuthorizationCode['challenge'] {
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (value === null) return null;
  if (method !== 'S256' && method !== 'plain')
    throw new SignInError(400, 'invalid_request', 50149, 'Invalid Code_Challenge_method parameter.');
  if (value.length < 43 || value.length > 128)
    throw new SignInError(400, 'invalid_request', 501491, 'Invalid size of Code_Challenge parameter.');
  return { value, method };
}
