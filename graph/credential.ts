// Which identity signs in, and how: one TokenCredential per tenant and role, by @azure/identity.
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { DormantError } from '../policy/errors.ts';
import { isEmulated, type Tenant } from '../policy/schemas/tenant.ts';
import { type CloudEndpoints, resolveEndpoints } from './clouds.ts';
import { createGitHubAssertion } from './github-assertion.ts';
import { buildUserAgent } from './user-agent.ts';

/** The two identities of the pipeline; each is one application in the tenant. */
export type Identity = 'audit' | 'apply';

/** One way to sign in: what it looks for, and how the credential is made; `make` returns null if nothing is set. */
interface CredentialSource {
  name: string;
  lookedFor: string;
  make(subject: Subject): TokenCredential | null;
}

interface Subject {
  tenantId: string;
  clientId: string;
  endpoints: CloudEndpoints;
  env: NodeJS.ProcessEnv;
}

/**
 * The first of `sources` that is set: what is set on purpose comes before what a machine happens to have. Throws
 * `no-credential` with all that was looked for.
 */
export function createCredential(tenant: Tenant, which: Identity, env: NodeJS.ProcessEnv): TokenCredential {
  const { tenantId, cloud } = tenant;
  const subject = {
    tenantId,
    clientId: tenant[which].clientId,
    endpoints: resolveEndpoints(cloud, env),
    env,
  };
  for (const source of sources) {
    const credential = source.make(subject);
    if (credential !== null) return credential;
  }
  throw createNoCredentialError(which, subject.clientId);
}

/** What `createCredential` looks for, for error messages and `doctor`. */
export function listCredentialSources(): readonly { name: string; lookedFor: string }[] {
  return sources.map(({ name, lookedFor }) => ({ name, lookedFor }));
}

const sources: readonly CredentialSource[] = [
  {
    name: 'client secret',
    lookedFor: 'AZURE_CLIENT_SECRET',
    make: ({ tenantId, clientId, endpoints, env }) =>
      env.AZURE_CLIENT_SECRET
        ? new ClientSecretCredential(tenantId, clientId, env.AZURE_CLIENT_SECRET, buildAuthorityOptions(endpoints))
        : null,
  },
  {
    name: 'client certificate',
    lookedFor: 'AZURE_CLIENT_CERTIFICATE_PATH (and AZURE_CLIENT_CERTIFICATE_PASSWORD)',
    make: createCertificateCredential,
  },
  {
    name: 'GitHub Actions OIDC',
    lookedFor:
      'ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN (a job with `permissions: id-token: write`)',
    make: ({ tenantId, clientId, endpoints, env }) => {
      const assertion = createGitHubAssertion(endpoints.assertionAudience, env);
      return (
        assertion && new ClientAssertionCredential(tenantId, clientId, assertion, buildAuthorityOptions(endpoints))
      );
    },
  },
  {
    name: 'managed identity',
    lookedFor: 'IDENTITY_ENDPOINT or MSI_ENDPOINT, or ARM_USE_MSI=true on a virtual machine',
    make: ({ clientId, env }) =>
      env.IDENTITY_ENDPOINT || env.MSI_ENDPOINT || env.ARM_USE_MSI === 'true'
        ? new ManagedIdentityCredential({ clientId })
        : null,
  },
  {
    name: 'Azure CLI',
    lookedFor: 'a person signed in by `az login` (not in CI)',
    make: ({ tenantId, endpoints, env }) =>
      env.CI || isEmulated(endpoints.cloud) ? null : new AzureCliCredential({ tenantId }),
  },
];

function createCertificateCredential({ tenantId, clientId, endpoints, env }: Subject): TokenCredential | null {
  const certificatePath = env.AZURE_CLIENT_CERTIFICATE_PATH;
  const certificatePassword = env.AZURE_CLIENT_CERTIFICATE_PASSWORD;
  if (!certificatePath) return null;
  const source = { certificatePath, ...(certificatePassword ? { certificatePassword } : {}) };
  return new ClientCertificateCredential(tenantId, clientId, source, buildAuthorityOptions(endpoints));
}

/** Instance discovery asks the global cloud about every other login host, and a closed network cannot reach it. */
function buildAuthorityOptions({ cloud, login }: CloudEndpoints) {
  const userAgentOptions = { userAgentPrefix: buildUserAgent('sign-in') };
  return { authorityHost: login, disableInstanceDiscovery: cloud !== 'global', userAgentOptions };
}

function createNoCredentialError(which: Identity, clientId: string): DormantError {
  const list = sources.map(({ name, lookedFor }) => `  ${name}: ${lookedFor}`).join('\n');
  return new DormantError(
    'no-credential',
    `There is no credential for the ${which} identity. Looked for, in this order:\n${list}`,
    { exitCode: 2, where: `client id ${clientId}`, remedy: 'Set one of them and start again.' },
  );
}
