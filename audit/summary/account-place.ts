// Where each account is after this audit: moving, staying, waiting, or left to a person. Read from the plan.
import type { Day } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { JudgedAccount, RecommendedAction } from '../../policy/judge/judgement.ts';
import type { Move, OverLimitAccount, SetBackAccount, UnmovedAccount } from '../../policy/plan/move.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { formatDay, limitWords, stageWords } from '../../policy/words/labels.ts';
import type { AuditResult } from '../audit-result.ts';

export type AccountPlace =
  | { kind: 'moves'; move: Move }
  | { kind: 'stays'; unmoved: UnmovedAccount }
  | { kind: 'waits'; limit: OverLimitAccount['limit'] }
  | { kind: 'declined' }
  | { kind: 'set-back'; setBack: SetBackAccount }
  | { kind: 'needs-a-person' }
  | { kind: 'left-alone' };

/** Actions that only a person can decide or take. */
const personalActions: readonly RecommendedAction[] = ['escalate-to-hr', 'manual-review', 'investigate', 'on-premises'];

/** Looks an account up by its judged evidence; ids are compared without case. */
export function createPlaceFinder({ plan }: Pick<AuditResult, 'plan'>): (account: JudgedAccount) => AccountPlace {
  const places = new Map<IdKey, AccountPlace>();
  for (const judged of plan.declined) places.set(foldId(judged.evidence.id), { kind: 'declined' });
  for (const setBack of plan.setBack) places.set(foldId(setBack.judged.evidence.id), { kind: 'set-back', setBack });
  for (const { judged, limit } of plan.waiting) places.set(foldId(judged.evidence.id), { kind: 'waits', limit });
  for (const unmoved of plan.held) places.set(foldId(unmoved.file.account.id), { kind: 'stays', unmoved });
  for (const move of plan.moves) places.set(foldId(move.file.account.id), { kind: 'moves', move });
  return (judged) => places.get(foldId(judged.evidence.id)) ?? toOutsidePlace(judged);
}

/** In the pipeline or on its way there; waiting for a person; or neither. */
export type MoneyBucket = 'planned' | 'undecided' | 'left-alone';

export function findBucket({ judgement }: JudgedAccount, place: AccountPlace): MoneyBucket {
  const isLeaving =
    place.kind === 'moves' && (place.move.to === 'keep' || place.move.to === 'restore' || place.move.to === null);
  const isKept = place.kind === 'stays' && (place.unmoved.stage === 'keep' || place.unmoved.stage === 'restore');
  const isOutside = place.kind === 'needs-a-person' || place.kind === 'left-alone';
  if (!isLeaving && !isKept && !isOutside) return 'planned';
  return personalActions.includes(judgement.action) && !isKept ? 'undecided' : 'left-alone';
}

/** The file as the proposal leaves it; null for an account without one. */
export function findAccountFile(place: AccountPlace): AccountFile | null {
  if (place.kind === 'moves') return place.move.file;
  return place.kind === 'stays' ? place.unmoved.file : null;
}

/** The account's stage once the proposal is merged; null outside the pipeline. */
export function findStageAfterMerge(place: AccountPlace): Stage | null {
  if (place.kind === 'stays') return place.unmoved.stage;
  if (place.kind !== 'moves') return null;
  return place.move.to === 'archive' ? 'delicense' : place.move.to;
}

/** `enters Notify`, `Review → Disable`, `Review until 14 December`: short enough for a cell. */
export function describePlace(place: AccountPlace, today: Day): string {
  switch (place.kind) {
    case 'moves':
      return describeMovePlace(place.move);
    case 'stays':
      return describeStayPlace(place.unmoved, today);
    case 'waits':
      return `waits: ${limitWords[place.limit]}`;
    case 'declined':
      return 'declined before';
    case 'set-back':
      return `taken out, until ${formatDay(place.setBack.until, today)}`;
    case 'needs-a-person':
      return 'needs a person';
    case 'left-alone':
      return 'left alone';
  }
}

function describeMovePlace({ from, to, reason }: Move): string {
  if (reason === 'mailbox-flipped-back' && to === 'delicense') return 'mailbox to save';
  if (to === null) return from === null ? 'taken out by a reviewer' : `leaves ${stageWords[from].name}`;
  if (to === 'archive') return 'archived';
  if (from === null) return `enters ${stageWords[to].name}`;
  return from === to ? `stays in ${stageWords[to].name}` : `${stageWords[from].name} → ${stageWords[to].name}`;
}

function describeStayPlace({ stage, movesOn }: UnmovedAccount, today: Day): string {
  return movesOn === null
    ? `in ${stageWords[stage].name}`
    : `${stageWords[stage].name} until ${formatDay(movesOn, today)}`;
}

function toOutsidePlace({ judgement }: JudgedAccount): AccountPlace {
  return personalActions.includes(judgement.action) ? { kind: 'needs-a-person' } : { kind: 'left-alone' };
}
