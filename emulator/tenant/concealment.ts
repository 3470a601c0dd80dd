// displayConcealedNames with its delay: what was set, and what the reports already act on.
import type { Clock } from '../clock.ts';
import type { Switches } from '../options.ts';

export interface Concealment {
  /** What GET /admin/reportSettings says. */
  readonly isSet: boolean;
  /** What the reports do. */
  readonly isInForce: boolean;
  set(value: boolean): void;
}

/** Follows the clock; a change is in force `concealmentDelaySeconds` after it was made. */
export function createConcealment(clock: Clock, switches: Switches): Concealment {
  let isSet = switches.displayConcealedNames;
  let before = isSet;
  let changedAt = Number.NEGATIVE_INFINITY;
  const isInForce = () =>
    clock.now() >= changedAt + switches.concealmentDelaySeconds * 1000 ? isSet : before;
  return {
    get isSet() {
      return isSet;
    },
    get isInForce() {
      return isInForce();
    },
    set(value) {
      before = isInForce();
      isSet = value;
      changedAt = clock.now();
    },
  };
}
