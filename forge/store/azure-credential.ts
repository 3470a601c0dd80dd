// Who signs in to the storage account of records. It is an identity of its own kind of right, and may be in another tenant than the
// people: that of the subscription. A token file of a workflow would have ended before a long apply has: GitHub's live for minutes.
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { resolveEndpoints } from '../../graph/clouds.ts';
import { createGitHubAssertion } from '../../graph/github-assertion.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import { locatePage } from '../../policy/words/locate-page.ts';

/**
 * RECORDS_AZURE_CLIENT_ID and RECORDS_AZURE_TENANT_ID by a job's OIDC token or AZURE_FEDERATED_TOKEN_FILE; else a managed identity;
 * else a person's `az login`. Throws `no-credential`.
 */
export function createRecordsCredential(cloud: Cloud, env: NodeJS.ProcessEnv): TokenCredential {
  const clientId = env.RECORDS_AZURE_CLIENT_ID;
  const tenantId = env.RECORDS_AZURE_TENANT_ID;
  const federated = clientId && tenantId ? createFederated({ cloud, clientId, tenantId, env }) : null;
  if (federated !== null) return federated;
  if (env.IDENTITY_ENDPOINT || env.MSI_ENDPOINT || env.ARM_USE_MSI === 'true') {
    return new ManagedIdentityCredential(clientId ? { clientId } : {});
  }
  if (!env.CI) return new AzureCliCredential(tenantId ? { tenantId } : {});
  throw new DormantError('no-credential', 'Nothing signs in to the storage account of the records.', {
    exitCode: 2,
    where: 'RECORDS_AZURE_CLIENT_ID and RECORDS_AZURE_TENANT_ID',
    remedy: `Set both, in a job with \`permissions: id-token: write\` or with AZURE_FEDERATED_TOKEN_FILE; ${locatePage('guides/records.md')} has the commands.`,
  });
}

interface Federation {
  cloud: Cloud;
  clientId: string;
  tenantId: string;
  env: NodeJS.ProcessEnv;
}

function createFederated({ cloud, clientId, tenantId, env }: Federation): TokenCredential | null {
  const { login, assertionAudience } = resolveEndpoints(cloud, env);
  const authority = { authorityHost: login, disableInstanceDiscovery: cloud !== 'global' };
  const assertion = createGitHubAssertion(assertionAudience, env);
  if (assertion !== null) return new ClientAssertionCredential(tenantId, clientId, assertion, authority);
  const tokenFilePath = env.AZURE_FEDERATED_TOKEN_FILE;
  return tokenFilePath ? new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath, ...authority }) : null;
}
