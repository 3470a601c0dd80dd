// The change of one account while it is worked on: what is asked, what was found, and the record that becomes its outcome.
import type { DormantError } from '../../policy/errors.ts';
import type { Refusal } from '../../policy/guard.ts';
import type { DesiredState } from '../../policy/schemas/account.ts';
import type { SeenMailbox } from '../mailbox/mailboxes.ts';
import type { ApplyContext } from './apply-context.ts';
import { type AccountChange, type Asked, asked } from './change.ts';
import type { FoundAccount } from './fresh.ts';
import type { Done, HeldBack, Outcome, Receipt, StepName, Waiting } from './outcome.ts';
import type { TakingGroup } from './taken-by-rule.ts';

export interface Work {
  readonly change: AccountChange;
  readonly context: ApplyContext;
  found: FoundAccount;
  asked: Asked;
  /** Groups whose rule takes their licence with the block, or gives it back with sign-in. */
  readonly groups: readonly TakingGroup[];
  /** The mailbox as a step has just seen it. */
  mailbox: SeenMailbox | null;
  /** A step has waited, so that `found` tells of minutes ago. */
  hasWaited: boolean;
  readonly record: Recorded;
}

export interface Recorded extends Outcome {
  done: Done[];
  refused: Refusal[];
  heldBack: HeldBack[];
  waits: Waiting[];
  failure: DormantError | null;
  reached: DesiredState;
  wroteAt: string | null;
}

/** `stop`: what follows must not happen before what this step waits for. */
export type Next = 'go-on' | 'stop';

export type Step = (work: Work) => Promise<Next>;

export function recordFor({ from, wroteAt }: AccountChange): Recorded {
  const nothing = { done: [], refused: [], heldBack: [], waits: [], failure: null };
  return { ...nothing, reached: { ...from }, wroteAt };
}

export function workOn(
  change: AccountChange,
  found: FoundAccount,
  context: ApplyContext,
  record: Recorded,
  groups: readonly TakingGroup[],
): Work {
  return {
    change,
    context,
    found,
    asked: asked(change, found),
    groups,
    mailbox: null,
    hasWaited: false,
    record,
  };
}

/** Enters a step as done. */
export function enter({ record }: Work, step: StepName, receipt: Receipt, more: Partial<Done> = {}): void {
  record.done.push({ step, ...receipt, ...more });
}
