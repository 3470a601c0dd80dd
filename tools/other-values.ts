// What a company makes of policy, prices and exemptions: every number, list and word that it may change is another one. Pure.
import { parseDocument } from 'yaml';

const policyValues: Record<string, unknown> = {
  inactiveAfterDays: 120,
  minimumAccountAgeDays: 150,
  minimumLicenseAgeDays: 45,
  evidenceMaxAgeDays: 20,
  signIns: 'optional',
  'stages.notifyDays': 14,
  'stages.reviewDays': 10,
  'stages.disableDays': 21,
  'limits.newAccountsPerAudit': 5,
  'limits.newAccountsPerDepartment': 3,
  'limits.changesPerApply': 8,
  'limits.changesPerDepartment': 6,
  'limits.shareOfTenant': 0.02,
  'risk.vocabulary': 'off',
  'risk.executives.jobTitles': ['Werksleiter*'],
  'risk.executives.departments': ['Vorstand*'],
  'risk.serviceAccounts.userPrincipalNames': ['dienst-*'],
  'risk.emergencyAccessAccounts': ['notfall*'],
  'mailbox.convert': 'manual',
  'oneDrive.beforeDelicense': 'name',
  'notifications.fallbackContact': 'it@fabrikam.de',
  'notifications.hrContact': 'personal@fabrikam.de',
  'notifications.internalDomains': ['fabrikam.de'],
  'exemptions.maxDays': 200,
  'proposal.groupBy': 'department',
};

const priceValues: Record<string, unknown> = {
  currency: 'EUR',
  'monthly.SPE_E3': 31.4,
  'monthly.SPE_E5': 49,
  'monthly.VISIOCLIENT': 11,
};

const exemptions = `# yaml-language-server: $schema=policy/schemas/exemptions.schema.json
exemptions:
  - account: greta.lang@fabrikam.de
    reason: parental leave
    owner: Lee Park
    until: 2027-03-01
`;

/** The three files by their path; each from the text that it has. */
export function changeValues(texts: { policy: string; prices: string }): Record<string, string> {
  return {
    'policy/policy.yaml': setValues(texts.policy, policyValues),
    'policy/prices.yaml': setValues(texts.prices, priceValues),
    'exemptions.yaml': exemptions,
  };
}

function setValues(text: string, values: Record<string, unknown>): string {
  const document = parseDocument(text);
  for (const [path, value] of Object.entries(values)) document.setIn(path.split('.'), value);
  return String(document);
}
