// What a preview would do or an apply did, as a plain value that knows nothing of the engine.
import type { UserPrincipalName } from '../../policy/identifiers.ts';
import type { TakingStop } from '../../policy/pause/taking-stop.ts';
import type { mailboxChangeWords, quarantineWords } from '../../policy/words/apply-words.ts';
import type { HidingStyle } from '../../policy/words/show-name.ts';
import type { StayingLicense } from '../tenant/outcome.ts';

export interface ChangedAccount {
  displayName: string;
  userPrincipalName: UserPrincipalName;
  /** Of the account's file, where names are hidden: it has them. */
  path?: string;
}

/** Lists are in the order they are shown; an account may be in several. */
export interface AccountChanges {
  stack: string;
  /** How people are called in it; absent: by their names. */
  names?: HidingStyle;
  /** preview: nothing has happened yet. apply: everything has, except what was refused or failed. */
  mode: 'preview' | 'apply';
  currency: string;
  /** Whose sign-in is blocked. */
  disabled: readonly (ChangedAccount & {
    mailbox: keyof typeof mailboxChangeWords;
    /** Part numbers that groups take back with the block, some time later, and what those cost a month; absent: none. */
    withBlock?: { licenses: readonly string[]; monthly: number };
  })[];
  /** Only their mailbox is made shared: sign-in was blocked before, or stays allowed. */
  shared?: readonly ChangedAccount[];
  /** `removed` empty: all of the account's licences stay after all. */
  delicensed: readonly (ChangedAccount & {
    /** SKU part numbers, each once. */
    removed: readonly string[];
    /** The groups that the account is taken out of, with what each gave; that goes some time later. */
    groups?: readonly { displayName: string; gave: readonly string[] }[];
    /** Of these, the ones that a phone number depends on. */
    phones?: readonly string[];
    stays: readonly StayingLicense[];
    monthly: number;
  })[];
  /** Done by an earlier run that ended early and could not tell: in words. */
  doneEarlier?: readonly (ChangedAccount & { what: readonly string[] })[];
  restored: readonly (ChangedAccount & { gives: readonly string[] })[];
  /** Synced accounts that Conditional Access blocks from now on, or no longer. */
  quarantined: readonly (ChangedAccount & { how: keyof typeof quarantineWords })[];
  /** Changes to the quarantine by hand that were reverted, in sentences. */
  corrected?: readonly string[];
  mailed: readonly {
    to: string;
    /** escalation: to HR, about executives on its list. given back: to a manager, about who can sign in again. */
    kind: 'notice' | 'reminder' | 'escalation' | 'given back';
    about: readonly string[];
    /** A run died while sending this mail, so it may arrive twice. */
    mayBeSecond?: boolean;
  }[];
  /** Left alone: something changed since the review, or evidence that is needed is missing. */
  refused: readonly (ChangedAccount & { because: string })[];
  /** Tried and not done. */
  failed: readonly (ChangedAccount & { because: string })[];
  /** Not done yet, without a fault: somebody has to act first, or time has to pass. */
  waiting?: readonly (ChangedAccount & { because: string })[];
  /** Something is taken although sign-ins since the review cannot be read. */
  withoutSignIns: boolean;
  /** Why nothing at all is done, such as a lock or an unreadable file; null: nothing stops it. */
  stopped: string | null;
  /** Why nothing is taken while accounts are still restored: a cap was exceeded. */
  limited?: string | null;
  /** Why nothing is taken now, or no longer was: a pause, a label, a closed day; null or absent: nothing stops it. */
  stop?: TakingStop | null;
  /** Further notes for readers, in sentences. */
  notes?: readonly string[];
  /** What Microsoft's retention deletes once these licences are gone, in sentences; absent: nothing. */
  clocks?: readonly string[];
  /** Microsoft's request ids of what was done; absent in a preview. */
  receipts?: readonly (ChangedAccount & {
    step: string;
    at: string;
    /** For a request in a $batch, the batch's; `item` is then its place there. */
    requestId: string;
    item: string | null;
  })[];
  /** Differences from the previous comment, as `upsertComment` passes them; empty for the first. */
  sinceLastTime: readonly string[];
}
