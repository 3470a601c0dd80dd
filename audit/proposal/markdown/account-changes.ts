// What a preview would do and what an apply did, as a value: the side that acts passes it, and nothing in it knows the engine.
import type { StayReason } from '../../../policy/schemas/account.ts';

export interface ChangedAccount {
  displayName: string;
  userPrincipalName: string;
}

/** Every list is in the order it is shown in; an account stands in as many lists as things happen to it. */
export interface AccountChanges {
  stack: string;
  /** preview: nothing has happened yet. apply: it has, but for what is refused or failed. */
  mode: 'preview' | 'apply';
  currency: string;
  /** Whose sign-in is blocked. */
  disabled: readonly (ChangedAccount & { mailbox: 'shared' | 'unchanged' | 'by hand' })[];
  /** Whose mailbox alone is shared: their sign-in was blocked before, or stays allowed. */
  shared?: readonly ChangedAccount[];
  /** Without `removed`: whose licences all stay after all. */
  delicensed: readonly (ChangedAccount & {
    /** SKU part numbers. */
    removed: readonly string[];
    /** Of these, the ones on which a phone number hangs. */
    phones?: readonly string[];
    /** `because`: the reason as it was found, with its dates and numbers. */
    stays: readonly { skuPartNumber: string; reason: StayReason; because?: string; group?: string }[];
    monthly: number;
  })[];
  restored: readonly (ChangedAccount & { gives: readonly string[] })[];
  /** Synced accounts that Conditional Access holds from now on, or lets go. */
  quarantined: readonly (ChangedAccount & { how: 'report-only' | 'enforced' | 'released' })[];
  /** What people had changed by hand about the quarantine and is as declared again, in sentences. */
  corrected?: readonly string[];
  mailed: readonly {
    to: string;
    /** escalation: to HR, about executives on the list. */
    kind: 'notice' | 'reminder' | 'escalation';
    about: readonly string[];
    /** A run died while it sent this mail, so that it may arrive, or have arrived, twice. */
    mayBeSecond?: boolean;
  }[];
  /** Left alone: something has changed since the review, or what has to be known before anything is taken is not. */
  refused: readonly (ChangedAccount & { because: string })[];
  /** Tried and not done. */
  failed: readonly (ChangedAccount & { because: string })[];
  /** Not done yet, and nothing is wrong: somebody else has to act first, or time has to pass. */
  waiting?: readonly (ChangedAccount & { because: string })[];
  /** Something is taken although nobody could see whether these people signed in since. */
  withoutSignIns: boolean;
  /** Why nothing at all is done: a lock, an unreadable file. null: nothing stops it. */
  stopped: string | null;
  /** Why nothing is taken, while what is given back goes on: a cap. */
  limited?: string | null;
  /** What else a reader has to know, in sentences. */
  notes?: readonly string[];
  /** What Microsoft's clocks take once these licences are gone, in sentences; absent: nothing. */
  clocks?: readonly string[];
  /** What Microsoft's side calls each thing that was done; absent in a preview. */
  receipts?: readonly (ChangedAccount & {
    step: string;
    at: string;
    /** Of the whole $batch, where it came in one: then `item` is its place there. */
    requestId: string;
    item: string | null;
  })[];
  /** What differs from the comment before this one, in sentences as `upsertComment` gives them; empty for the first. */
  sinceLastTime: readonly string[];
}
