// How main and a proposal's branch have changed since the audit read them, and what that means for its plan.
import { diffCommits, findTouchedPaths, type ProposalBranch } from '../../forge/git/branch.ts';
import { fetchBranches } from '../../forge/git/fetch-branches.ts';
import type { Git } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { exemptionsPath, getTenantPath } from '../../policy/files/stack-files.ts';

/** The commits that the audit read; it knows nothing later. */
export interface AuditedCommits {
  main: string;
  /** Heads of the proposals' branches that existed, by name. */
  branches: ReadonlyMap<string, string>;
}

export interface BranchWish {
  stack: string;
  /** The day of the audit, for the commits' messages. */
  day: Day;
  branch: string;
  /** Path to text, null where the file is deleted; only files that differ from main. */
  files: ReadonlyMap<string, string | null>;
  headline: string;
  audited: AuditedCommits;
  /** The remote's name in the clone. */
  remote: string;
  /** The branch that proposals are merged into. */
  main: string;
  /** Whether a pull request from the branch is open; null: the forge has no API to ask. */
  isOpen: boolean | null;
  /** Heads of the branch's closed pull requests. */
  closedHeads: readonly string[];
}

/** A proposal's branch, and the clone in which it is read. */
export interface BranchContext {
  git: Git;
  wish: BranchWish;
}

export interface MainState {
  /** The commit it points to. */
  tip: string;
  /** Paths that differ from what the audit read. */
  changedSinceAudit: ReadonlySet<string>;
}

/**
 * Fetches main and the branch.
 * Throws when the audit's inputs have changed since: nobody has approved a plan under a policy that main no longer has.
 */
export async function fetchMain({ git, wish }: BranchContext): Promise<MainState> {
  const { stack, audited, branch, remote, main: name } = wish;
  // With its siblings, so that a deleted branch that blocks one below it is pruned here, too.
  const family = branch.split('/', 2).join('/');
  const tip = await fetchBranches(git, { remote, main: name, others: [`${family}*`] });
  const changed = (await diffCommits(git, audited.main, tip)).map(([path]) => path);
  const inputs = changed.filter((path) => isInput(stack, path));
  if (inputs.length === 0) return { tip, changedSinceAudit: new Set(changed) };
  throw new DormantError('main-moved', `${inputs.join(', ')} changed on ${name} while the audit ran.`, {
    remedy: `Run the audit of ${stack} again; the open proposal was left as it is.`,
  });
}

/** Whether main has changed this stack's files or inputs since the branch's base. */
export async function hasRelevantMainChange(
  { git, wish: { stack } }: BranchContext,
  { base }: ProposalBranch,
  { tip }: MainState,
): Promise<boolean> {
  const paths = (await diffCommits(git, base, tip)).map(([path]) => path);
  return paths.some((path) => isInput(stack, path) || path.startsWith(`stacks/${stack}/`));
}

function isInput(stack: string, path: string): boolean {
  return path.startsWith('policy/') || path === exemptionsPath || path === getTenantPath(stack);
}

/** Everything people touched, if the audit had not seen the branch or its history was rewritten since. */
export async function findTouchedSinceAudit(
  { git, wish: { audited, branch: name } }: BranchContext,
  { head, touchedByPeople }: ProposalBranch,
  { tip }: MainState,
): Promise<ReadonlySet<string>> {
  const seen = audited.branches.get(name);
  if (seen === undefined || !(await isAncestor(git, seen, head))) return touchedByPeople;
  return findTouchedPaths(git, head, [tip, seen]);
}

/** A branch is over once its pull request was merged or closed, unless people have committed to it since. */
export async function isOver(
  { git, wish: { isOpen, closedHeads } }: BranchContext,
  { head, changed, touchedByPeople }: ProposalBranch,
  { tip }: MainState,
): Promise<boolean> {
  if (isOpen === true || head === tip) return false;
  if (closedHeads.includes(head) || (await isAncestor(git, head, tip))) return true;
  if (isOpen === false && touchedByPeople.size > 0) return false;
  // A squash merge shows only in the files themselves.
  const onMain = await readTree(git, tip);
  return changed.size > 0 && [...changed].every(([path, blob]) => (onMain.get(path) ?? null) === blob);
}

export async function isAncestor(git: Git, ancestor: string, descendant: string): Promise<boolean> {
  return (await git.runOrNull(['merge-base', '--is-ancestor', ancestor, descendant])) !== null;
}

/** Every file of a commit: path to blob. */
export async function readTree(git: Git, commit: string): Promise<Map<string, string>> {
  const listed = await git.run(['ls-tree', '-r', '-z', commit]);
  const entries = listed.split('\0').filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [meta = '', path = ''] = entry.split('\t');
      return [path, meta.split(' ')[2] ?? ''];
    }),
  );
}
