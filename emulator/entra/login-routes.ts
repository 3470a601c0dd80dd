// Entra's login host: tokens for applications, and for the people who sign in with one.
import { type Context, Hono } from 'hono';
import type { RequestEnv, Site } from '../site.ts';
import { issueApplicationToken } from './access-tokens.ts';
import { TOKEN_SECONDS } from './bearer-tokens.ts';
import { createDiscoveryRoutes } from './discovery-routes.ts';
import { createAuthorizeRoutes } from './people/authorize-routes.ts';
import { createDeviceCodeRoutes } from './people/device-code-routes.ts';
import { isPersonGrant } from './people/person-grants.ts';
import { answerPersonGrant } from './people/person-tokens.ts';
import { requireTenant } from './requested-tenant.ts';
import { signIn } from './sign-in.ts';
import { answerSignInError, SignInError } from './sign-in-error.ts';
import { readForm, readTokenRequest, type TokenEndpoint } from './token-request.ts';
import { requireTokenResource } from './token-resources.ts';

/** `/{tenant}/oauth2/v2.0/token`, that of v1, the pages on which people sign in, and the documents that name them all. */
export function createLoginRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/:tenant/oauth2/v2.0/token', (c) => answerTokenRequest(site, c, 'v2'));
  app.post('/:tenant/oauth2/token', (c) => answerTokenRequest(site, c, 'v1'));
  for (const name of ['token', 'devicecode']) app.get(`/:tenant/oauth2/v2.0/${name}`, (c) => refuseGet(site, c));
  app.route('/', createAuthorizeRoutes(site));
  app.route('/', createDeviceCodeRoutes(site));
  app.route('/', createDiscoveryRoutes(site));
  return app;
}

/** Azure/azure-cli 32621 has the words. */
function refuseGet(site: Site, c: Context<RequestEnv>): Response {
  const sentence = 'The endpoint only accepts POST requests. Received a GET request.';
  return answerSignInError(site, c, new SignInError(400, 'invalid_request', 900561, sentence));
}

async function answerTokenRequest(site: Site, c: Context<RequestEnv>, endpoint: TokenEndpoint): Promise<Response> {
  // Not to be stored: RFC 6749, 5.1.
  c.header('Cache-Control', 'no-store, no-cache');
  c.header('Pragma', 'no-cache');
  c.header('x-ms-request-id', c.get('requestId'));
  try {
    return c.json(await issueToken(site, c, endpoint));
  } catch (error) {
    if (error instanceof SignInError) return answerSignInError(site, c, error);
    throw error;
  }
}

async function issueToken(site: Site, c: Context<RequestEnv>, endpoint: TokenEndpoint): Promise<object> {
  requireTenant(site, c.req.param('tenant') ?? '');
  const find = await readForm(c);
  const grant = find('grant_type') ?? '';
  if (endpoint === 'v2' && isPersonGrant(grant)) return answerPersonGrant(site, grant, find, new URL(c.req.url));
  const request = readTokenRequest(c, find, endpoint);
  const resource = requireTokenResource(site.tenant, request.resource, new URL(c.req.url));
  const { appId } = await signIn(site, request);
  const principal = [...site.tenant.directory.servicePrincipals.values()].find((one) => one.appId === appId);
  if (!principal) {
    const sentence = 'The client application is missing a service principal in the tenant.';
    throw new SignInError(400, 'unauthorized_client', 7000229, sentence);
  }
  const proof = request.assertion === undefined ? 'secret' : 'assertion';
  const access_token = await issueApplicationToken(site, { appId, objectId: principal.id, resource, proof });
  if (endpoint === 'v2') {
    return { token_type: 'Bearer', expires_in: TOKEN_SECONDS, ext_expires_in: TOKEN_SECONDS, access_token };
  }
  // Numbers as text, and the resource: azure-docs, articles/active-directory/azuread-dev/v1-oauth2-client-creds-grant-flow.md.
  const now = Math.floor(Date.now() / 1000);
  return {
    token_type: 'Bearer',
    expires_in: String(TOKEN_SECONDS),
    ext_expires_in: String(TOKEN_SECONDS),
    expires_on: String(now + TOKEN_SECONDS),
    not_before: String(now - 300),
    resource: resource.uri,
    access_token,
  };
}
