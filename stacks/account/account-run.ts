// One account's change in progress: what is asked, what was found, and what its steps have seen and told.
import type { SeenMailbox } from '../mailbox/mailbox-reader.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { StepEvent } from '../tenant/outcome.ts';
import type { AccountChange, RemainingSteps } from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';
import type { TakingGroup } from './taking-groups.ts';

/** What a step is given. Only `applyAccount` makes a new one, from what the steps tell. */
export interface AccountRun {
  readonly change: AccountChange;
  readonly context: ApplyContext;
  readonly found: FoundAccount;
  readonly remaining: RemainingSteps;
  /** Groups whose rule takes their licence with the block, and gives it back with sign-in. */
  readonly groups: readonly TakingGroup[];
  /** The mailbox as a step last saw it. */
  readonly mailbox: SeenMailbox | null;
  /** Part numbers that could not be given back: a read that shows them is from before they were taken. */
  readonly ungiven: readonly string[];
}

/** Tells what it does as it does it. */
export type ApplyStep = (run: AccountRun) => Telling<void>;

/** A part of a step, and what it returns. */
export type Telling<Result> = AsyncGenerator<StepNews, Result>;

interface StepNews extends StepEvent, Partial<Pick<AccountRun, 'mailbox' | 'ungiven'>> {
  /** `stop`: the following steps must not come before what this one waits for. `ask-again`: ask the guard before them. */
  next?: 'stop' | 'ask-again';
}
