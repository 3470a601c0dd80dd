// Small waves first: how many accounts a wave may have by now, from the waves before it. Pure.
import { addCountedDays } from '../calendar/day-span.ts';
import type { Day, DaySpan } from '../evidence.ts';
import type { IdKey } from '../identifiers.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Wave } from './waves.ts';

/** Where on its ramp a stack is. */
export interface RampPosition {
  /** Accounts of a wave; never above the limits. */
  cap: number;
  /** Whether the limits are reached, so that the ramp holds nothing up. */
  isAtTop: boolean;
  /** Good waves so far, and bad ones. */
  good: number;
  bad: number;
  /** The last wave that moved it; null: none has yet. `givenBack`: how many of a bad one; 0: it was good. */
  last: { day: Day; givenBack: number } | null;
  /** The newest wave that has not stayed quiet for long enough, and when it has; null: there is none. */
  pending: { day: Day; until: Day } | null;
}

interface RampQuery {
  /** Since the policy has a ramp, the oldest first. */
  waves: readonly Wave[];
  today: Day;
  /** Closed dates and pauses: nothing was taken on them, so nobody noticed anything. */
  uncounted: readonly DaySpan[];
  /** Whom this very proposal gives something back. */
  givenBackNow?: ReadonlySet<IdKey>;
}

/**
 * Each wave that has stayed quiet multiplies what the next one may have, and each of which somebody was given something back
 * divides it, down to `start`; one that is not old enough yet does neither. Somebody who was active again is given back by the
 * next proposal, so a wave that met such people is bad, too. null: the policy has no ramp.
 */
export function findRampPosition(
  { ramp, limits }: Pick<Policy, 'ramp' | 'limits'>,
  { waves, today, uncounted, givenBackNow = new Set() }: RampQuery,
): RampPosition | null {
  if (ramp === undefined) return null;
  const { start, growth, quietDays } = ramp;
  const top = limits.changesPerApply;
  let [size, good, bad] = [start, 0, 0];
  let [last, pending]: [RampPosition['last'], RampPosition['pending']] = [null, null];
  for (const wave of waves) {
    const until = addCountedDays(wave.day, quietDays, uncounted);
    const back = [...wave.accounts].filter((id) => {
      const day = wave.givenBack.get(id) ?? (givenBackNow.has(id) ? today : undefined);
      return day !== undefined && day <= until;
    });
    if (back.length > 0) {
      bad += 1;
      size = Math.max(start, size / growth);
      last = { day: wave.day, givenBack: back.length };
    } else if (until <= today) {
      good += 1;
      size = Math.min(top, size * growth);
      last = { day: wave.day, givenBack: 0 };
    } else pending = { day: wave.day, until };
  }
  const cap = Math.min(top, Math.floor(size));
  return { cap, isAtTop: cap >= top, good, bad, last, pending };
}

/** The limits as they are now: every cap on accounts is at most the ramp's, and that of a week twice as much. */
export function applyRamp<P extends Policy>(policy: P, position: RampPosition | null): P {
  if (position === null) return policy;
  const { limits } = policy;
  const atMost = (limit: number) => Math.min(limit, position.cap);
  const { changesPerWeek } = limits;
  return {
    ...policy,
    limits: {
      ...limits,
      newAccountsPerAudit: atMost(limits.newAccountsPerAudit),
      newAccountsPerDepartment: atMost(limits.newAccountsPerDepartment),
      changesPerApply: atMost(limits.changesPerApply),
      changesPerDepartment: atMost(limits.changesPerDepartment),
      ...(changesPerWeek === undefined ? {} : { changesPerWeek: Math.min(changesPerWeek, 2 * position.cap) }),
    },
  };
}
