// Why an account moves now, in words: the plan's reason and the evidence behind it, without repetition.
import type { JudgedAccount } from '../../policy/judge/judgement.ts';
import type { Move } from '../../policy/plan/move.ts';
import { describeEvidence, describePopulation, formatDates } from '../../policy/words/describe-account.ts';
import { formatCount, formatDay } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';
import { findContact } from './contact.ts';

/** Such as `inactive for 143 days; no Exchange, OneDrive, SharePoint or Teams activity since 15 July (Exchange); …`. */
export function explainMove(move: Move, result: AuditView): string {
  const { because, judged, reason } = move;
  const today = result.auditedOn;
  if (judged === null) return formatDates(because, today);
  // Where the plan only repeats the evidence, the evidence says it better.
  const repeatsEvidence = reason === 'inactive' || reason === 'active-again';
  const why = repeatsEvidence ? describeSilence(judged) : formatDates(because, today);
  return [
    why,
    ...describePopulation(judged, result.policy),
    describeEvidence(judged, today),
    ...describeNotified(move, result),
  ].join('; ');
}

/** `manager Lee Park was told on 7 December`; nothing for an account that has not been in notify. */
export function describeNotified(
  { path, file }: Pick<Move, 'path' | 'file'>,
  { past, auditedOn, policy }: AuditView,
): string[] {
  const day = past.notifiedOn.get(path);
  if (day === undefined) return [];
  return [`${findContact(file, policy).words} was told on ${formatDay(day, auditedOn)}`];
}

function describeSilence({ judgement }: JudgedAccount): string {
  if (judgement.verdict === 'active') return 'active again';
  return judgement.inactiveDays === null
    ? 'no activity was ever seen'
    : `inactive for ${formatCount(judgement.inactiveDays, 'day')}`;
}

export const moveReasonWords: Record<Move['reason'], string> = {
  inactive: 'inactive',
  'stage-elapsed': 'its time in the stage is over',
  'active-again': 'active again',
  exempted: 'exempt',
  protected: 'protected',
  'changed-by-reviewer': 'changed by a reviewer',
  'keep-lapsed': 'a reviewer’s keep has lapsed',
  restored: 'given back',
  'given-back': 'by its file in give-back/',
  renamed: 'renamed in the tenant',
  'evidence-renewed': 'not done yet, on new evidence',
  'mailbox-flipped-back': 'its mailbox loses its mail without a licence',
  'account-gone': 'gone from the tenant',
  archived: 'delicensed long ago',
  'not-signed': 'signed by no audit',
  'out-of-scope': 'outside the scope of policy.yaml',
};
