// Which stage may follow which, and how many days each lasts: the one rule for check, audit and apply. Pure.
import { addCountedDays } from '../calendar/day-span.ts';
import { addDays, type Day, type DaySpan } from '../evidence.ts';
import type { Stage } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import { getStageOrder } from './stage.ts';

/**
 * Forward by one step only; back, to keep and to restore at any time. A new file starts with notify, or with a keep; with
 * restore only where this pipeline took something (`hasTaken`).
 */
export function listAllowedStages(from: Stage | null, { hasTaken }: { hasTaken: boolean }): Stage[] {
  switch (from) {
    case null:
      return ['notify', 'keep', ...(hasTaken ? (['restore'] as const) : [])];
    case 'notify':
      return ['review', 'keep'];
    case 'review':
      return ['disable', 'notify', 'keep'];
    case 'disable':
      return ['delicense', 'review', 'notify', 'keep', 'restore'];
    case 'delicense':
      return ['disable', 'review', 'notify', 'keep', 'restore'];
    case 'keep':
      return ['notify', 'review', 'restore'];
    case 'restore':
      return ['keep', 'notify', 'review'];
  }
}

/** Whether the move goes further than the stage before it. */
export function isForward(from: Stage | null, to: Stage): boolean {
  return getStageOrder(to) > (from === null ? -1 : getStageOrder(from));
}

/** A stage and the day on which it began on main. */
export interface BegunStage {
  stage: Stage;
  since: Day;
}

/** null: the account may go there at once. `uncounted`: closed dates and pauses. */
export function findStageWait(
  { stage, since }: BegunStage,
  to: Stage,
  { notifyDays, reviewDays, disableDays }: Policy['stages'],
  uncounted: readonly DaySpan[],
): { days: number; until: Day } | null {
  if (!isForward(stage, to)) return null;
  const lasting: Partial<Record<Stage, number>> = { notify: notifyDays, review: reviewDays, disable: disableDays };
  const days = lasting[stage];
  return days === undefined ? null : { days, until: addStageDays({ stage, since }, days, uncounted) };
}

/** Closed dates and pauses are no time to object in, nor to notice that somebody is missed who was disabled. */
export function addStageDays({ stage, since }: BegunStage, days: number, uncounted: readonly DaySpan[]): Day {
  return getStageOrder(stage) <= getStageOrder('disable')
    ? addCountedDays(since, days, uncounted)
    : addDays(since, days);
}

export function describeJump(from: Stage | null, to: Stage, allowed: readonly Stage[]): string {
  return `stage: found ${to} after ${from ?? 'no file'}, allowed: ${allowed.join(', ')}`;
}

export function describeEarly({ stage, since }: BegunStage, to: Stage, wait: { days: number; until: Day }): string {
  const isLonger = wait.until > addDays(since, wait.days);
  const more = isLonger ? ' (closed dates and pauses do not count)' : '';
  return `stage: ${to} comes ${wait.days} days after ${stage} reached main on ${since}, so not before ${wait.until}${more}`;
}
