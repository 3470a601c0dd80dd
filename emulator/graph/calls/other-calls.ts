// Calls beside Graph's resources: batches, sign-ins, downloads, and Exchange's cmdlets, documented only for use by people.
import type { CallFacts } from './call.ts';

/** No page of Microsoft's describes the endpoint; CIPP-API's New-ExoRequest sends `$select`, too. */
const buildCmdletCall = (name: string) =>
  ({
    permissions: ['Exchange.ManageAsApp'],
    units: null,
    page: `office-docs-powershell: ${name}.md`,
    query: ['$select'],
  }) as const;

const invoke = 'POST /adminapi/beta/{tenant}/InvokeCommand';

export const otherCalls: Readonly<Record<string, CallFacts>> = {
  'POST /$batch': {
    permissions: [],
    units: null,
    page: 'microsoft-graph-docs-contrib: concepts/json-batching.md',
  },
  'GET /reports/download/{ticket}': {
    permissions: [],
    units: null,
    page: 'reportroot-getoffice365activeuserdetail.md',
    // The signature in the URL of the download host.
    query: ['sp', 'se'],
  },
  'POST /{tenant}/oauth2/v2.0/devicecode': {
    permissions: [],
    units: null,
    page: 'entra-docs: docs/identity-platform/v2-oauth2-device-code.md',
  },
  'POST /{tenant}/oauth2/v2.0/token': {
    permissions: [],
    units: null,
    page: 'entra-docs: docs/identity-platform/v2-oauth2-client-creds-grant-flow.md',
    query: ['client-request-id'],
  },
  'GET /{tenant}/v2.0/.well-known/openid-configuration': {
    permissions: [],
    units: null,
    page: 'entra-docs: docs/identity-platform/v2-protocols-oidc.md',
  },
  [`${invoke} Get-Mailbox`]: buildCmdletCall('Get-Mailbox'),
  [`${invoke} Get-MailboxStatistics`]: buildCmdletCall('Get-MailboxStatistics'),
  [`${invoke} Get-OrganizationConfig`]: buildCmdletCall('Get-OrganizationConfig'),
  [`${invoke} Set-Mailbox`]: buildCmdletCall('Set-Mailbox'),
};
