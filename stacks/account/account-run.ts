// One account's change in progress: what is asked, what was found, and the record that becomes its outcome.
import type { DormantError } from '../../policy/errors.ts';
import type { Refusal } from '../../policy/guard/guard.ts';
import type { DesiredState } from '../../policy/schemas/account.ts';
import type { SeenMailbox } from '../mailbox/mailbox-client.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { ApplyOutcome, CompletedStep, StayingLicense, WaitReason } from '../tenant/outcome.ts';
import { type AccountChange, computeRemainingSteps, type RemainingSteps } from './account-change.ts';
import type { TakingGroup } from './taking-groups.ts';

export interface AccountRun {
  readonly change: AccountChange;
  readonly context: ApplyContext;
  found: FoundAccount;
  remaining: RemainingSteps;
  /** Groups whose rule takes their licence with the block, and gives it back with sign-in. */
  readonly groups: readonly TakingGroup[];
  /** The mailbox as a step last saw it. */
  mailbox: SeenMailbox | null;
  /** A step has waited, so `found` is minutes old. */
  hasWaited: boolean;
  readonly record: OutcomeRecord;
}

export interface OutcomeRecord extends ApplyOutcome {
  done: CompletedStep[];
  refused: Refusal[];
  heldBack: StayingLicense[];
  waits: WaitReason[];
  failure: DormantError | null;
  reached: DesiredState;
  wroteAt: string | null;
}

/** `stop`: the following steps must not come before what this one waits for. */
type StepResult = 'go-on' | 'stop';

export type ApplyStep = (run: AccountRun) => Promise<StepResult>;

export function createOutcomeRecord({ from, wroteAt }: AccountChange): OutcomeRecord {
  const nothing = { done: [], refused: [], heldBack: [], waits: [], failure: null };
  return { ...nothing, reached: { ...from }, wroteAt };
}

export function createAccountRun(
  start: Pick<AccountRun, 'change' | 'context' | 'found' | 'groups' | 'record'>,
): AccountRun {
  const remaining = computeRemainingSteps(start.change, start.found);
  return { ...start, remaining, mailbox: null, hasWaited: false };
}
