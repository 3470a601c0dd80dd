// Who enters the plan next: inactive accounts without a file, the most reclaimable first. Pure.
import { accountPath } from '../account-file.ts';
import { type JudgedAccount, plannedActions } from '../judgement.ts';
import { savingsOutlook } from '../savings.ts';
import { newAccountFile } from './account-of.ts';
import type { Draft } from './draft.ts';
import type { PlanInput } from './plan.ts';

export interface Candidates {
  drafts: Draft[];
  /** Accounts whose pull request was closed unmerged not long ago. */
  declined: JudgedAccount[];
}

/** Accounts that the open proposal already names stay first, so that the caps do not swap people from run to run. */
export function candidates(input: PlanInput): Candidates {
  const managed = new Set(input.inForce.map(({ file }) => file.account.id.toLowerCase()));
  const declinedIds = new Set(
    input.declined.filter(({ until }) => input.today < until).map(({ accountId }) => accountId.toLowerCase()),
  );
  const entering = input.judged.filter(
    (judged) => entersByItself(judged, input) && !managed.has(judged.evidence.id.toLowerCase()),
  );
  const isDeclined = ({ evidence }: JudgedAccount) => declinedIds.has(evidence.id.toLowerCase());
  const drafts = draftsOf(
    entering.filter((judged) => !isDeclined(judged)),
    input,
  );
  return { drafts, declined: entering.filter(isDeclined) };
}

function entersByItself({ judgement }: JudgedAccount, { rules }: PlanInput): boolean {
  const { action } = judgement;
  return (
    plannedActions.includes(action) ||
    (action === 'on-premises' && rules.policy.onPremises.plan === 'include')
  );
}

function draftsOf(entering: readonly JudgedAccount[], input: PlanInput): Draft[] {
  const taken = new Set(input.inForce.map(({ path }) => path));
  const proposedPaths = new Map<string, string>();
  for (const { path, file } of input.proposed)
    if (file) proposedPaths.set(file.account.id.toLowerCase(), path);

  const ranked = entering.map((judged) => {
    const proposedPath = proposedPaths.get(judged.evidence.id.toLowerCase());
    return {
      judged,
      proposedPath,
      monthly: savingsOutlook(judged.evidence, input.rules.policy, input.rules.prices).monthly,
    };
  });
  ranked.sort(
    (a, b) =>
      Number(b.proposedPath !== undefined) - Number(a.proposedPath !== undefined) ||
      b.monthly - a.monthly ||
      (b.judged.judgement.inactiveDays ?? 0) - (a.judged.judgement.inactiveDays ?? 0) ||
      (a.judged.evidence.userPrincipalName < b.judged.evidence.userPrincipalName ? -1 : 1),
  );
  return ranked.map(({ judged, proposedPath }) => {
    const path = proposedPath ?? accountPath(input.rules.stack, judged.evidence, (name) => taken.has(name));
    taken.add(path);
    return {
      path,
      inForce: null,
      to: 'notify',
      reason: 'inactive',
      because: silence(judged),
      judged,
      file: newAccountFile(judged, input.rules, input.run),
    };
  });
}

function silence({ judgement }: JudgedAccount): string {
  return judgement.lastActivityOn === null
    ? 'no activity was ever seen'
    : `no activity since ${judgement.lastActivityOn} (${judgement.inactiveDays} days)`;
}
