// A proposal as a value: what an audit proposes, and the outcome.
import type { Day } from '../../policy/evidence.ts';
import type { UndecidedWords } from '../../policy/merge/merged-text.ts';
import type { HidingStyle } from '../../policy/words/show-name.ts';
import type { AuditedCommits } from './branch-state.ts';
import type { UpdatedBranch } from './update-branch.ts';

export interface Proposal {
  stack: string;
  auditedOn: Day;
  audited: AuditedCommits;
  /** The branch that proposals are merged into, `main`. */
  main: string;
  /** false: the audit had no key, so it proposes nothing and says nothing of what is open. */
  isSigned: boolean;
  /** A pull request stays a draft while data quality is poor. */
  isDraft: boolean;
  /** How people are called; absent: by their names. */
  names?: HidingStyle;
  /** Where CSVs and report are, as an https address. */
  artifactUrl?: string;
  groups: readonly ProposedGroup[];
}

export interface ProposedGroup {
  branch: string;
  title: string;
  /** Markdown of the pull request's block. */
  body: string;
  /** Path to text, null where the file is deleted; only files that differ from main. */
  files: ReadonlyMap<string, string | null>;
}

export interface ProposalOutcome {
  branch: string;
  kind:
    | 'opened'
    | 'updated'
    /** The branch and its pull request were up to date. */
    | 'unchanged'
    /** The branch conflicts with main in a file that no rule of ours can merge, and was left as it is. */
    | 'conflict'
    /** The pull request was closed, as nothing was left to propose. */
    | 'withdrawn'
    /** The pull request waits in a merge queue and was left as it is. */
    | 'queued'
    | 'nothing';
  pull: { number: number; url: string } | null;
  /** Commits appended by this run. */
  commits: number;
  /** Files that the branch changes against main. */
  changedFiles: number;
  /** Files left as a person made them. */
  kept: readonly string[];
  /** Files left alone because main's version is newer than the audit. */
  overtaken: readonly string[];
  /** Files that cannot be merged with main. */
  conflicts: readonly string[];
  /** Where people on main and on the branch said different things, and somebody has to decide; main's word stands. */
  undecided: readonly UndecidedWords[];
  /** What the forge refused to do, as sentences. */
  notes: readonly string[];
}

/** The part of the outcome that does not depend on the pull request. */
export function toProposalOutcome(
  { branch: name }: ProposedGroup,
  branch: UpdatedBranch,
): Omit<ProposalOutcome, 'kind' | 'pull' | 'notes'> {
  return {
    branch: name,
    commits: branch.commits,
    changedFiles: branch.kind === 'ready' ? branch.changedFiles : 0,
    kept: branch.kind === 'ready' ? branch.kept : [],
    overtaken: branch.kind === 'conflict' ? [] : branch.overtaken,
    conflicts: branch.kind === 'conflict' ? branch.files : [],
    undecided: branch.undecided,
  };
}
