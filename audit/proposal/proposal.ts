// A proposal as a value: what an audit puts before people, and what became of it.
import type { Day } from '../../policy/evidence.ts';
import type { AuditedCommits } from './branch-state.ts';
import type { BranchOutcome } from './update-branch.ts';

/** What one audit proposes, ready to be put before people. */
export interface Proposal {
  stack: string;
  auditedOn: Day;
  audited: AuditedCommits;
  /** The branch that proposals are merged into, `main`. */
  main: string;
  /** While data quality is poor a pull request stays a draft. */
  isDraft: boolean;
  /** Where CSVs and report are, as an https address. */
  artifactUrl?: string;
  groups: readonly ProposedGroup[];
}

export interface ProposedGroup {
  branch: string;
  title: string;
  /** Markdown of the pull request's block. */
  body: string;
  /** Path to text, null where the file goes; only files that differ from main. */
  files: ReadonlyMap<string, string | null>;
}

export interface ProposalOutcome {
  branch: string;
  kind:
    | 'opened'
    | 'updated'
    /** The branch and its pull request already said all of it. */
    | 'unchanged'
    /** Main and the branch contradict each other; the branch was left as it is. */
    | 'conflict'
    /** Nothing was left to propose, so the pull request was closed. */
    | 'withdrawn'
    | 'nothing';
  pull: { number: number; url: string } | null;
  /** Commits appended now. */
  commits: number;
  /** Files that the branch changes against main. */
  changedFiles: number;
  /** Files left as a person made them. */
  kept: readonly string[];
  /** Files left alone because main's version is newer than the audit. */
  overtaken: readonly string[];
  /** Files that cannot be merged with main. */
  conflicts: readonly string[];
  /** What the forge would not do, as sentences. */
  notes: readonly string[];
}

/** What a branch's outcome says for itself, whatever becomes of its pull request. */
export function toProposalOutcome(
  { branch: name }: ProposedGroup,
  branch: BranchOutcome & { commits: number },
): Omit<ProposalOutcome, 'kind' | 'pull' | 'notes'> {
  return {
    branch: name,
    commits: branch.commits,
    changedFiles: branch.kind === 'ready' ? branch.changedFiles : 0,
    kept: branch.kind === 'ready' ? branch.kept : [],
    overtaken: branch.kind === 'conflict' ? [] : branch.overtaken,
    conflicts: branch.kind === 'conflict' ? branch.files : [],
  };
}
