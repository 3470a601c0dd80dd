// Is this account in use? One small rule per reason; every reason that applies is kept. Pure.
import {
  countDaysBetween,
  type Day,
  type Evidence,
  findActivity,
  judgedServices,
  type RunFacts,
  type SignIns,
} from '../evidence.ts';
import type { Policy } from '../schemas/policy.ts';
import { doubtCodes, type ReasonCode, type Verdict } from './judgement.ts';

interface ActivityVerdict {
  verdict: Verdict;
  reasons: ReasonCode[];
  lastActivityOn: Day | null;
  inactiveDays: number | null;
}

/**
 * Recent activity of any kind makes an account active, whatever else is unknown. Otherwise any doubt makes the evidence
 * insufficient. Only an account that is known to be silent is inactive.
 */
export function judgeActivity(evidence: Evidence, policy: Policy, run: RunFacts): ActivityVerdict {
  const activity = listActivity(evidence);
  const lastActivityOn = findLatest(activity.map(({ day }) => day));
  const inactiveDays = lastActivityOn === null ? null : countDaysSince(lastActivityOn, run);

  const recent = activity
    .filter(({ day }) => countDaysSince(day, run) < policy.inactiveAfterDays)
    .map(({ reason }) => reason);
  const doubts = doubtCodes.filter((code) => doubtRules[code](evidence, policy, run));
  if (recent.length > 0) return { verdict: 'active', reasons: recent, lastActivityOn, inactiveDays };
  if (doubts.length > 0) return { verdict: 'insufficient-evidence', reasons: doubts, lastActivityOn, inactiveDays };

  const silence: ReasonCode = lastActivityOn === null ? 'never-active' : 'no-activity-for-days';
  const notes = noteRules.filter(([, applies]) => applies(evidence, policy, run)).map(([code]) => code);
  return { verdict: 'inactive', reasons: [silence, ...notes], lastActivityOn, inactiveDays };
}

const activityReason = {
  exchange: 'exchange-activity',
  oneDrive: 'onedrive-activity',
  sharePoint: 'sharepoint-activity',
  teams: 'teams-activity',
  yammer: 'yammer-activity',
} as const satisfies Record<(typeof judgedServices)[number], ReasonCode>;

/** Every day of known activity. Attempts to sign in do not count. */
function listActivity({ usage, signIns }: Evidence): { day: Day; reason: ReasonCode }[] {
  const found: { day: Day | null; reason: ReasonCode }[] = [];
  const lastActivity = findActivity(usage);
  if (lastActivity !== null) {
    for (const service of judgedServices) {
      found.push({ day: lastActivity[service], reason: activityReason[service] });
    }
  }
  if (signIns.kind === 'read') found.push({ day: signIns.lastSuccessful, reason: 'successful-sign-in' });
  return found.filter((entry): entry is { day: Day; reason: ReasonCode } => entry.day !== null);
}

type Rule = (evidence: Evidence, policy: Policy, run: RunFacts) => boolean;

const doubtRules: Record<(typeof doubtCodes)[number], Rule> = {
  'account-incomplete': ({ incomplete }) => incomplete.length > 0,
  'report-row-missing': ({ usage }) => usage.kind === 'missing',
  // Two rows with one userPrincipalName: either may be this account's (the report has no id column).
  'report-row-ambiguous': ({ usage }) => usage.kind === 'ambiguous',
  'report-row-unreadable': ({ usage }) => usage.kind === 'unreadable',
  'sign-in-unavailable': ({ signIns }, policy) => signIns.kind === 'unavailable' && policy.signIns === 'required',
  // Read again first; accounts that still have none stay in doubt.
  'sign-in-missing': ({ signIns }) => signIns.kind === 'missing',
  // lastSuccessfulSignInDateTime is not filled in for the time before December 2023: its null is not "never".
  'sign-in-attempts-only': ({ signIns }, policy, run) =>
    signIns.kind === 'read' && signIns.lastSuccessful === null && hasRecentAttempts(signIns, policy, run),
  // A shared one must not be blocked. While it has not been asked for, the plan leaves the account alone.
  'mailbox-unknown': ({ mailbox }) => mailbox.recipientType === 'unknown' && mailbox.asked === true,
  // A missing createdDateTime means older than June 2018, when Entra began to record it for synced users.
  'account-too-new': ({ createdOn }, policy, run) =>
    createdOn !== null && countDaysSince(createdOn, run) < policy.minimumAccountAgeDays,
  'recently-licensed': ({ licenses }, policy, run) =>
    licenses.some(
      ({ assignedOn }) => assignedOn !== null && countDaysSince(assignedOn, run) < policy.minimumLicenseAgeDays,
    ),
};

const noteRules: readonly [ReasonCode, Rule][] = [
  // Entra's other two sign-in fields include failed attempts: recent ones without a success look like a spray.
  ['signs-of-spray', ({ signIns }, policy, run) => hasRecentAttempts(signIns, policy, run)],
  ['sign-in-not-known', ({ signIns }) => signIns.kind === 'unavailable'],
];

function hasRecentAttempts(signIns: SignIns, policy: Policy, run: RunFacts): boolean {
  return (
    signIns.kind === 'read' &&
    signIns.lastAttempt !== null &&
    countDaysSince(signIns.lastAttempt, run) < policy.inactiveAfterDays
  );
}

/** Counted to the report's refresh date. Sign-ins are newer than the report, hence at least zero. */
function countDaysSince(day: Day, run: RunFacts): number {
  return Math.max(0, countDaysBetween(day, run.reportRefreshDate));
}

function findLatest(days: readonly Day[]): Day | null {
  return days.reduce<Day | null>((best, day) => (best === null || day > best ? day : best), null);
}
