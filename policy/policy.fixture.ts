// Rules for tests. Not policy.yaml, which is the reader's to change: a test must not fail because a company waits 60 days.
import type { StackRules } from './judge/judge.ts';
import type { Policy } from './schemas/policy.ts';
import type { Prices } from './schemas/prices.ts';

type Merged =
  | 'stages'
  | 'limits'
  | 'risk'
  | 'mailbox'
  | 'oneDrive'
  | 'onPremises'
  | 'notifications'
  | 'exemptions'
  | 'proposal';

/** Like Policy; of the larger parts only what differs. */
export type PolicyChange = Partial<Omit<Policy, Merged>> & { [Key in Merged]?: Partial<Policy[Key]> };

/** 90 days of silence, a week in each stage, caps of 50 and 100, the usual words for executives and services. */
export function aPolicy(change: PolicyChange = {}): Policy {
  return {
    ...usual,
    ...change,
    stages: { ...usual.stages, ...change.stages },
    limits: { ...usual.limits, ...change.limits },
    risk: { ...usual.risk, ...change.risk },
    mailbox: { ...usual.mailbox, ...change.mailbox },
    oneDrive: { ...usual.oneDrive, ...change.oneDrive },
    onPremises: { ...usual.onPremises, ...change.onPremises },
    notifications: { ...usual.notifications, ...change.notifications },
    exemptions: { ...usual.exemptions, ...change.exemptions },
    proposal: { ...usual.proposal, ...change.proposal },
  };
}

/** The stack `contoso`, USD, nobody exempt. */
export function theRules({
  policy,
  ...change
}: Partial<Omit<StackRules, 'policy'>> & { policy?: PolicyChange } = {}): StackRules {
  return { stack: 'contoso', prices, exemptions: [], ...change, policy: aPolicy(policy) };
}

/** Prices per month; every SKU that a tenant of these tests has subscribed to is here but VISIOCLIENT. */
export const prices: Prices = {
  currency: 'USD',
  monthly: { SPE_E3: 36, SPE_E5: 57, EXCHANGESTANDARD: 4, POWER_BI_PRO: 9.99, EMS: 10.6, FLOW_FREE: 0 },
};

const usual: Policy = {
  inactiveAfterDays: 90,
  minimumAccountAgeDays: 90,
  minimumLicenseAgeDays: 30,
  reportMaxAgeDays: 5,
  evidenceMaxAgeDays: 30,
  signIns: 'required',
  stages: {
    notifyDays: 7,
    reviewDays: 7,
    disableDays: 7,
    deleteEligibleAfterDays: 30,
    archiveAfterDays: 180,
    keepDays: 90,
  },
  limits: {
    newAccountsPerAudit: 50,
    newAccountsPerDepartment: 20,
    changesPerApply: 100,
    changesPerDepartment: 40,
    shareOfTenant: 0.05,
  },
  risk: {
    executives: {
      jobTitles: ['chief * officer', 'ceo', 'board *'],
      departments: ['board*', 'executive*'],
      accounts: ['quiet.owner@contoso.com'],
    },
    serviceAccounts: {
      userPrincipalNames: ['svc-*', '*-svc@*', 'scanner*'],
      employeeTypes: ['service*'],
      jobTitles: ['service account*'],
    },
    emergencyAccessAccounts: ['breakglass*'],
  },
  mailbox: { convert: 'exchange', sharedLimitGigabytes: 50, unknownHold: 'hold-back' },
  onPremises: { plan: 'report', quarantine: 'off' },
  notifications: { fallbackContact: 'it-lifecycle@contoso.com', internalDomains: ['contoso.com'] },
  exemptions: { maxDays: 365 },
  proposal: { groupBy: 'stack', maxFiles: 250, retryAfterDays: 30 },
};
