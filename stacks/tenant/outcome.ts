// The outcome of one account's change: done, refused, held back, waiting or failed, each with its reason.
import type { RequestIds } from '../../graph/request-ids.ts';
import type { ErrorCode } from '../../policy/error-codes.ts';
import type { DormantError } from '../../policy/errors.ts';
import type { Refusal } from '../../policy/guard/guard.ts';
import type { TakingStop } from '../../policy/pause/taking-stop.ts';
import type { DesiredState, StayReason } from '../../policy/schemas/account.ts';
import type { StepName } from '../../policy/words/apply-words.ts';

/** Microsoft's ids of a request that changed something. */
export interface Receipt extends RequestIds {
  /** ISO 8601, by this run's clock. */
  at: string;
}

/** A step that this run did; what was so already is not listed. */
interface CompletedStep extends Receipt {
  step: StepName;
  /** displayName; of `group-left` and `group-joined`. */
  group?: string;
  /** SKU part numbers; of `licenses-changed`, and of a group what it takes and gives some time later. */
  removed?: readonly string[];
  given?: readonly string[];
  /** Of `removed`, those with a phone number, which goes at once; whether one is assigned is not readable. */
  phones?: readonly string[];
}

/** A step that a killed run had done already, as the tenant shows. */
export type EarlierStep = Pick<CompletedStep, 'step' | 'group' | 'removed' | 'given'>;

/** A licence that stays although its removal was reviewed, or although it costs money. */
export interface StayingLicense {
  skuPartNumber: string;
  reason: StayReason;
  /** The reason in words, with the group's name if there is one. */
  because: string;
}

/**
 * What has to happen first. `active-directory`: see `stacks/on-premises/`. `directory`: reads lag behind our write.
 * `restoration`: the account is deleted. `group-license`: Microsoft takes or gives what a group gives some time after its members have changed, or its rule some
 * time after sign-in is allowed.
 * `newer-main`: main has moved since the run began, so that the next run decides.
 * `stop`: nothing is taken now.
 */
export interface WaitReason {
  for: 'active-directory' | 'manual-conversion' | 'directory' | 'restoration' | 'group-license' | 'newer-main' | 'stop';
  because: string;
  /** What it waits for, of `stop`. */
  stop?: TakingStop;
}

/** A `DormantError` without its stack: the provider sends it through the engine as JSON. */
interface ApplyFailure {
  code: ErrorCode;
  message: string;
  remedy: string;
}

export interface ApplyOutcome {
  done: readonly CompletedStep[];
  /** Absent: no earlier run was killed, or none of what it was to do is done. */
  doneEarlier?: readonly EarlierStep[];
  refused: readonly Refusal[];
  heldBack: readonly StayingLicense[];
  waits: readonly WaitReason[];
  failure: ApplyFailure | null;
  /** How far it got: the next run's `from`. What failed halfway is in `attempted`. */
  reached: DesiredState;
  /** When this pipeline last changed the account, but for ending its sessions; the next run's `wroteAt`. */
  wroteAt: string | null;
}

/** Whether no other run is needed. What is held back is for the next audit to report, not for a run to retry. */
export function isFinished({ refused, waits, failure }: ApplyOutcome): boolean {
  return refused.length === 0 && waits.length === 0 && failure === null;
}

/** Whether the run has begun to change the account: one refused or stopped before any step was not touched. */
export function hasBegun({ done, refused, waits }: ApplyOutcome): boolean {
  return done.length > 0 || (refused.length === 0 && !waits.some(isStopWait));
}

/** Whether it waits only because nothing is taken now. */
export function isStopWait(wait: WaitReason): wait is WaitReason & { stop: TakingStop } {
  return wait.stop !== undefined;
}

export function toStopWait(stop: TakingStop): WaitReason {
  return { for: 'stop', because: 'nothing is taken now', stop };
}

/** A part of the outcome, told as it happens: what was told stands, even if the next request fails. */
export type StepEvent = Partial<Omit<ApplyOutcome, 'reached'> & { reached: ReachedPart }>;

/** `groups` undefined: the account is in all of them again. */
type ReachedPart = Partial<Omit<DesiredState, 'groups'>> & { groups?: DesiredState['groups'] | undefined };

/** The steps that took something from the account. */
export function listTakingSteps({ done }: Pick<ApplyOutcome, 'done'>): readonly CompletedStep[] {
  return done.filter(({ step, removed = [] }) => takingSteps.has(step) || removed.length > 0);
}

const takingSteps: ReadonlySet<StepName> = new Set([
  'sign-in-blocked',
  'sessions-revoked',
  'mailbox-shared',
  'group-left',
]);

export function createOutcome({ from, wroteAt }: { from: DesiredState; wroteAt: string | null }): ApplyOutcome {
  return { done: [], refused: [], heldBack: [], waits: [], failure: null, reached: from, wroteAt };
}

/** The first failure is the one to report: what comes after it follows from it. */
export function addStepEvent(outcome: ApplyOutcome, event: StepEvent): ApplyOutcome {
  const doneEarlier = event.doneEarlier ?? outcome.doneEarlier;
  return {
    done: [...outcome.done, ...(event.done ?? [])],
    ...(doneEarlier === undefined ? {} : { doneEarlier }),
    refused: [...outcome.refused, ...(event.refused ?? [])],
    heldBack: [...outcome.heldBack, ...(event.heldBack ?? [])],
    waits: [...outcome.waits, ...(event.waits ?? [])],
    failure: outcome.failure ?? event.failure ?? null,
    reached: addReached(outcome.reached, event.reached ?? {}),
    wroteAt: event.wroteAt ?? outcome.wroteAt,
  };
}

function addReached({ groups: before, ...reached }: DesiredState, part: ReachedPart): DesiredState {
  const { groups = 'groups' in part ? undefined : before, ...rest } = part;
  return { ...reached, ...rest, ...(groups === undefined ? {} : { groups }) };
}

export function toFailure({ code, message, remedy }: DormantError): ApplyFailure {
  return { code, message, remedy };
}
