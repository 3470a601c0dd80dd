// Entra's login host: tokens for applications, and the discovery documents.
import { type Context, Hono } from 'hono';
import type { RequestEnv, Site } from '../site.ts';
import { TOKEN_SECONDS } from './bearer-tokens.ts';
import { signIn } from './sign-in.ts';
import { SignInError } from './sign-in-error.ts';
import { requireTokenResource } from './token-resources.ts';

/** `/{tenant}/oauth2/v2.0/token` and the routes beside it. */
export function createLoginRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/:tenant/oauth2/v2.0/token', (c) => issueToken(site, c));
  app.post('/:tenant/oauth2/token', (c) => issueToken(site, c));
  app.get('/:tenant/v2.0/.well-known/openid-configuration', (c) => c.json(buildOpenIdConfiguration(site, c, '/v2.0')));
  app.get('/:tenant/.well-known/openid-configuration', (c) => c.json(buildOpenIdConfiguration(site, c, '')));
  app.get('/:tenant/discovery/v2.0/keys', (c) => c.json(site.bearers.keys));
  app.get('/common/discovery/instance', (c) => c.json(buildInstanceDiscovery(c)));
  return app;
}

async function issueToken(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const form = await c.req.parseBody();
  const readField = (name: string) => (typeof form[name] === 'string' ? form[name] : undefined);
  try {
    requireTenant(site, c.req.param('tenant') ?? '');
    const { origin } = new URL(c.req.url);
    const resource = requireTokenResource(site.tenant, readField('scope') ?? readField('resource') ?? '', origin);
    const application = await signIn(site, {
      ...parseCredentials(c, readField('client_id')),
      ...(readField('client_secret') === undefined ? {} : { clientSecret: readField('client_secret') }),
      assertion: readField('client_assertion'),
    });
    const principal = [...site.tenant.directory.servicePrincipals.values()].find(
      ({ appId }) => appId === application.appId,
    );
    if (!principal)
      throw new SignInError(
        400,
        'unauthorized_client',
        7000229,
        'The client application is missing a service principal in the tenant.',
      );
    const issuer = `https://sts.windows.net/${site.tenant.id}/`;
    const access_token = await site.bearers.issue({
      appId: application.appId,
      objectId: principal.id,
      resource,
      issuer,
    });
    site.handedOut.add(access_token);
    return c.json({
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      ext_expires_in: TOKEN_SECONDS,
      access_token,
    });
  } catch (error) {
    if (error instanceof SignInError) return sendRefusal(c, error);
    throw error;
  }
}

function parseCredentials(
  c: Context,
  clientId: string | undefined,
): { clientId: string; clientSecret: string | undefined } {
  const [scheme, encoded = ''] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic') return { clientId: clientId ?? '', clientSecret: undefined };
  const [user = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId: decodeURIComponent(user), clientSecret: decodeURIComponent(secret) };
}

function requireTenant({ tenant }: Site, requested: string): void {
  const known = [tenant.id, tenant.domain, 'contoso.onmicrosoft.com', 'common', 'organizations'];
  if (known.includes(requested.toLowerCase())) return;
  throw new SignInError(
    400,
    'invalid_request',
    90002,
    `Tenant '${requested}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}

function sendRefusal(c: Context<RequestEnv>, { status, error, number, message }: SignInError): Response {
  const body = {
    error,
    error_description: `${message} Trace ID: ${c.get('requestId')} Timestamp: ${new Date().toISOString()}`,
    error_codes: [number],
    timestamp: new Date().toISOString(),
    trace_id: c.get('requestId'),
    correlation_id: c.get('requestId'),
  };
  return c.json(body, status === 400 ? 400 : 401);
}

function buildOpenIdConfiguration({ tenant }: Site, c: Context, version: '/v2.0' | ''): Record<string, unknown> {
  const { origin } = new URL(c.req.url);
  const base = `${origin}/${c.req.param('tenant') ?? tenant.id}`;
  return {
    token_endpoint: `${base}/oauth2${version}/token`,
    authorization_endpoint: `${base}/oauth2${version}/authorize`,
    issuer: `${origin}/${tenant.id}${version}`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    response_types_supported: ['code', 'id_token', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256'],
    tenant_region_scope: 'EU',
    cloud_instance_name: new URL(origin).host,
  };
}

function buildInstanceDiscovery(c: Context): Record<string, unknown> {
  const { origin, host } = new URL(c.req.url);
  return {
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
