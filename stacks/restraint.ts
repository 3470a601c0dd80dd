// What one run of the program must not do, and which part of the stack it is for, as the run that starts it found.
import type { IdKey } from '../policy/identifiers.ts';
import type { QuarantineMode } from './on-premises/quarantine.ts';
import type { QuarantineMembers } from './on-premises/quarantine-members.ts';
import type { ResolvedQuarantine } from './on-premises/resolve-quarantine.ts';
import type { OpenArguments } from './open-arguments.ts';
import type { SeenSigning } from './signing-record-state.ts';
import type { TrustedStack } from './trusted-files.ts';

/** Known only once the plan is made from the first run of the program; the second run keeps to it. */
export interface Restraint {
  /** The files as they stand; null: they have not been held against main yet. */
  trusted: Pick<TrustedStack, 'files' | 'declared'> | null;
  /** What the state is to note of this run; null: nothing. */
  seen: SeenSigning | null;
  /** As in `StackRunOptions`; null: real time. */
  startsAt: string | null;
  /** false: a limit is passed, so nothing is taken. */
  mayTake: boolean;
  /** The commit of main that an apply has gone through last; null: none is noted. */
  appliedCommit: string | null;
  /** Object ids of those who must not join the quarantine. */
  notHeld: ReadonlySet<IdKey>;
  /** Object ids of who is in quarantine by the state; null: it was not asked. */
  heldBefore: ReadonlySet<IdKey> | null;
  /** Who could not be judged for the quarantine, as the program's last run found. */
  doubtful: QuarantineMembers['doubtful'];
  /** What the tenant has of the quarantine; null: it was not read. */
  quarantine: ResolvedQuarantine | null;
  /** The quarantine that the program's last run declared; null: none. */
  declared: { mode: QuarantineMode; members: readonly IdKey[] } | null;
  /** The state is lost, so that everybody counts as reported. */
  isStateLost: boolean;
  /** In a run in parts, the current one; null: all at once, as plain `pulumi` does it. */
  part: UpdatePart | null;
}

/** The resources that the program declares now: the engine leaves all others alone. */
export interface UpdatePart {
  name: OpenArguments['part'];
  urns: ReadonlySet<string>;
  hasQuarantine: boolean;
}

export function createRestraint(): Restraint {
  return {
    trusted: null,
    seen: null,
    startsAt: null,
    mayTake: true,
    appliedCommit: null,
    notHeld: new Set(),
    heldBefore: null,
    doubtful: [],
    quarantine: null,
    declared: null,
    isStateLost: false,
    part: null,
  };
}
