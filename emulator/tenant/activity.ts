// What somebody did in one service, as a rule that answers for any day: the clock can move and active people stay
// active, while the others fall behind, with nothing rewritten.

export interface Trace {
  /** Days between two uses of an active person; 0 = no rhythm. */
  every: number;
  phase: number;
  /** The rhythm stops after this day (the person left, or was disabled). */
  until: number | null;
  /** Days on which something happened besides: the last day of somebody inactive, or an event set from outside. */
  days: number[];
}

/** Shared by all who never did; copy before changing. */
export const NEVER: Trace = { every: 0, phase: 0, until: null, days: [] };

/** Somebody who uses the service every `every` days. */
export function buildRhythm(every: number, phase: number): Trace {
  return { every, phase, until: null, days: [] };
}

/** Somebody whose last use was on `day`. */
export function buildLastUse(day: number): Trace {
  return { every: 0, phase: 0, until: null, days: [day] };
}

/** A trace of its own, to be changed: derived people share theirs. */
export function copyTrace(trace: Trace): Trace {
  return { ...trace, days: [...trace.days] };
}

/** The last day of use that is not after `asOf`, or null if there is none. */
export function findLastDay(trace: Trace, asOf: number): number | null {
  let last = -1;
  if (trace.every > 0) {
    const end = trace.until !== null && trace.until < asOf ? trace.until : asOf;
    last = end - ((end + trace.phase) % trace.every);
  }
  for (const day of trace.days) if (day <= asOf && day > last) last = day;
  return last < 0 ? null : last;
}
