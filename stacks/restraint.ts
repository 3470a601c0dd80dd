// What one run of the program must not do, and which part of the stack it is for: what the run that starts it has found before.

import type { QuarantineMode } from './on-premises/quarantine.ts';
import type { QuarantineMembers } from './on-premises/quarantine-members.ts';
import type { ResolvedQuarantine } from './on-premises/resolve-quarantine.ts';
import type { OpenArguments } from './open-arguments.ts';

/** Known only once the plan is made, from the first run of the program: the second one keeps to it. */
export interface Restraint {
  /** false: above the caps nothing is taken. */
  mayTake: boolean;
  /** Object ids of those who do not join the quarantine. */
  notHeld: ReadonlySet<string>;
  /** Object ids of those who are in quarantine by the state; null: nobody has asked it. */
  heldBefore: ReadonlySet<string> | null;
  /** Of whom nobody can tell whether they may be held, as the program's last run has found. */
  doubtful: QuarantineMembers['doubtful'];
  /** What the tenant has of the quarantine; null: nobody has looked. */
  quarantine: ResolvedQuarantine | null;
  /** What the program's last run has declared of it; null: nothing. */
  declared: { mode: QuarantineMode; members: readonly string[] } | null;
  /** The state is lost, so that everybody is taken to have been told. */
  isStateLost: boolean;
  /** Of a run in parts, what the engine is at; null: all at once, as plain `pulumi` does it. */
  part: UpdatePart | null;
}

/** The resources that the program declares now: the engine is told to leave alone all others. */
export interface UpdatePart {
  name: OpenArguments['part'];
  urns: ReadonlySet<string>;
  hasQuarantine: boolean;
}

export function createRestraint(): Restraint {
  return {
    mayTake: true,
    notHeld: new Set(),
    heldBefore: null,
    doubtful: [],
    quarantine: null,
    declared: null,
    isStateLost: false,
    part: null,
  };
}
