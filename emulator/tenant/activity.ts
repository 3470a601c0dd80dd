// The use of one service by a person, as a rule that answers for any day: when the clock moves, active people stay active
// and the others fall behind, without rewriting anything.
export interface Trace {
  /** Days between two uses of an active person; 0 = no rhythm. */
  every: number;
  phase: number;
  /** The last day of the rhythm (the person left, or was disabled). */
  until: number | null;
  /** Single days of use: the last day of an inactive person, or an event set from outside. */
  days: number[];
}

/** Shared by all people without any use; copy before changing. */
export const NEVER: Trace = { every: 0, phase: 0, until: null, days: [] };

/** Use of the service every `every` days. */
export function buildRhythm(every: number, phase: number): Trace {
  return { every, phase, until: null, days: [] };
}

/** A last use on `day`. */
export function buildLastUse(day: number): Trace {
  return { every: 0, phase: 0, until: null, days: [day] };
}

/** A copy that may be changed: derived people share their traces. */
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
