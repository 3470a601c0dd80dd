// What the state of the apply knows: besides main's history the only witness of what was taken, and of when main got what.
import type { Day } from '../evidence.ts';
import type { IdKey } from '../identifiers.ts';
import type { DesiredState, RestoreState } from '../schemas/account.ts';

export interface NotedAccount {
  /** What it had when this pipeline first took something from it. */
  restore: RestoreState;
  /** What applies have made of it since. */
  reached: DesiredState;
}

export interface NotedState {
  /** Those of whom something is or may be taken. */
  accounts: ReadonlyMap<IdKey, NotedAccount>;
  /** The day on which an apply first saw each commit of a proposal that lies on main's line itself. */
  seen: Readonly<Record<string, Day>>;
  /** The commit of main that an apply has gone through last; null: none is noted. */
  appliedCommit: string | null;
}
