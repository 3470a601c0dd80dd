// One place where personal data lies, as the page shows it.
import type { ReasonTree } from './reasons.ts';

/** How the page calls them, and who is meant. */
export const people = {
  holder: ['account holders', 'whose account it is'],
  manager: ['managers', 'whom the directory names as an account holder’s manager'],
  reviewer: ['reviewers', 'who reviews, approves or merges, or commits by hand'],
  asker: ['askers', 'who asks for an exemption or a give-back, or answers for one'],
  executive: ['executives', 'whom the policy’s rules recognise as such'],
  owner: ['owners', 'who answers for a service account'],
  contact: ['contacts', 'whose address a setting has'],
  guest: ['guests', 'guests and members of other companies'],
} as const;
type DataSubject = keyof typeof people;

/** A file or a text, and why each of its fields is kept. */
interface KeptFile {
  /** Such as `audit.json`, in code; or words. */
  name: string;
  reasons: ReasonTree;
}

export interface Place {
  title: string;
  purpose: string;
  whose: readonly DataSubject[];
  /** Where it lies, and by whose contract. */
  where: string;
  seenBy: string;
  /** For how long, and what ends it. */
  keptFor: string;
  /** The setting that changes any of that; absent: none does. */
  setting?: string;
  /** What it is, in sentences, where there is no table of fields. */
  what?: string;
  files?: readonly KeptFile[];
}
