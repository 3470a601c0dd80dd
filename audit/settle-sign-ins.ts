// Reads the sign-ins of those whom the services did not see, and judges them again. A listing may leave values out: before an account
// enters the plan, or moves on in it, because it has none, a small read has said so.
import { noSignInKnown } from '../graph/user.ts';
import { addDays, isOutsider, type RunFacts } from '../policy/evidence.ts';
import { judge, type StackRules } from '../policy/judge.ts';
import type { JudgedAccount, RecommendedAction } from '../policy/judgement.ts';
import { inOrderOfReport } from './order.ts';
import type { Sorting } from './sorting.ts';
import type { OnProgress } from './sources/progress.ts';
import type { TenantReader } from './sources/reader.ts';
import type { SignInAccess } from './sources/sign-in-access.ts';
import type { KnownSignIns } from './sources/sign-in-search.ts';
import { readSignIns } from './sources/sign-ins.ts';
import { readSignInsSingly } from './sources/small-sign-ins.ts';

export interface SilentAccounts {
  reader: TenantReader;
  access: SignInAccess;
  sorting: Sorting;
  rules: StackRules;
  run: RunFacts;
  /** Accounts that have a file which may move on, on main or in the open proposal; ids in lower case. */
  moving: ReadonlySet<string>;
  /** Accounts in delicense: whoever still has something to lose needs new evidence. Ids in lower case. */
  delicensed: ReadonlySet<string>;
  onProgress: OnProgress;
}

/** Whose sign-ins are not known at the end. */
export interface SignInsLeft {
  /** Members for whom something would follow. */
  inDoubt: number;
  /** For whom nothing follows, and outsiders: more of them than are asked for by id. */
  notAsked: number;
}

export async function settleSignIns(options: SilentAccounts): Promise<SignInsLeft> {
  const { reader, access, sorting, rules, run } = options;
  if (access.kind !== 'read') return { inDoubt: 0, notAsked: 0 };
  const { mattering, others } = whomToAsk(options);
  const people = {
    mattering: idsOf(mattering),
    otherPeople: idsOf(others.filter((judged) => !isMailbox(judged))),
    mailboxes: idsOf(others.filter(isMailbox)),
    accounts: sorting.sorted().counts.accounts,
    silentSince: addDays(run.reportRefreshDate, -rules.policy.inactiveAfterDays),
  };
  const found = await readSignIns(reader, access.smallReads, people, options.onProgress);
  const open = mattering.filter((judged) => !found.has(idOf(judged)));
  const alone = await readAlone(open, options);
  const isSettled = (judged: JudgedAccount) =>
    settle(judged, alone.get(idOf(judged)) ?? found.get(idOf(judged)), sorting);
  return {
    inDoubt: mattering.filter((judged) => !isSettled(judged)).length,
    notAsked: others.filter((judged) => !isSettled(judged)).length,
  };
}

/** In the order of the reports, because not all of the others may be asked. */
function whomToAsk({ sorting, rules, run, moving }: SilentAccounts) {
  const open = inOrderOfReport(sorting.sorted().withoutSignIns, rules.policy, rules.prices);
  const matters = (judged: JudgedAccount) =>
    !isOutsider(judged.evidence) &&
    (moving.has(idOf(judged)) || followed.has(actionWithoutSignIns(judged, rules, run)));
  return { mattering: open.filter(matters), others: open.filter((judged) => !matters(judged)) };
}

/** A shared mailbox and a room have nobody who signs in. */
function isMailbox({ judgement }: JudgedAccount): boolean {
  return judgement.risks.some(({ code }) => code === 'shared-mailbox' || code === 'resource-mailbox');
}

/** What may follow for an account of which nobody knows a sign-in: a place in the plan, or in a list that somebody works through. */
const followed: ReadonlySet<RecommendedAction> = new Set([
  'disable-then-remove-licenses',
  'remove-licenses',
  'disable',
  'investigate',
  'on-premises',
  'escalate-to-hr',
]);

function actionWithoutSignIns(
  { evidence }: JudgedAccount,
  rules: StackRules,
  run: RunFacts,
): RecommendedAction {
  return judge({ ...evidence, signIns: noSignInKnown }, rules, run).judgement.action;
}

/**
 * Where even small lists may leave values out. Not more than one proposal can hold, and only as many new ones as one audit may add;
 * the lists have told before who of them is at work: else those would stand before the others from audit to audit.
 */
async function readAlone(
  open: readonly JudgedAccount[],
  { reader, rules, moving, delicensed }: SilentAccounts,
): Promise<ReadonlyMap<string, KnownSignIns>> {
  const { limits, proposal } = rules.policy;
  const isMoving = (judged: JudgedAccount) => moving.has(idOf(judged)) || delicensed.has(idOf(judged));
  const chosen = [
    ...open.filter(isMoving).slice(0, proposal.maxFiles),
    ...open.filter((judged) => !isMoving(judged)).slice(0, limits.newAccountsPerAudit),
  ];
  const found = new Map<string, KnownSignIns>();
  for (const [id, signIns] of await readSignInsSingly(reader, idsOf(chosen)))
    if (signIns.kind !== 'unavailable') found.set(id, signIns.kind === 'missing' ? noSignInKnown : signIns);
  return found;
}

function settle({ evidence }: JudgedAccount, signIns: KnownSignIns | undefined, sorting: Sorting): boolean {
  if (signIns === undefined) return false;
  sorting.retake({ ...evidence, signIns });
  return true;
}

function idsOf(accounts: readonly JudgedAccount[]): string[] {
  return accounts.map(idOf);
}

function idOf({ evidence }: JudgedAccount): string {
  return evidence.id.toLowerCase();
}
