// May this write still happen? The apply asks with what it has just read, before it takes anything away. Pure.
import {
  type AccountKind,
  countDaysBetween,
  type Day,
  type FormerBelonging,
  type LiveSignIns,
  type NamedGroups,
  type PrivilegeAccess,
  type RoleHolding,
} from '../evidence.ts';
import { foldId, isSameUpn, type UserId, type UserPrincipalName } from '../identifiers.ts';
import { findExemption } from '../judge/exemption.ts';
import { isOutsider } from '../judge/guests.ts';
import { listPrivilegeGaps } from '../judge/privileges.ts';
import { listRisks, type RiskContext, type RiskSubject } from '../judge/risk.ts';
import { resolvePopulation } from '../populations/resolve-population.ts';
import { findScopePlace, scopeWords } from '../populations/scope.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Exemption } from '../schemas/exemptions.ts';
import type { Policy } from '../schemas/policy.ts';
import type { SigningProblem } from '../signing/judge-version.ts';
import { refuseActiveAgain, refuseAttemptsOnly, refuseShortSilence } from './activity.ts';

/** The account as the tenant has it now. */
export interface LiveAccount {
  id: UserId;
  userPrincipalName: UserPrincipalName;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  mail: string | null;
  userType: 'member' | 'guest';
  accountKind: AccountKind;
  department: string | null;
  jobTitle: string | null;
  employeeType: string | null;
  roles: readonly RoleHolding[];
  /** Whether `roles` is known to be complete. */
  privilegeAccess: PrivilegeAccess;
  signIns: LiveSignIns;
  mailbox: RiskSubject['mailbox'];
  licenses: RiskSubject['licenses'];
  /** Of the groups that policy.yaml names by populations and scope; absent: of no group is it known. */
  namedGroups?: NamedGroups;
}

/** What was reviewed: the parts of the account file that the guard compares with. */
export type ReviewedAccount = Pick<AccountFile, 'account'> & {
  evidence: {
    auditedOn: Day;
    lastActivity: { signIn: Day | null };
    /** By whose days it was judged; absent: by the policy's own. */
    population?: string;
    /** The last activity that the review saw of any kind; absent: none. */
    silentSince?: Day;
  };
  /** What this pipeline has taken of what its population is matched by. */
  former?: FormerBelonging;
  /** Whether this pipeline shared the mailbox, if it is shared now (`isOwnConversion`): then it is not one to protect. */
  isOwnMailbox: boolean;
};

const refusalCodes = [
  'gone',
  'renamed',
  'guest',
  'mailbox-unknown',
  'active-again',
  'sign-in-attempts-only',
  'sign-ins-unavailable',
  'protected',
  'privilege-unknown',
  'exempt',
  'evidence-too-old',
  'licence-goes-with-block',
  'out-of-scope',
  'over-limit',
  'key-too-new',
] as const;
/** What the guard says, and what is wrong with a file before anybody asks it. */
export type RefusalCode = (typeof refusalCodes)[number] | SigningProblem['code'];

/** Why an account is left alone although its merged file asks for a change. */
export interface Refusal {
  code: RefusalCode;
  /** What changed since the review, with both values. */
  because: string;
}

export interface GuardContext extends Pick<RiskContext, 'pipelineAccounts'> {
  stack: string;
  policy: Policy;
  exemptions: readonly Exemption[];
  today: Day;
}

/**
 * Every reason not to take anything from the account; empty: go on. `found` null: the tenant does not have it. Giving back
 * asks only whether it is still the same account: see `guardRestore`.
 */
export function guard(reviewed: ReviewedAccount, found: LiveAccount | null, rules: GuardContext): Refusal[] {
  if (found === null) return [refuseGone(reviewed)];
  const live = { ...found, ...(reviewed.former === undefined ? {} : { former: reviewed.former }) };
  const { name: population, policy } = resolvePopulation(live, rules.policy);
  const context = { ...rules, policy, population };
  return [
    ...refuseRenamed(reviewed, live),
    ...refuseOutsider(live),
    ...refuseUnknownMailbox(live),
    ...refuseActiveAgain(reviewed, live, context),
    ...refuseShortSilence(reviewed, context),
    ...refuseAttemptsOnly(live, context),
    ...refuseUnreadSignIns(live, context),
    ...refuseProtected(reviewed, live, context),
    ...refuseUnknownPrivilege(live, context),
    ...refuseExempt(live, context),
    ...refuseOutOfScope(live, context),
    ...refuseOldEvidence(reviewed, context),
  ];
}

