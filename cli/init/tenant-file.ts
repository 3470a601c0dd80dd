// The text of a stack's tenant.yaml. Pure.
import { stringify } from 'yaml';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { locatePage } from '../../policy/words/locate-page.ts';

export function renderTenantFile(tenant: Tenant): string {
  return `# yaml-language-server: $schema=../../policy/schemas/tenant.schema.json
# The tenant that this stack stands for. No secret belongs here: the identities sign in by federation.

tenantId: ${formatScalar(tenant.tenantId)}
cloud: ${formatScalar(tenant.cloud)} # global (GCC, too), usgov, usgov-dod, china

audit: # reads only; both ids are outputs of the bootstrap
  clientId: ${formatScalar(tenant.audit.clientId)}
apply: # writes what was merged; cannot read reports
  clientId: ${formatScalar(tenant.apply.clientId)}

notifications:
  sender: ${formatScalar(tenant.notifications.sender)} # the one mailbox that notices are sent from
  replyTo: ${formatScalar(tenant.notifications.replyTo)} # where a manager objects

timeZone: ${formatScalar(tenant.timeZone)} # of the dates that people read
currency: ${formatScalar(tenant.currency)}
reportNames: ${formatScalar(tenant.reportNames ?? 'concealed')} # how every audit leaves the names in usage reports: concealed, shown

# records: # what runs have written, for years: ${locatePage('guides/records.md')}
#   store: { azureBlob: { account: contosorecords, container: records } } # or s3: { bucket, region }, or folder
`;
}

/** On one line, quoted if YAML needs it. */
function formatScalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
