// Reads the sign-ins of accounts that the services did not see, and judges them again. A listing may leave values out, so
// an account without sign-ins enters the plan or moves on only after a small read has confirmed that.
import { noSignInKnown } from '../graph/user.ts';
import { addDays, type RunFacts } from '../policy/evidence.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import { isOutsider } from '../policy/judge/guests.ts';
import { judge, type StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount, RecommendedAction } from '../policy/judge/judgement.ts';
import { findShortestSilence } from '../policy/populations/population-policy.ts';
import type { AccountSorter } from './judge-accounts.ts';
import { sortForReport } from './report-order.ts';
import type { OnProgress } from './sources/progress.ts';
import type { AuditReader } from './sources/reader.ts';
import type { SignInProbe } from './sources/sign-in-probe.ts';
import type { KnownSignIns } from './sources/sign-in-search.ts';
import { readSignIns } from './sources/sign-ins.ts';
import { readSignInsSingly } from './sources/small-sign-ins.ts';

interface ResolveSignInsOptions {
  reader: AuditReader;
  access: SignInProbe;
  sorter: AccountSorter;
  rules: StackRules;
  run: RunFacts;
  /** Accounts whose file may move on, on main or in the open proposal. */
  moving: ReadonlySet<IdKey>;
  /** Accounts in delicense, which may still lose something and so need new evidence. */
  delicensed: ReadonlySet<IdKey>;
  onProgress: OnProgress;
}

/** How many sign-ins are still not known at the end. */
export interface OpenSignInCounts {
  /** Of members for whom something would follow. */
  inDoubt: number;
  /** Of outsiders and accounts for which nothing follows, beyond those that are read by id. */
  notAsked: number;
}

export async function resolveSignIns(options: ResolveSignInsOptions): Promise<OpenSignInCounts> {
  const { reader, access, sorter, rules, run, onProgress } = options;
  if (access.kind !== 'read') return { inDoubt: 0, notAsked: 0 };
  const { consequential, others } = groupByConsequence(options);
  const people = {
    consequential: consequential.map(toId),
    otherPeople: others.filter((judged) => !isMailbox(judged)).map(toId),
    mailboxes: others.filter(isMailbox).map(toId),
    accounts: sorter.getSorted().counts.accounts,
    silentSince: addDays(run.reportRefreshDate, -findShortestSilence(rules.policy)),
  };
  const found = await readSignIns(reader, people, { smallReads: access.smallReads, onProgress });
  const open = consequential.filter((judged) => !found.has(toId(judged)));
  const foundSingly = await readOneByOne(open, options);
  const tryResolve = (judged: JudgedAccount) =>
    resolveSignIn(judged, foundSingly.get(toId(judged)) ?? found.get(toId(judged)), sorter);
  return {
    inDoubt: consequential.filter((judged) => !tryResolve(judged)).length,
    notAsked: others.filter((judged) => !tryResolve(judged)).length,
  };
}

/** In the order of the reports, because not all of the others may be read. */
function groupByConsequence({ sorter, rules, run, moving }: ResolveSignInsOptions) {
  const open = sortForReport(sorter.getSorted().withoutSignIns);
  const hasConsequence = (judged: JudgedAccount) =>
    !isOutsider(judged.evidence) &&
    (moving.has(toId(judged)) || consequentialActions.has(judgeWithoutSignIns(judged, rules, run)));
  return {
    consequential: open.filter(hasConsequence),
    others: open.filter((judged) => !hasConsequence(judged)),
  };
}

/** Nobody signs in to a shared mailbox or a room. */
function isMailbox({ judgement }: JudgedAccount): boolean {
  return judgement.risks.some(({ code }) => code === 'shared-mailbox' || code === 'resource-mailbox');
}

/** What may follow for an account without known sign-ins: a place in the plan, or in a list that people work through. */
const consequentialActions: ReadonlySet<RecommendedAction> = new Set([
  'disable-then-remove-licenses',
  'remove-licenses',
  'disable',
  'investigate',
  'on-premises',
  'escalate-to-hr',
]);

function judgeWithoutSignIns({ evidence }: JudgedAccount, rules: StackRules, run: RunFacts): RecommendedAction {
  return judge({ ...evidence, signIns: noSignInKnown }, rules, run).judgement.action;
}

/**
 * For values that even small lists may leave out. At most what one proposal can hold, and as many new accounts as one audit
 * may add. The lists have sorted out people at work before, who would otherwise use up these reads in every audit.
 */
async function readOneByOne(
  open: readonly JudgedAccount[],
  { reader, rules, moving, delicensed }: ResolveSignInsOptions,
): Promise<ReadonlyMap<IdKey, KnownSignIns>> {
  const { limits, proposal } = rules.policy;
  const isMoving = (judged: JudgedAccount) => moving.has(toId(judged)) || delicensed.has(toId(judged));
  const chosen = [
    ...open.filter(isMoving).slice(0, proposal.maxFiles),
    ...open.filter((judged) => !isMoving(judged)).slice(0, limits.newAccountsPerAudit),
  ];
  const found = new Map<IdKey, KnownSignIns>();
  for (const [id, signIns] of await readSignInsSingly(reader, chosen.map(toId)))
    if (signIns.kind !== 'unavailable') found.set(id, signIns.kind === 'missing' ? noSignInKnown : signIns);
  return found;
}

function resolveSignIn({ evidence }: JudgedAccount, signIns: KnownSignIns | undefined, sorter: AccountSorter): boolean {
  if (signIns === undefined) return false;
  sorter.judgeAgain({ ...evidence, signIns });
  return true;
}

function toId({ evidence }: JudgedAccount): IdKey {
  return foldId(evidence.id);
}