/** Gives nothing to an account that is gone or looks like somebody else now. */
export function guardRestore(reviewed: ReviewedAccount, live: Omit<LiveAccount, 'signIns'> | null): Refusal[] {
  return live === null ? [refuseGone(reviewed)] : refuseRenamed(reviewed, live);
}

function refuseGone({ account }: ReviewedAccount): Refusal {
  return { code: 'gone', because: `the tenant has no account ${account.id} (${account.userPrincipalName})` };
}

/** One of the two names changes with a marriage or a new domain; both at once is an account given to somebody else. */
function refuseRenamed({ account }: ReviewedAccount, live: Omit<LiveAccount, 'signIns'>): Refusal[] {
  const isSomeoneElse =
    !isSameUpn(account.userPrincipalName, live.userPrincipalName) && account.displayName !== live.displayName;
  if (!isSomeoneElse) return [];
  const was = `${account.displayName} (${account.userPrincipalName})`;
  return [{ code: 'renamed', because: `was ${was}, is ${live.displayName} (${live.userPrincipalName})` }];
}

function refuseOutsider(live: LiveAccount): Refusal[] {
  if (!isOutsider(live)) return [];
  const what = live.userType === 'guest' ? 'a guest' : 'a member of another company';
  return [{ code: 'guest', because: `is ${what}; those are audited separately` }];
}

/** A shared mailbox, a room or a Bookings mailbox must be known before anything is taken, not after sign-in is blocked. */
function refuseUnknownMailbox({ mailbox }: LiveAccount): Refusal[] {
  if (mailbox.recipientType !== 'unknown') return [];
  const because =
    'the kind of its mailbox is not known: Graph does not find it although a licence or an address says that there is one, or it may not be read; `dormant doctor` shows what is missing';
  return [{ code: 'mailbox-unknown', because }];
}

function refuseUnreadSignIns({ signIns }: LiveAccount, { policy }: GuardContext): Refusal[] {
  if (signIns.kind === 'read' || policy.signIns === 'optional') return [];
  const because = 'sign-ins could not be read, and policy.yaml requires them (signIns: required)';
  return [{ code: 'sign-ins-unavailable', because }];
}

function refuseProtected(
  { isOwnMailbox }: ReviewedAccount,
  live: LiveAccount,
  { policy, pipelineAccounts }: GuardContext,
): Refusal[] {
  const convertedMailboxes = new Set(isOwnMailbox ? [foldId(live.id)] : []);
  const risks = listRisks(live, policy, { pipelineAccounts, convertedMailboxes });
  return risks.map(({ because }) => ({ code: 'protected', because }));
}

/** An account that may be privileged is left alone while the policy requires this source. */
function refuseUnknownPrivilege({ privilegeAccess }: LiveAccount, { policy }: GuardContext): Refusal[] {
  return listPrivilegeGaps(privilegeAccess, policy)
    .filter(({ isRequired }) => isRequired)
    .map(({ source, says }) => ({
      code: 'privilege-unknown',
      because: `${says}, and the policy asks for it (risk.privileged.${source})`,
    }));
}

function refuseExempt(live: LiveAccount, context: GuardContext): Refusal[] {
  const found = findExemption(live, context, context.today);
  return found ? [{ code: 'exempt', because: `exempt until ${found.until}: ${found.reason} (${found.owner})` }] : [];
}

function refuseOutOfScope(live: LiveAccount & Pick<ReviewedAccount, 'former'>, { policy }: GuardContext): Refusal[] {
  const place = findScopePlace(live, policy);
  return place === 'inside' ? [] : [{ code: 'out-of-scope', because: `is ${scopeWords[place]}` }];
}

function refuseOldEvidence({ evidence }: ReviewedAccount, { policy, today }: GuardContext): Refusal[] {
  const age = countDaysBetween(evidence.auditedOn, today);
  if (age < 0) {
    const because = `the evidence is dated ${evidence.auditedOn}, which is in the future; the next audit renews it`;
    return [{ code: 'evidence-too-old', because }];
  }
  if (age <= policy.evidenceMaxAgeDays) return [];
  const because = `the evidence is ${age} days old, allowed are ${policy.evidenceMaxAgeDays}; the next audit renews it`;
  return [{ code: 'evidence-too-old', because }];
}
