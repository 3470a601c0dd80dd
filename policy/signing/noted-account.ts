// What the state of the apply knows of an account: the only witness of what was taken besides main's history.
import type { DesiredState, RestoreState } from '../schemas/account.ts';

export interface NotedAccount {
  /** What it had when this pipeline first took something from it. */
  restore: RestoreState;
  /** What applies have made of it since. */
  reached: DesiredState;
}
