// Asks again for the sign-ins that a page left out, before an account enters the plan or moves on in it.
import { noSignInKnown, type SignInDays } from '../graph/user.ts';
import { isPlanned } from '../policy/action.ts';
import type { RunFacts } from '../policy/evidence.ts';
import { judge, type Rules } from '../policy/judge.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
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
  const { reader, access, sorting, rules } = options;
  const open = access.kind === 'read' ? sorting.sorted().withoutSignIns : [];
  const { moving, entering, others } = whomToAsk(open, options);
  const mayList = access.kind === 'read' && access.smallReads === 'list';
  const asked = [...moving, ...entering, ...others];
  const listed: SignInsById = mayList ? await listSignIns(reader, idsOf(asked)) : new Map();
  // Any list may be a crowded one, so what takes something away rests on reads of one account by itself.
  const isUnsure = (judged: JudgedAccount) => listed.get(idOf(judged))?.kind !== 'read';
  const { newAccountsPerAudit } = rules.policy.limits;
  const unsure = [...moving.filter(isUnsure), ...entering.filter(isUnsure).slice(0, newAccountsPerAudit)];
  const alone = await readSignInsSingly(reader, idsOf(unsure));
  const settled = [
    ...[...moving, ...entering].map((judged) =>
      settle(judged, alone.get(idOf(judged)) ?? known(listed.get(idOf(judged))), sorting),
    ),
    ...others.map((judged) => settle(judged, listed.get(idOf(judged)), sorting)),
  ];
  return open.length - settled.filter((isSettled) => isSettled).length;
}

/**
 * Of each kind not more than one proposal can hold. By themselves only as many new ones are read as one audit may add, after the
 * list has told who of them is at work: else those would stand before the others from audit to audit.
 */
function whomToAsk(open: readonly JudgedAccount[], options: MissingSignIns) {
  const { rules, run, moving, delicensed } = options;
  const inOrder = inOrderOfReport(open, rules.policy, rules.prices);
  const isMoving = (judged: JudgedAccount) =>
    moving.has(idOf(judged)) || (delicensed.has(idOf(judged)) && wouldEnter(judged, rules, run));
  const enters = (judged: JudgedAccount) => !isMoving(judged) && wouldEnter(judged, rules, run);
  const some = (is: (judged: JudgedAccount) => boolean) =>
    inOrder.filter(is).slice(0, rules.policy.proposal.maxFiles);
  return {
    moving: some(isMoving),
    entering: some(enters),
    others: some((judged) => !isMoving(judged) && !enters(judged)),
  };
}

/** Whether it would be planned if nobody knew of a sign-in. */
function wouldEnter({ evidence }: JudgedAccount, rules: Rules, run: RunFacts): boolean {
  const { action } = judge({ ...evidence, signIns: noSignInKnown }, rules, run).judgement;
  return isPlanned(action, rules.policy);
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
