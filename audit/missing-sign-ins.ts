// Asks again for the sign-ins that a page left out, before an account enters the plan or moves on in it.
import { noSignInKnown, type SignInDays } from '../graph/user.ts';
import type { RunFacts } from '../policy/evidence.ts';
import { judge, type Rules } from '../policy/judge.ts';
import { type JudgedAccount, plannedActions } from '../policy/judgement.ts';
import { inOrderOfReport } from './order.ts';
import type { Sorting } from './sorting.ts';
import type { TenantReader } from './sources/reader.ts';
import type { SignInAccess } from './sources/sign-in-access.ts';
import { listSignIns, readSignInsSingly, type SignInsById } from './sources/small-sign-ins.ts';

export interface MissingSignIns {
  reader: TenantReader;
  access: SignInAccess;
  sorting: Sorting;
  rules: Rules;
  run: RunFacts;
  /** Accounts that have a file which may move on, on main or in the open proposal; ids in lower case. */
  moving: ReadonlySet<string>;
  /** Accounts in delicense: whoever still has something to lose needs new evidence. Ids in lower case. */
  delicensed: ReadonlySet<string>;
}

/** Judges the accounts again with what their sign-ins turned out to be. Returns how many stay in doubt. */
export async function settleMissingSignIns(options: MissingSignIns): Promise<number> {
  const { reader, access, sorting } = options;
  const open = access.kind === 'read' ? sorting.sorted().withoutSignIns : [];
  const { needed, others } = whomToAsk(open, options);
  const mayList = access.kind === 'read' && access.smallReads === 'list';
  const listed: SignInsById = mayList ? await listSignIns(reader, idsOf([...needed, ...others])) : new Map();
  // Any list may be a crowded one, so what takes something away rests on reads of one account by itself.
  const unsure = needed.filter((judged) => listed.get(idOf(judged))?.kind !== 'read');
  const alone = await readSignInsSingly(reader, idsOf(unsure));
  const settled = [
    ...needed.map((judged) =>
      settle(judged, alone.get(idOf(judged)) ?? known(listed.get(idOf(judged))), sorting),
    ),
    ...others.map((judged) => settle(judged, listed.get(idOf(judged)), sorting)),
  ];
  return open.length - settled.filter((isSettled) => isSettled).length;
}

/** Not more than one proposal can hold, and one audit may add; who enters no plan is only listed, and as many of them. */
function whomToAsk(open: readonly JudgedAccount[], options: MissingSignIns) {
  const { rules, run, moving, delicensed } = options;
  const { limits, proposal } = rules.policy;
  const inOrder = inOrderOfReport(open, rules.policy, rules.prices);
  const isMoving = (judged: JudgedAccount) =>
    moving.has(idOf(judged)) || (delicensed.has(idOf(judged)) && wouldEnter(judged, rules, run));
  const enters = (judged: JudgedAccount) => !isMoving(judged) && wouldEnter(judged, rules, run);
  return {
    needed: [
      ...inOrder.filter(isMoving).slice(0, proposal.maxFiles),
      ...inOrder.filter(enters).slice(0, limits.newAccountsPerAudit),
    ],
    others: inOrder.filter((judged) => !isMoving(judged) && !enters(judged)).slice(0, proposal.maxFiles),
  };
}

/** Whether it would be planned if nobody knew of a sign-in. */
function wouldEnter({ evidence }: JudgedAccount, rules: Rules, run: RunFacts): boolean {
  const { action } = judge({ ...evidence, signIns: noSignInKnown }, rules, run).judgement;
  const isIncluded = action === 'on-premises' && rules.policy.onPremises.plan === 'include';
  return plannedActions.includes(action) || isIncluded;
}

function settle({ evidence }: JudgedAccount, found: SignInDays | undefined, sorting: Sorting): boolean {
  if (found === undefined) return false;
  sorting.retake({ ...evidence, signIns: found.kind === 'missing' ? noSignInKnown : found });
  return true;
}

function known(signIns: SignInDays | undefined): SignInDays | undefined {
  return signIns?.kind === 'read' ? signIns : undefined;
}

function idsOf(accounts: readonly JudgedAccount[]): string[] {
  return accounts.map(idOf);
}

function idOf({ evidence }: JudgedAccount): string {
  return evidence.id.toLowerCase();
}
