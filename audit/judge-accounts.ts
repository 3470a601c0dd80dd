// Second step of the audit: judges and counts each account as it comes, and keeps only those that a list or the plan needs.
import { isDeepStrictEqual } from 'node:util';
import type { Evidence, RunFacts } from '../policy/evidence.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import { isOutsider } from '../policy/judge/guests.ts';
import { judge, type StackRules } from '../policy/judge/judge.ts';
import { type JudgedAccount, reasonCodes, recommendedActions, riskCodes, verdicts } from '../policy/judge/judgement.ts';
import type { AuditCounts } from './audit-result.ts';
import { addDoubt } from './collect/deduplicate-accounts.ts';

/** The accounts worth keeping, by what becomes of them. */
interface SortedAccounts {
  counts: AuditCounts;
  /** Inactive members inside the scope. */
  inactive: JudgedAccount[];
  /** Guests and members of other companies without known recent activity; the usage report lacks many of them. */
  guests: JudgedAccount[];
  /** Accounts that are not known to be active and whose sign-ins have not been read. */
  withoutSignIns: JudgedAccount[];
  /** Accounts that have a file, whatever their verdict, by id. */
  managed: Map<IdKey, JudgedAccount>;
}

export interface AccountSorter {
  /** Judges one account and files it. */
  take(evidence: Evidence): void;
  /** The account came twice. A difference is a doubt, because either may be right; an equal entry changes nothing. */
  takeAgain(evidence: Evidence): void;
  /** Judges an account again with better evidence. */
  judgeAgain(evidence: Evidence): void;
  getSorted(): SortedAccounts;
}

/**
 * `managedIds`: accounts with a file; of those outside the policy's scope only these are kept. `onJudged` gets each account once,
 * `onJudgedAgain` whoever is judged again. Active ones are only counted.
 */
export function createAccountSorter(
  rules: StackRules,
  run: RunFacts,
  managedIds: ReadonlySet<IdKey>,
  onJudged: (judged: JudgedAccount) => void = () => {},
  onJudgedAgain: (judged: JudgedAccount) => void = () => {},
): AccountSorter {
  const counts = createCounts();
  const inactive = new Map<IdKey, JudgedAccount>();
  const guests = new Map<IdKey, JudgedAccount>();
  const withoutSignIns = new Map<IdKey, JudgedAccount>();
  const managed = new Map<IdKey, JudgedAccount>();

  const sortIntoLists = (judged: JudgedAccount) => {
    const { evidence, judgement } = judged;
    const id = foldId(evidence.id);
    const isGuest = isOutsider(evidence);
    const isInScope = judgement.scope === 'inside';
    const putIf = (belongs: boolean, list: Map<IdKey, JudgedAccount>) => {
      if (belongs) list.set(id, judged);
      else list.delete(id);
    };
    putIf(isInScope && isGuest && judgement.verdict !== 'active', guests);
    putIf(isInScope && !isGuest && judgement.verdict === 'inactive', inactive);
    // Who is outside is not read about either, unless a file has to be decided on.
    const isRead = isInScope || managedIds.has(id);
    putIf(isRead && judgement.verdict !== 'active' && evidence.signIns.kind === 'missing', withoutSignIns);
    putIf(managedIds.has(id), managed);
  };
  const findKnown = (id: IdKey) => inactive.get(id) ?? guests.get(id) ?? withoutSignIns.get(id) ?? managed.get(id);
  const judgeAgain = (evidence: Evidence) => {
    const before = findKnown(foldId(evidence.id));
    if (before !== undefined) count(counts, before, -1);
    const judged = judge(evidence, rules, run);
    count(counts, judged, 1);
    sortIntoLists(judged);
    onJudgedAgain(judged);
  };
  return {
    take(evidence) {
      const judged = judge(evidence, rules, run);
      count(counts, judged, 1);
      sortIntoLists(judged);
      onJudged(judged);
    },
    takeAgain(evidence) {
      const before = findKnown(foldId(evidence.id))?.evidence;
      if (before !== undefined) judgeAgain(mergeReadings(before, evidence));
    },
    judgeAgain,
    getSorted: () => ({
      counts,
      inactive: [...inactive.values()],
      guests: [...guests.values()],
      withoutSignIns: [...withoutSignIns.values()],
      managed,
    }),
  };
}

/** A crowded page leaves sign-ins out, so the entry that has them is the better one. */
function mergeReadings(first: Evidence, again: Evidence): Evidence {
  const known = first.signIns.kind === 'missing' ? again : first;
  const missing = again.signIns.kind === 'missing' ? known : again;
  const isSame = isDeepStrictEqual({ ...first, signIns: known.signIns }, { ...again, signIns: missing.signIns });
  return isSame ? { ...first, signIns: known.signIns } : addDoubt(first, 'id');
}

function count(counts: AuditCounts, { evidence, judgement }: JudgedAccount, step: 1 | -1): void {
  counts.accounts += step;
  if (evidence.userType === 'guest') counts.guests += step;
  else if (evidence.accountEnabled) counts.enabledMembers += step;
  if (evidence.accountKind === 'external') counts.externalMembers += step;
  if (judgement.scope !== 'inside') {
    counts.outsideScope += step;
    return;
  }
  counts.verdicts[judgement.verdict] += step;
  counts.actions[judgement.action] += step;
  for (const reason of judgement.reasons) counts.reasons[reason] += step;
  for (const code of new Set(judgement.risks.map((risk) => risk.code))) counts.risks[code] += step;
}

function createCounts(): AuditCounts {
  return {
    accounts: 0,
    enabledMembers: 0,
    guests: 0,
    externalMembers: 0,
    outsideScope: 0,
    verdicts: createZeros(verdicts),
    actions: createZeros(recommendedActions),
    reasons: createZeros(reasonCodes),
    risks: createZeros(riskCodes),
  };
}

function createZeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  const entries = names.map((name) => [name, 0] as const);
  // fromEntries forgets the key's type; every name of the list is there.
  return Object.fromEntries(entries) as Record<Name, number>;
}
