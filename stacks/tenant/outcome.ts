// What came of one account's change: done, refused, held back, waiting or failed, each with its reason.
import type { RequestIds } from '../../graph/request-ids.ts';
import type { ErrorCode } from '../../policy/error-codes.ts';
import type { DormantError } from '../../policy/errors.ts';
import type { Refusal } from '../../policy/guard.ts';
import type { DesiredState, StayReason } from '../../policy/schemas/account.ts';

/** In the order in which they are done. */
export const stepNames = [
  'sign-in-blocked',
  'sessions-revoked',
  'mailbox-shared',
  'licenses-changed',
  'mailbox-regular',
  'sign-in-allowed',
] as const;
export type StepName = (typeof stepNames)[number];

/** What Microsoft's side calls a request that changed something. */
export interface Receipt extends RequestIds {
  /** ISO 8601, by the clock of this run. */
  at: string;
}

/** A step that this run has done; what was as it should be already is not listed. */
export interface CompletedStep extends Receipt {
  step: StepName;
  /** SKU part numbers; only of `licenses-changed`. */
  removed?: readonly string[];
  given?: readonly string[];
  /** Of `removed`, those on which a phone number hangs, which goes at once; nobody can read whether one is assigned. */
  phones?: readonly string[];
}

/** A licence that stays although its removal was reviewed, or although it is paid for. */
export interface StayingLicense {
  skuPartNumber: string;
  reason: StayReason;
  /** The reason in words, with the group's name where there is one. */
  because: string;
}

/**
 * What has to happen first. `active-directory`: see `stacks/on-premises/`. `directory`: the tenant's reads are behind our own write.
 * `restoration`: the account is deleted. `group-license`: a dynamic group gives its licence back by itself, now that sign-in is allowed.
 */
export interface WaitReason {
  for: 'active-directory' | 'manual-conversion' | 'directory' | 'restoration' | 'group-license';
  because: string;
}

export interface ApplyOutcome {
  done: readonly CompletedStep[];
  refused: readonly Refusal[];
  heldBack: readonly StayingLicense[];
  waits: readonly WaitReason[];
  failure: DormantError | null;
  /** How far it came: the next run's `from`. Of what failed in the middle, `attempted` has to tell. */
  reached: DesiredState;
  /** When this pipeline last blocked or allowed sign-in; the next run's `wroteAt`. */
  wroteAt: string | null;
}

/** Whether nothing is left for another run. What is held back is for the next audit to say, not for the next run to try. */
export function isFinished({ refused, waits, failure }: ApplyOutcome): boolean {
  return refused.length === 0 && waits.length === 0 && failure === null;
}

/** Whether the run has begun to change the account. Who was refused before anything was done was not touched. */
export function hasBegun({ done, refused }: ApplyOutcome): boolean {
  return refused.length === 0 || done.length > 0;
}

/** What the event stream carries; the failure as its sentence. */
export interface OutcomeReport extends Omit<ApplyOutcome, 'failure'> {
  failure: { code: ErrorCode; message: string; remedy: string } | null;
}

export function toOutcomeReport({ failure, ...outcome }: ApplyOutcome): OutcomeReport {
  return {
    ...outcome,
    failure: failure && { code: failure.code, message: failure.message, remedy: failure.remedy },
  };
}
