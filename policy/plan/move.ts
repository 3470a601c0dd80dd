// The plan as a value: what moves, waits and leaves, and the resulting files.
import type { Day } from '../evidence.ts';
import type { RampPosition } from '../guard/ramp.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { Escalation } from '../schemas/escalations.ts';
import type { Exemption } from '../schemas/exemptions.ts';
import type { limitWords } from '../words/labels.ts';

const moveReasons = [
  'inactive',
  'stage-elapsed',
  'active-again',
  'exempted',
  'protected',
  'changed-by-reviewer',
  'keep-lapsed',
  'restored',
  'given-back',
  'renamed',
  'evidence-renewed',
  'mailbox-flipped-back',
  'account-gone',
  'archived',
  'not-signed',
  'out-of-scope',
] as const;
export type MoveReason = (typeof moveReasons)[number];

/** A change of one file. `from` null: the file is new. `to` null: the file goes; `archive`: it moves out of the program. */
export interface Move {
  path: string;
  from: Stage | null;
  to: Stage | 'archive' | null;
  reason: MoveReason;
  /** The reason in words, with its dates and numbers, such as `signed in on 2026-12-05`. */
  because: string;
  /** The file as it will be; for a file that goes, as it was. */
  file: AccountFile;
  /** The latest evidence; null where the account is gone from the tenant. */
  judged: JudgedAccount | null;
  /** Files in archive/ that it writes or takes away. */
  archivePaths: readonly string[];
  /** The file of give-back/ that it takes the word from and takes away; absent: none. */
  giveBackPath?: string;
}

const givingReasons: readonly MoveReason[] = ['renamed', 'mailbox-flipped-back', 'not-signed'];

/** Whether it only gives something back or lets an account go: it never waits for one that takes. */
export function isGivingMove({ to, reason }: Pick<Move, 'to' | 'reason'>): boolean {
  return to === null || to === 'restore' || to === 'keep' || givingReasons.includes(reason);
}

/** An account in a stage that does not move in this audit, and why. */
export interface UnmovedAccount {
  path: string;
  file: AccountFile;
  stage: Stage;
  since: Day;
  because: string;
  /** The day it may move on; null where that does not depend on time. */
  movesOn: Day | null;
  judged: JudgedAccount | null;
  /** Present where somebody set it back on main: the file with facts on which it would go on, signed. */
  withoutSetBack?: AccountFile;
}

/** An account whose file somebody took out of main: it is not proposed again before `until`. */
export interface SetBackAccount {
  judged: JudgedAccount;
  on: Day;
  from: Stage;
  until: Day;
}

/** An account that the caps keep out of this proposal. */
export interface OverLimitAccount {
  judged: JudgedAccount;
  limit: keyof typeof limitWords;
}

/** An account delicensed long enough to be deleted by hand. This product never deletes. */
export interface DeletableAccount {
  path: string;
  file: AccountFile;
  delicensedOn: Day;
}

/** Files of archive/ that go for good: nothing is done to their accounts. */
export interface ErasurePlan {
  erased: readonly Erasure[];
  /** Due as well, and why they stay. */
  kept: readonly (Erasure & { because: string })[];
}

/** Of one account. */
export interface Erasure {
  /** In archive/. */
  paths: readonly string[];
  file: AccountFile;
  /** The day on which main got it into archive/. */
  since: Day;
}

/** What becomes of escalations.yaml: the executives whose accounts are silent, who move through no stage. */
export interface EscalationPlan {
  path: string;
  /** New against main. */
  entered: readonly Escalation[];
  /** On main and no longer listed, with the reason in words. */
  left: readonly { escalation: Escalation; because: string }[];
  /** All of them, as the file will have them. */
  listed: readonly Escalation[];
}

export interface Plan {
  stack: string;
  auditedOn: Day;
  moves: readonly Move[];
  held: readonly UnmovedAccount[];
  waiting: readonly OverLimitAccount[];
  declined: readonly JudgedAccount[];
  setBack: readonly SetBackAccount[];
  deletable: readonly DeletableAccount[];
  erasures: ErasurePlan;
  expiredExemptions: readonly Exemption[];
  escalations: EscalationPlan;
  /** Where the stack is on its ramp; null: the policy has none. */
  ramp: RampPosition | null;
  /**
   * Path → new text; null: the file is deleted. All files that differ from main: whatever else the pipeline changed on the
   * proposal's branch goes back to main's version. Has a file that a person touched wherever their version is replaced.
   */
  files: ReadonlyMap<string, string | null>;
}
