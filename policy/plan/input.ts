// What a plan is made from: the judged accounts, main, the open proposal, and declined accounts.
import type { DueAccount } from '../erasure/list-due.ts';
import type { Day, RunFacts } from '../evidence.ts';
import type { Wave } from '../guard/waves.ts';
import { foldId, type IdKey, type UserId } from '../identifiers.ts';
import type { StackRules } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { CarriedServices } from '../licenses/service-plans.ts';
import type { AccountFile, RestorableLicense, Stage } from '../schemas/account.ts';
import type { SigningProblem } from '../signing/judge-version.ts';
import type { NotedAccount } from '../signing/noted-state.ts';
import type { PlanSigning } from './plan-signing.ts';
import type { SetBack } from './set-back.ts';

export interface PlanInput {
  rules: StackRules;
  run: RunFacts;
  /** Every inactive account, and every account that has a file on main or on the proposal's branch, whatever its verdict. */
  judged: readonly JudgedAccount[];
  /** Account files on main. */
  inForce: readonly InForceFile[];
  /** Files of the stack's archive on main; only an account's latest counts, and none while it has one in force. */
  archived: readonly ArchivedFile[];
  /** Whose files in archive/ have been there as long as privacy.eraseAfterDays says; absent: nobody's. */
  erasable?: readonly ErasableAccount[];
  /** What a licence that the account had would carry, as the tenant sells the product today. */
  predictCarried: (license: RestorableLicense) => CarriedServices;
  /** Accounts with a file on main that are not in `judged`, by id; accounts in neither are gone. */
  absent: ReadonlyMap<IdKey, Absence>;
  /** What the open proposal's branch changes against main, and every file that a person touched there. */
  proposed: readonly ProposedFile[];
  declined: readonly DeclinedAccount[];
  /** What people took back on main. */
  setBack: readonly SetBack[];
  /** Paths of files of give-back/ that have no effect; absent: none. */
  idleGiveBacks?: readonly string[];
  enabledMembers: number;
  /** Since the policy has a ramp; absent: none. */
  waves?: readonly Wave[];
  /** exemptions.yaml on main; null when the repository has none. */
  exemptionsFile: { path: string; text: string } | null;
  /** The stack's escalations.yaml on main; null: it has none. */
  escalationsFile: EscalationsOnMain | null;
  signing: PlanSigning;
}

export interface ErasableAccount extends DueAccount {
  /** As in `ErasureQuestion`. */
  isInState: boolean | null;
}

export interface EscalationsOnMain {
  text: string;
  /** No audit has signed the list as it stands: its days count for nothing. */
  isUnsigned?: boolean;
}

/**
 * Why the listing lacks an account. `deleted`: restorable for 30 days, under the same id. `not-listed`: the tenant has it.
 */
export type Absence = { kind: 'deleted'; on: Day } | { kind: 'gone' } | { kind: 'not-listed' } | { kind: 'unknown' };

/** An account file as git holds it. `path` is relative to the repository's root. */
export interface TrackedFile {
  path: string;
  text: string;
  file: AccountFile;
}

/** What is in force on main: `file` counts, `text` is what main has. They differ where `text` is not signed as it stands. */
export interface InForceFile extends TrackedFile {
  /** The day on which the present stage began: that of the merge, or of the audit if that was later. */
  since: Day;
  /** Present where the file may not stand as main has it. */
  unsigned?: UnsignedFile;
  /** For a file that is to come back: its path in archive/; `path` is where it goes. */
  archivedAs?: string;
  /** The path of the file of give-back/ that says restore over what main has of the account; `file` says it, too. */
  giveBack?: string;
}

export interface UnsignedFile {
  /** What is wrong with it: its facts, or a move that main's line does not allow. */
  code: SigningProblem['code'];
  because: string;
  /** As main has it. */
  stage: Stage;
  /**
   * What counts in its place. `standing`: `file`, which stood before it, at the stage in which people have left it since.
   * `nothing-taken`: today's reading, because neither main nor the state says that anything was taken. `unknown`: the state
   * could not be read. Otherwise what the state noted when this pipeline took something.
   */
  basis: 'standing' | 'nothing-taken' | 'unknown' | NotedAccount;
}

export interface ArchivedFile extends TrackedFile {
  /** No audit has signed it, nor anything before it: it counts for nothing. */
  isUnsigned?: boolean;
}

/**
 * A file that the open proposal's branch changes against main, or that a person touched: their version is here even where
 * it equals main again, or where they removed a new file.
 */
export interface ProposedFile {
  path: string;
  /** null: the branch deletes it. */
  text: string | null;
  file: AccountFile | null;
  /** A person's commit on the branch touched this file: their version wins. */
  touchedByPerson: boolean;
}

/** An account whose pull request was closed unmerged: it is not proposed again before `until`. */
export interface DeclinedAccount {
  accountId: UserId;
  until: Day;
}

export function listDeclinedIds({ declined, run }: Pick<PlanInput, 'declined' | 'run'>): Set<IdKey> {
  const inEffect = declined.filter(({ until }) => run.auditedOn < until);
  return new Set(inEffect.map(({ accountId }) => foldId(accountId)));
}

export function mapById(judged: readonly JudgedAccount[]): Map<IdKey, JudgedAccount> {
  return new Map(judged.map((account) => [foldId(account.evidence.id), account]));
}

/** The files of each account in the archive; whatever they say, an account has one file. */
export function mapArchivePaths({ archived }: Pick<PlanInput, 'archived'>): Map<IdKey, string[]> {
  const groups = Map.groupBy(archived, ({ file }) => foldId(file.account.id));
  return new Map([...groups].map(([id, files]) => [id, files.map(({ path }) => path)]));
}

export function compareByPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
