import type { ErrorMeaning } from './meaning.ts';

/** Signing in to the tenant and reading it. Half a reading ends the run. */
export const tenantCodes = {
  'no-credential': {
    when: 'There is nothing to sign in with; the message lists what was looked for, in order.',
    remedy: 'Set one of them and start again.',
  },
  'sign-in-failed': {
    when: 'Microsoft refused the sign-in of the audit’s or the apply’s identity, or of the person who looks.',
    remedy:
      'Check the client id in tenant.yaml, its secret, certificate or federated credential, the tenant id and the cloud. For a person: do what Entra’s words say.',
  },
  'consent-needed': {
    when: 'Nobody has consented to the permissions that a person’s sign-in needs, or the person declined.',
    remedy:
      'Have an administrator run the same command once and consent on behalf of your organisation, or name an application that has the consent with `--client-id`.',
  },
  'device-code-blocked': {
    when: 'The tenant’s Conditional Access does not allow the device code flow.',
    remedy: 'Sign in by the browser: leave `--device-code` out.',
  },
  'role-missing': {
    when: 'The person who signed in holds no role that lets them read usage reports with people in them.',
    remedy:
      'Sign in as somebody with Reports Reader, or activate the role first if you are only eligible for it (PIM).',
  },
  'names-stay-concealed': {
    when: 'The tenant’s usage reports conceal names, and nobody agreed to show them for the look; or the person may not change that setting.',
    remedy: 'Agree when you are asked, or give `--show-names`; or have an administrator show the names for the time.',
  },
  'request-failed': {
    when: 'A request to Microsoft failed for good; the message has its status, Microsoft’s own code and words, and the request id.',
    remedy:
      'After 401, check that the identity exists and its credential is valid; after 403, grant the permission and consent to it; after 429, 5xx or no answer, start again later.',
  },
  'unexpected-answer': {
    when: 'An answer of Microsoft lacks a field, or has something else in its place. Nothing is planned from it, and nothing is done to the account that it is about.',
    remedy:
      'Start again. If it stays, look at the account in the Entra admin center, and report it with the request id (`--verbose`).',
  },
  'endless-list': {
    when: 'A list that Microsoft sends in pages goes on without an end.',
    remedy: 'Nothing was planned from it; start again later.',
  },
  'endless-redirect': {
    when: 'Exchange sends on from one address to the next without an end.',
    remedy: 'Start again later.',
  },
  'foreign-link': {
    when: 'An answer leads to another host than Microsoft’s API.',
    remedy: 'The access token was not sent there. Find out who answers in the name of the API.',
  },
  'bad-report': {
    when: 'A usage report has a line that cannot be read.',
    remedy: 'Nothing was planned from it. Start again later; if it stays, Microsoft has changed the report.',
  },
  'report-stale': {
    when: 'A usage report is older than policy.yaml allows.',
    remedy: 'Wait until Microsoft has refreshed the report, or raise `reportMaxAgeDays` in policy.yaml.',
  },
  'concealed-names': {
    when: 'The names in the usage reports are concealed, so accounts cannot be told apart.',
    remedy:
      'Grant ReportSettings.ReadWrite.All to the audit, or turn “Display concealed names” off in the Microsoft 365 admin center for the audit.',
  },
  'not-concealed-again': {
    when: 'The audit made the names in the usage reports readable and could not conceal them again.',
    remedy: 'Run `dormant conceal` for this stack.',
  },
  'audit-running': {
    when: 'Another process is auditing this stack right now.',
    remedy: 'Wait until it is done.',
  },
  'journal-tenant': {
    when: 'An audit has left the names readable in another tenant than tenant.yaml names now.',
    remedy: 'Put tenant.yaml back to that tenant and run `dormant conceal`.',
  },
} satisfies Record<string, ErrorMeaning>;
