// The text of the two files that are a stack's own: tenant.yaml and Pulumi.<stack>.yaml. Pure.
import { stringify } from 'yaml';
import type { Tenant } from '../../policy/schemas/tenant.ts';

export function tenantFile(tenant: Tenant): string {
  return `# yaml-language-server: $schema=../../policy/schemas/tenant.schema.json
# The tenant that this stack stands for. No secret belongs here: the identities sign in by federation.

tenantId: ${scalar(tenant.tenantId)}
cloud: ${scalar(tenant.cloud)} # global (GCC, too), usgov, usgov-dod, china

audit: # reads only; both ids are outputs of the bootstrap
  clientId: ${scalar(tenant.audit.clientId)}
apply: # writes what was merged; cannot read reports
  clientId: ${scalar(tenant.apply.clientId)}

notifications:
  sender: ${scalar(tenant.notifications.sender)} # the one mailbox that notices are sent from
  replyTo: ${scalar(tenant.notifications.replyTo)} # where a manager objects

timeZone: ${scalar(tenant.timeZone)} # of the dates that people read
currency: ${scalar(tenant.currency)}
`;
}

/** Pulumi's own file of the stack. The backend is not in it, because Pulumi reads that from the environment or Pulumi.yaml. */
export function pulumiStackFile(
  stack: string,
  { backend, secretsProvider }: { backend: string | null; secretsProvider: string | null },
): string {
  return `# Pulumi's settings of the stack ${stack}. What is applied is in stacks/${stack}/, not here.
# Backend: PULUMI_BACKEND_URL=${backend ?? '<azblob://container?storage_account=name | s3://bucket | gs://bucket>'}
#   on GitHub a variable of this stack's environments; nothing reads it from this file.
${secretsProviderLines(secretsProvider)}config: {}
`;
}

function secretsProviderLines(secretsProvider: string | null): string {
  return secretsProvider === null
    ? '# Secrets: a passphrase in PULUMI_CONFIG_PASSPHRASE; the state holds no secret of the tenant.\n'
    : `secretsprovider: ${scalar(secretsProvider)}\n`;
}

/** Quoted where YAML needs it, on one line. */
function scalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
