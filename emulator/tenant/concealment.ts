// displayConcealedNames with its delay: the setting, and its state in the reports.
import type { Clock } from '../clock.ts';
import type { Switches } from '../options.ts';
import { FormerValues, type Lags } from './replicas.ts';

export interface Concealment {
  readonly isSet: boolean;
  /** The setting that GET /admin/reportSettings returns. */
  readonly isShownSet: boolean;
  /** Whether the reports conceal names. */
  readonly isInForce: boolean;
  set(value: boolean): void;
}

/** A change is in force `concealmentDelaySeconds` after it was made. */
export function createConcealment(clock: Clock, switches: Switches, lags: Lags): Concealment {
  const former = new FormerValues<boolean>();
  let isSet = switches.displayConcealedNames;
  let before = isSet;
  let changedAt = Number.NEGATIVE_INFINITY;
  const isInForce = () => (clock.now() >= changedAt + switches.concealmentDelaySeconds * 1000 ? isSet : before);
  return {
    get isSet() {
      return isSet;
    },
    get isShownSet() {
      return former.show(isSet);
    },
    get isInForce() {
      return isInForce();
    },
    set(value) {
      before = isInForce();
      former.note(isSet, lags.settings());
      isSet = value;
      changedAt = clock.now();
    },
  };
}
