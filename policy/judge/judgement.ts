// The values of a judgement: verdict, reasons, risks, action. The rules are in verdict.ts, risk.ts and action.ts.
import type { Day, Evidence } from '../evidence.ts';
import type { ScopePlace } from '../populations/scope.ts';
import type { SavingsOutlook } from './savings.ts';

export const verdicts = ['active', 'inactive', 'insufficient-evidence'] as const;
export type Verdict = (typeof verdicts)[number];

/** Any of them makes the evidence insufficient; each has its rule in verdict.ts. */
export const doubtCodes = [
  'account-incomplete',
  'report-row-missing',
  'report-row-ambiguous',
  'report-row-unreadable',
  'sign-in-unavailable',
  'sign-in-missing',
  'sign-in-attempts-only',
  'mailbox-unknown',
  'account-too-new',
  'recently-licensed',
] as const;

/** What makes an account active. */
export const activeCodes = [
  'exchange-activity',
  'onedrive-activity',
  'sharepoint-activity',
  'teams-activity',
  'yammer-activity',
  'successful-sign-in',
] as const;

/** Why the verdict is what it is: all that apply, not only the first. */
export const reasonCodes = [
  ...activeCodes,
  // inactive
  'no-activity-for-days',
  'never-active',
  'signs-of-spray',
  'sign-in-not-known',
  // insufficient evidence
  ...doubtCodes,
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export const riskCodes = [
  'executive',
  'service-account',
  'shared-mailbox',
  'resource-mailbox',
  'privileged-role',
  'emergency-access',
  'pipeline-account',
] as const;
export type RiskCode = (typeof riskCodes)[number];

/** A reason not to touch an account, with what it was recognised by. */
export interface Risk {
  code: RiskCode;
  /** Such as `job title matches "chief * officer"` or `Global Administrator (eligible, through group Ops)`. */
  because: string;
}

export const recommendedActions = [
  'disable-then-remove-licenses',
  'remove-licenses',
  'disable',
  'investigate',
  'escalate-to-hr',
  'manual-review',
  'on-premises',
  'guest-audit',
  'out-of-scope',
  'exempt',
  'none',
] as const;
export type RecommendedAction = (typeof recommendedActions)[number];

/** Only these enter a plan by themselves. */
export const plannedActions: readonly RecommendedAction[] = [
  'disable-then-remove-licenses',
  'remove-licenses',
  'disable',
];

export interface Judgement {
  verdict: Verdict;
  reasons: readonly ReasonCode[];
  /** The latest of Exchange, OneDrive, SharePoint, Teams and the last successful sign-in. */
  lastActivityOn: Day | null;
  /** Days from lastActivityOn to the report's refresh date, at least 0; null when no activity was ever seen. */
  inactiveDays: number | null;
  /** The population of policy.yaml by whose days it was judged; null: the policy's own. */
  population: string | null;
  scope: ScopePlace;
  risks: readonly Risk[];
  action: RecommendedAction;
  /** Set when an exemption that is in force names the account. */
  exemption: { reason: string; owner: string; until: Day } | null;
  /** What it costs, and what delicensing it saves while nobody has released its files (`applyRelease`). */
  savings: SavingsOutlook;
}

export interface JudgedAccount {
  evidence: Evidence;
  judgement: Judgement;
}
