// Who enters the plan next: inactive accounts without a file, the most reclaimable first. Pure.
import { chooseAccountPath, findPathBeforeArchive, getAccountsFolder } from '../files/account-file.ts';
import { collectIds } from '../files/stack-files.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { isPlanned } from '../judge/action.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { buildNewAccountFile } from './build-account-file.ts';
import type { DraftMove } from './draft-move.ts';
import { compareByPath, listDeclinedIds, type PlanInput } from './input.ts';
import type { SetBackAccount } from './move.ts';
import { computeSetBackEnd, mapSetBack, type SetBack } from './set-back.ts';

interface Candidates {
  drafts: DraftMove[];
  /** Accounts whose pull request was closed unmerged not long ago. */
  declined: JudgedAccount[];
  /** Accounts whose file somebody took out of main not long ago. */
  setBack: SetBackAccount[];
}

/**
 * An account whose file is in archive/ enters again once it has something to lose. `comingBack`: archived files that return
 * instead. Accounts that the open proposal names stay first, so that the caps do not swap people from run to run.
 */
export function planCandidates(input: PlanInput, comingBack: readonly DraftMove[]): Candidates {
  const managed = collectIds([...input.inForce, ...comingBack].map(({ file }) => file));
  const declinedIds = listDeclinedIds(input);
  const entering = input.judged.filter(
    (judged) => canEnterByItself(judged, input) && !managed.has(foldId(judged.evidence.id)),
  );
  const decisions = mapSetBack(input);
  const findDecision = ({ evidence }: JudgedAccount) => decisions.get(foldId(evidence.id));
  const setBack = entering.flatMap((judged) => buildSetBack(judged, findDecision(judged), input));
  const open = entering.filter((judged) => findDecision(judged) === undefined);
  const isDeclined = ({ evidence }: JudgedAccount) => declinedIds.has(foldId(evidence.id));
  const drafts = buildDrafts(
    open.filter((judged) => !isDeclined(judged)),
    input,
  );
  return {
    drafts,
    declined: open.filter(isDeclined).sort(compareByName),
    setBack: setBack.sort((a, b) => compareByName(a.judged, b.judged)),
  };
}

function buildSetBack(judged: JudgedAccount, setBack: SetBack | undefined, { rules }: PlanInput): SetBackAccount[] {
  if (setBack === undefined) return [];
  const { on, from } = setBack;
  return [{ judged, on, from, until: computeSetBackEnd(setBack, rules) }];
}

/** An unread mailbox may be a shared one: it is asked for first, and what is too many for one audit waits for the next. */
export function canEnterByItself({ evidence, judgement }: JudgedAccount, { rules }: PlanInput): boolean {
  return evidence.mailbox.recipientType !== 'unknown' && isPlanned(judgement.action, rules.policy);
}

function buildDrafts(entering: readonly JudgedAccount[], input: PlanInput): DraftMove[] {
  // In lower case: on a disk that ignores case, two names that differ in nothing else are one file.
  const takenPaths = new Set(
    [...input.inForce.map(({ path }) => path), ...listPathsInArchive(input)].map((path) => path.toLowerCase()),
  );
  const proposed = listProposedPaths(input, takenPaths);
  const ranked = entering.map((judged) => {
    const proposedPath = proposed.get(foldId(judged.evidence.id));
    return { judged, proposedPath, monthly: judged.judgement.savings.monthly };
  });
  ranked.sort(
    (a, b) =>
      Number(b.proposedPath !== undefined) - Number(a.proposedPath !== undefined) ||
      b.monthly - a.monthly ||
      (b.judged.judgement.inactiveDays ?? 0) - (a.judged.judgement.inactiveDays ?? 0) ||
      compareByName(a.judged, b.judged),
  );
  const { stack, policy } = input.rules;
  return ranked.map(({ judged, proposedPath }) => {
    const path =
      proposedPath ??
      chooseAccountPath(stack, judged.evidence, (name) => takenPaths.has(name.toLowerCase()), policy.privacy?.names);
    takenPaths.add(path.toLowerCase());
    return {
      path,
      inForce: null,
      to: 'notify',
      reason: 'inactive',
      because: describeSilence(judged),
      judged,
      file: buildNewAccountFile(judged, input.rules, input.run),
    };
  });
}

/** Archived files keep their old paths free: the check takes a file there for the one that comes back. */
function listPathsInArchive({ archived, rules }: PlanInput): string[] {
  return archived.flatMap(({ path }) => findPathBeforeArchive(rules.stack, path) ?? []);
}

/** The path of each account's new file on the open proposal's branch, by the account's id. */
function listProposedPaths({ proposed, rules }: PlanInput, takenPaths: ReadonlySet<string>): Map<IdKey, string> {
  const paths = new Map<IdKey, string>();
  for (const { path, file } of [...proposed].sort(compareByPath)) {
    const isNew = path.startsWith(`${getAccountsFolder(rules.stack)}/`) && !takenPaths.has(path.toLowerCase());
    if (file && isNew) paths.set(foldId(file.account.id), path);
  }
  return paths;
}

function describeSilence({ judgement }: JudgedAccount): string {
  return judgement.lastActivityOn === null
    ? 'no activity was ever seen'
    : `no activity since ${judgement.lastActivityOn} (${judgement.inactiveDays} days)`;
}

function compareByName(a: JudgedAccount, b: JudgedAccount): number {
  return a.evidence.userPrincipalName < b.evidence.userPrincipalName ? -1 : 1;
}
