// A word for every code of an apply: its steps, why a licence stays, what became of a mailbox, and the quarantine. Pure.
import type { StayReason } from '../schemas/account.ts';
import { heldBackWords } from './labels.ts';

/** In the order in which they are done. */
export const stepNames = [
  'sign-in-blocked',
  'sessions-revoked',
  'mailbox-shared',
  'licenses-changed',
  'group-left',
  'group-joined',
  'mailbox-regular',
  'sign-in-allowed',
] as const;
export type StepName = (typeof stepNames)[number];

interface StepWords {
  done: string;
  /** What a person gets back by it; absent: nothing, or the licences that it names. */
  gives?: string;
}

export const stepWords: Record<StepName, StepWords> = {
  'sign-in-blocked': { done: 'sign-in blocked' },
  'sessions-revoked': { done: 'sessions ended' },
  'mailbox-shared': { done: 'mailbox shared' },
  'licenses-changed': { done: 'licences changed' },
  'group-left': { done: 'group left' },
  'group-joined': { done: 'group joined again' },
  'mailbox-regular': { done: 'mailbox given back', gives: 'a mailbox of their own' },
  'sign-in-allowed': { done: 'sign-in allowed', gives: 'sign-in' },
};

export const stayWords: Record<StayReason, string> = {
  ...heldBackWords,
  'assigned-since': 'assigned again after the audit that was reviewed',
  'size-unknown': 'the size of the mailbox is not known',
  refused: 'Microsoft refused to take it',
};

/** For an apply that takes something without having seen whether people are back. */
export const withoutSignInsWords =
  'Sign-ins could not be read, and signIns: optional in policy.yaml lets the apply go on: whether these people have signed in since the audit was not checked.';

export const mailboxChangeWords = {
  shared: 'becomes shared',
  unchanged: 'unchanged',
  'by hand': 'to be converted by an admin',
};

export const quarantineWords = {
  'report-only': 'reports what it would block',
  enforced: 'blocks every app',
  released: 'no longer blocks',
};
