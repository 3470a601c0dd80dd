// Where each account is after this audit: moving, staying, waiting, or left to a person. Read from the plan.
import type { Day } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { JudgedAccount, RecommendedAction } from '../../policy/judge/judgement.ts';
import type { Move, OverLimitAccount, UnmovedAccount } from '../../policy/plan/move.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { formatDay, limitWords, stageWords } from '../../policy/words/labels.ts';
import type { AuditResult } from '../audit-result.ts';

export type AccountPlace =
  | { kind: 'moves'; move: Move }
  | { kind: 'stays'; unmoved: UnmovedAccount }
  | { kind: 'waits'; limit: OverLimitAccount['limit'] }
  | { kind: 'declined' }
  | { kind: 'needs-a-person' }
  | { kind: 'left-alone' };

/** Actions that only a person can decide or take. */
export const personalActions: readonly RecommendedAction[] = [
  'escalate-to-hr',
  'manual-review',
  'investigate',
  'on-premises',
];

/** Looks an account up by its judged evidence; ids are compared without case. */
export type FindPlace = (account: JudgedAccount) => AccountPlace;

export function createPlaceFinder({ plan }: AuditResult): FindPlace {
  const places = new Map<IdKey, AccountPlace>();
  for (const judged of plan.declined) places.set(toKey(judged), { kind: 'declined' });
  for (const { judged, limit } of plan.waiting) places.set(toKey(judged), { kind: 'waits', limit });
  for (const unmoved of plan.held) places.set(foldId(unmoved.file.account.id), { kind: 'stays', unmoved });
  for (const move of plan.moves) places.set(foldId(move.file.account.id), { kind: 'moves', move });
  return (judged) => places.get(toKey(judged)) ?? toOutsidePlace(judged);
}

/** The inactive accounts and the others in the plan, which are active again. */
export function listReportedAccounts({ inactive, plan }: AuditResult): JudgedAccount[] {
  const planned = [...plan.moves, ...plan.held].flatMap(({ judged }) => (judged === null ? [] : [judged]));
  const ids = new Set(planned.map(({ evidence }) => evidence.id));
  return [...planned, ...inactive.filter(({ evidence }) => !ids.has(evidence.id))];
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

function toKey({ evidence }: JudgedAccount): IdKey {
  return foldId(evidence.id);
}
