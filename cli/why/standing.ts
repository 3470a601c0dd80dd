// Where one person stands, as a value: what `dormant why --json` prints, and what its page is made of.
import type { FilePlace } from '../../audit/history/account-moves.ts';
import type { MergedPull } from '../../forge/github/merged-pull.ts';
import type { Day } from '../../policy/evidence.ts';
import type { RecommendedAction, Verdict } from '../../policy/judge/judgement.ts';
import type { GivenBack } from '../../policy/words/describe-given-back.ts';
import type { AccountRecord } from './read-record.ts';
import type { UnreadSource } from './unread.ts';

export interface Standing {
  stack: string;
  today: Day;
  person: {
    id: string;
    userPrincipalName: string;
    displayName: string;
    department: string | null;
    jobTitle: string | null;
    manager: string | null;
  };
  /**
   * A stage of the person's file on main; `archive`; `taken-out`, where main once had a file; `not-in-plan`, where it never had;
   * null: main cannot be read.
   */
  place: Exclude<FilePlace, null> | 'taken-out' | 'not-in-plan' | null;
  /** The day on which it came there; null: it is in no place that has one. */
  since: Day | null;
  /** The person's file on main, or the last that main had of them. */
  path: string | null;
  /** As people have written it into the file. */
  reason: string | null;
  /** What the file's facts say; null: there is no file. */
  evidence: FileEvidence | null;
  /** What a reviewer has left to the person beyond what the stage asks for. */
  reviewerEdits: readonly string[];
  /** What main's first-parent line did with the file, the earliest first. */
  history: readonly StandingMove[];
  /** In force today. */
  exemption: { reason: string; owner: string; until: Day } | null;
  /** A file of give-back/ on main, which outranks the stage; null: there is none. */
  giveBack: { path: string; reason: string; askedBy: string; askedOn: Day } | null;
  /** While it lasts nothing is taken; null: there is none in force. */
  pause: { reason: string; until: Day } | null;
  /** Today is closed by the policy's calendar, so that nothing is taken; null: it is open. */
  closed: { because: string; opens: string } | null;
  /** On HR's list of executives whose accounts are silent. */
  escalatedSince: Day | null;
  /** null: there is no audit on this machine. */
  audit: AuditWords | null;
  /** What the apply's state knows; null: it cannot be read, or knows nothing of the account. */
  state: StateWords | null;
  record: AccountRecord;
  /** Where the record of a run is that this machine does not have. */
  downloads: readonly { run: number | null; at: string | null; command: string }[];
  /** Pull requests that are open and change the person's file. */
  openPulls: readonly { number: number; url: string; isDraft: boolean }[];
  givesBack: readonly GivenBack[];
  /** What happens next if nobody does anything, and from when; null: nothing. */
  next: { on: Day | null; says: string } | null;
  /** What somebody can do now. */
  commands: readonly { run: string; why: string }[];
  unread: readonly UnreadSource[];
}

export interface FileEvidence {
  auditedOn: Day;
  reportRefreshDate: Day;
  inactiveDays: number | null;
  /** Service or `signIn` → the last day it was used; null: never. */
  lastActivity: Readonly<Record<string, Day | null>>;
  /** The key that vouches for the facts; null: none does. */
  signedBy: string | null;
  /** Why the file does not count as it is written; empty: it does. */
  problems: readonly string[];
}

export interface StandingMove {
  kind: 'moved' | 'renewed' | 'edited';
  day: Day;
  commit: string;
  from: FilePlace;
  to: FilePlace;
  path: string;
  reason: string | null;
  /** As git knows them: whoever commits writes both. */
  author: string;
  committer: string;
  /** The number that the commit's subject names, which whoever commits writes. */
  namedPull: number | null;
  /** As GitHub knows it; null: it was not asked, or knows none. */
  pull: MergedPull | null;
}

export interface AuditWords {
  auditedOn: Day;
  /** null: it did not see the account. */
  verdict: Verdict | null;
  /** What the rules recommend; null as above. */
  action: RecommendedAction | null;
  /** In words: what the verdict stands on, who is protected as what, and what follows. */
  says: readonly string[];
}

export interface StateWords {
  /** What applies have taken so far, in words; empty: nothing. */
  taken: readonly string[];
  isSettled: boolean;
  /** A run that was to change it did not come to its end, or is at work now. */
  isBegun: boolean;
  tookOn: Day | null;
}
