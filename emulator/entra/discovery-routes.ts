// What the login host says of itself: OpenID Connect's discovery for both versions, its keys, and the cloud's instances. The
// fields are those of the documents at login.microsoftonline.com/common/(v2.0/).well-known/openid-configuration.
import { type Context, Hono } from 'hono';
import { CLOUDS } from '../clouds.ts';
import type { RequestEnv, Site } from '../site.ts';
import { isAnyTenant, requireTenant } from './requested-tenant.ts';
import { answerSignInError, SignInError } from './sign-in-error.ts';

export function createDiscoveryRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/:tenant/v2.0/.well-known/openid-configuration', (c) => answerConfiguration(site, c, 'v2'));
  app.get('/:tenant/.well-known/openid-configuration', (c) => answerConfiguration(site, c, 'v1'));
  for (const path of ['/:tenant/discovery/v2.0/keys', '/:tenant/discovery/keys']) {
    app.get(path, (c) => c.json(site.bearers.keys));
  }
  app.get('/common/discovery/instance', (c) => c.json(buildInstanceDiscovery(c)));
  return app;
}

function answerConfiguration(site: Site, c: Context<RequestEnv>, version: 'v1' | 'v2'): Response {
  try {
    requireTenant(site, c.req.param('tenant') ?? '', 'invalid_tenant');
    return c.json(buildConfiguration(site, c, version));
  } catch (error) {
    if (error instanceof SignInError) return answerSignInError(site, c, error);
    throw error;
  }
}

function buildConfiguration({ tenant }: Site, c: Context<RequestEnv>, version: 'v1' | 'v2'): object {
  const { origin, host } = new URL(c.req.url);
  const requested = c.req.param('tenant') ?? tenant.id;
  const base = `${origin}/${requested}`;
  const middle = version === 'v2' ? '/v2.0' : '';
  const { graph, sts } = CLOUDS[tenant.cloud];
  // Of `common`, the tenant is left open.
  const issuing = isAnyTenant(requested) ? '{tenantid}' : tenant.id;
  return {
    token_endpoint: `${base}/oauth2${middle}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery${middle}/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === 'v2' ? `${origin}/${issuing}/v2.0` : `https://${sts}/${issuing}/`,
    authorization_endpoint: `${base}/oauth2${middle}/authorize`,
    ...(version === 'v2' ? { device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode` } : {}),
    tenant_region_scope: isAnyTenant(requested) ? null : 'EU',
    cloud_instance_name: host,
    msgraph_host: new URL(graph).host,
  };
}

function buildInstanceDiscovery(c: Context<RequestEnv>): object {
  const { origin, host } = new URL(c.req.url);
  return {
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
