// Where one account file goes from here: moved, held, withdrawn or released, with the reason. One rule per situation. Pure.
import { addDays, type Day, daysBetween, type RunFacts } from '../evidence.ts';
import { judge, type Rules } from '../judge.ts';
import type { JudgedAccount } from '../judgement.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { takesAway } from '../stage.ts';
import type { InForceFile, MoveReason } from './move.ts';

export type Step =
  | { kind: 'move'; to: Stage | 'archive' | null; reason: MoveReason; because: string }
  | { kind: 'hold'; because: string; movesOn: Day | null };

export interface StepContext {
  rules: Rules;
  run: RunFacts;
  today: Day;
}

/** `judged` null: the tenant no longer has the account. */
export function nextStep(tracked: InForceFile, judged: JudgedAccount | null, context: StepContext): Step {
  if (judged === null) {
    return move(null, 'account-gone', 'the tenant no longer has this account; nothing is done to it');
  }
  switch (tracked.file.stage) {
    case 'keep':
      return afterKeep(tracked, context);
    case 'restore':
      return afterRestore(tracked, judged);
    case 'notify':
    case 'review':
    case 'disable':
    case 'delicense': {
      const current = withoutDelegates(judged, tracked, context);
      return withdrawal(tracked, current) ?? doubt(current) ?? onward(tracked, current, context);
    }
  }
}

function afterKeep({ since }: InForceFile, { rules, today }: StepContext): Step {
  const lapses = addDays(since, rules.policy.stages.keepDays);
  return today >= lapses
    ? move(null, 'keep-lapsed', `kept since ${since}; a keep holds ${rules.policy.stages.keepDays} days`)
    : hold(`kept by a reviewer since ${since}`, lapses);
}

function afterRestore({ file }: InForceFile, judged: JudgedAccount): Step {
  const missing = notYetRestored(file, judged);
  return missing.length === 0
    ? move(null, 'restored', 'the tenant shows everything given back')
    : hold(`waits until the tenant shows ${missing.join(' and ')}`, null);
}

function notYetRestored({ restore }: AccountFile, { evidence }: JudgedAccount): string[] {
  const held = new Set(evidence.licenses.map(({ skuId }) => skuId.toLowerCase()));
  const lost = restore.licenses.filter(({ skuId }) => !held.has(skuId.toLowerCase()));
  const stillShared = restore.mailbox === 'user' && evidence.mailbox.recipientType === 'shared';
  return [
    ...(restore.accountEnabled && !evidence.accountEnabled ? ['sign-in allowed'] : []),
    ...(lost.length > 0 ? [`${lost.map(({ skuPartNumber }) => skuPartNumber).join(', ')} assigned`] : []),
    ...(stillShared ? ['the mailbox as a user mailbox'] : []),
  ];
}

/**
 * Once sign-in is blocked, Exchange activity of a shared mailbox is its delegates'. It must not bring the account back. What
 * happened before the block, and every other service, still counts.
 */
function withoutDelegates(
  judged: JudgedAccount,
  tracked: InForceFile,
  { rules, run }: StepContext,
): JudgedAccount {
  const { evidence } = judged;
  const { usage } = evidence;
  if (!takesAway(tracked.file.stage) || evidence.accountEnabled || usage.kind !== 'row') return judged;
  const exchange = usage.lastActivity.exchange;
  const byDelegates = exchange !== null && (tracked.file.stage === 'delicense' || exchange >= tracked.since);
  if (!byDelegates) return judged;
  return judge(
    { ...evidence, usage: { kind: 'row', lastActivity: { ...usage.lastActivity, exchange: null } } },
    rules,
    run,
  );
}

/** Activity, an exemption or a risk takes an account out: before `disable` the file goes, after it `restore` is proposed. */
function withdrawal({ file }: InForceFile, { judgement }: JudgedAccount): Step | null {
  const to = takesAway(file.stage) ? 'restore' : null;
  const { exemption, risks } = judgement;
  if (exemption)
    return move(to, 'exempted', `exempt until ${exemption.until}: ${exemption.reason} (${exemption.owner})`);
  if (risks.length > 0) return move(to, 'protected', risks.map(({ because }) => because).join('; '));
  if (judgement.verdict === 'active') {
    return move(
      to,
      'active-again',
      `last activity on ${judgement.lastActivityOn} (${judgement.reasons.join(', ')})`,
    );
  }
  return null;
}

function doubt({ judgement }: JudgedAccount): Step | null {
  if (judgement.verdict !== 'insufficient-evidence') return null;
  return hold(`the evidence does not suffice to go on: ${judgement.reasons.join(', ')}`, null);
}

function onward(tracked: InForceFile, judged: JudgedAccount, { rules, today }: StepContext): Step {
  const { stages } = rules.policy;
  const { file, since } = tracked;
  switch (file.stage) {
    case 'notify':
      return after(since, stages.notifyDays, today, 'review');
    case 'review':
      return after(since, stages.reviewDays, today, 'disable');
    case 'disable': {
      const missing = notYetDisabled(file, judged);
      const step = after(since, stages.disableDays, today, 'delicense');
      return step.kind === 'move' && missing.length > 0
        ? hold(`waits until the tenant shows ${missing.join(' and ')}`, null)
        : step;
    }
    case 'delicense': {
      const archiveOn = addDays(since, stages.archiveAfterDays);
      return today >= archiveOn
        ? move('archive', 'archived', `delicensed since ${since}`)
        : hold(`delicensed since ${since}`, archiveOn);
    }
    case 'keep':
    case 'restore':
      return hold(`in ${file.stage} since ${since}`, null);
  }
}

function notYetDisabled({ desired }: AccountFile, { evidence }: JudgedAccount): string[] {
  const type = evidence.mailbox.recipientType;
  const converted = desired.mailbox === 'unchanged' || type === 'shared' || type === 'none';
  return [
    ...(evidence.accountEnabled ? ['sign-in blocked'] : []),
    ...(converted ? [] : ['the mailbox as a shared mailbox']),
  ];
}

function after(since: Day, days: number, today: Day, to: Stage): Step {
  const elapsed = daysBetween(since, today);
  return elapsed >= days
    ? move(to, 'stage-elapsed', `still inactive ${elapsed} days after ${since}`)
    : hold(`${elapsed} of ${days} days have passed since ${since}`, addDays(since, days));
}

function move(to: Stage | 'archive' | null, reason: MoveReason, because: string): Step {
  return { kind: 'move', to, reason, because };
}

function hold(because: string, movesOn: Day | null): Step {
  return { kind: 'hold', because, movesOn };
}
