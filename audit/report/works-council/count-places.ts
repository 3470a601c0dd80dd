// Where the accounts of an audit stand, each in exactly one line, so that no line can be worked out from the others. Pure.
import type { JudgedAccount, Verdict } from '../../../policy/judge/judgement.ts';
import type { Move } from '../../../policy/plan/move.ts';
import type { Stage } from '../../../policy/schemas/account.ts';
import type { AccountView, AuditView } from '../../audit-view.ts';
import { isEntered } from '../../summary/totals.ts';

const enteredPlaces = {
  notify: 'enter-notify',
  review: 'enter-review',
  // One line: a limit of the policy is on both together, and would say of one what the other leaves.
  disable: 'enter-taking',
  delicense: 'enter-taking',
  keep: 'enter-keep',
  restore: 'enter-restore',
} as const satisfies Record<Stage, string>;

/** In the order in which they are shown, by group. */
export const placeGroups = {
  outside: ['active', 'not-judged', 'guests', 'out-of-scope', 'exempt', 'person', 'refused', 'waits', 'nothing'],
  moving: ['enter-notify', 'enter-review', 'enter-taking', 'enter-keep', 'enter-restore', 'leave', 'archive'],
  staying: ['stay-notify', 'stay-review', 'stay-disable', 'stay-delicense', 'stay-keep', 'stay-restore'],
} as const;
export type Place = (typeof placeGroups)[keyof typeof placeGroups][number];

export function countPlaces(audit: AuditView): Record<Place, number> {
  const { counts, plan } = audit;
  const filed = [...plan.moves, ...plan.held];
  const countFiled = (verdict: Verdict) => filed.filter(({ judged }) => isInScope(judged, verdict)).length;
  const unfiled = audit.inactive.filter(({ place: { kind } }) => kind !== 'moves' && kind !== 'stays');
  const places = createZeros();
  places.active = counts.verdicts.active - countFiled('active');
  places['not-judged'] = counts.verdicts['insufficient-evidence'] - countFiled('insufficient-evidence');
  places.guests = counts.verdicts.inactive - countFiled('inactive') - unfiled.length;
  places['out-of-scope'] =
    counts.outsideScope - filed.filter(({ judged }) => judged !== null && judged.judgement.scope !== 'inside').length;
  for (const account of unfiled) places[findPlace(account)] += 1;
  for (const move of plan.moves) places[findMovePlace(move)] += 1;
  for (const { stage } of plan.held) places[`stay-${stage}`] += 1;
  return places;
}

function isInScope(judged: JudgedAccount | null, verdict: Verdict): boolean {
  return judged !== null && judged.judgement.scope === 'inside' && judged.judgement.verdict === verdict;
}

function findPlace({ judgement, place }: AccountView): Place {
  if (judgement.exemption !== null) return 'exempt';
  if (place.kind === 'waits') return 'waits';
  if (place.kind === 'declined' || place.kind === 'set-back') return 'refused';
  return place.kind === 'needs-a-person' ? 'person' : 'nothing';
}

function findMovePlace(move: Move): Place {
  const { from, to } = move;
  if (to === null) return from === null ? 'refused' : 'leave';
  if (to === 'archive') return 'archive';
  return isEntered(move) ? enteredPlaces[to] : `stay-${to}`;
}

function createZeros(): Record<Place, number> {
  const entries = Object.values(placeGroups).flatMap((group) => group.map((place) => [place, 0] as const));
  // fromEntries forgets the key's type; every place of the groups is there.
  return Object.fromEntries(entries) as Record<Place, number>;
}
