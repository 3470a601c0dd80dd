// How the azuread plugin signs in as the same identity as everything else. Only by its environment: what the program gives
// a provider is kept in the state.
import { resolveEndpoints } from '../../graph/clouds.ts';
import type { Identity } from '../../graph/credential.ts';
import { type Cloud, isEmulated, type Tenant, toNationalCloud } from '../../policy/schemas/tenant.ts';

type Environment = Record<string, string>;

/**
 * The plugin's ARM_* for what `graph/credential.ts` would use, in its order. Without client certificates: the plugin takes
 * PKCS #12 and we take PEM, so users of one set ARM_CLIENT_CERTIFICATE_PATH.
 */
export function buildAzureadEnvironment(tenant: Tenant, identity: Identity, env: NodeJS.ProcessEnv): Environment {
  return {
    ARM_TENANT_ID: tenant.tenantId,
    ARM_CLIENT_ID: tenant[identity].clientId,
    ...buildCredentialEnvironment(tenant, env),
    ...(isEmulated(tenant.cloud) ? buildEmbeddedEnvironment(tenant, env) : {}),
  };
}

/** The plugin's names for the clouds; for the embedded tenant it takes the endpoints from ARM_METADATA_HOSTNAME instead. */
export function toAzureadCloud(cloud: Cloud): string {
  switch (toNationalCloud(cloud)) {
    case 'global':
      return 'global';
    case 'usgov':
      return 'usgovernment';
    case 'usgov-dod':
      return 'dod';
    case 'china':
      return 'china';
  }
}

function buildCredentialEnvironment({ cloud }: Tenant, env: NodeJS.ProcessEnv): Environment {
  if (env.AZURE_CLIENT_SECRET) return { ARM_CLIENT_SECRET: env.AZURE_CLIENT_SECRET };
  if (env.AZURE_CLIENT_CERTIFICATE_PATH) return {};
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
  if (url && token) {
    // The plugin requests the global cloud's audience unless the address names one.
    const request = new URL(url);
    request.searchParams.set('audience', resolveEndpoints(cloud, env).assertionAudience);
    return { ARM_USE_OIDC: 'true', ARM_OIDC_REQUEST_URL: request.href, ARM_OIDC_REQUEST_TOKEN: token };
  }
  const hasManagedIdentity = env.IDENTITY_ENDPOINT || env.MSI_ENDPOINT || env.ARM_USE_MSI === 'true';
  return hasManagedIdentity ? { ARM_USE_MSI: 'true' } : {};
}

/** The plugin is a Go program: it trusts what SSL_CERT_FILE names, as Node trusts NODE_EXTRA_CA_CERTS. */
function buildEmbeddedEnvironment({ cloud }: Tenant, env: NodeJS.ProcessEnv): Environment {
  const { host } = new URL(resolveEndpoints(cloud, env).login);
  const authority = env.NODE_EXTRA_CA_CERTS;
  return { ARM_METADATA_HOSTNAME: host, ...(authority ? { SSL_CERT_FILE: authority } : {}) };
}
