// Reads a proposal's branch from git: what it changes against main, and which of those changes are by people.
import type { Git } from './git.ts';
import { toTrackingRef } from './remote.ts';
import { type BlobChange, isPipelineCommit, isRestart } from './signature.ts';

export interface ProposalBranch {
  name: string;
  head: string;
  /** Its merge base with main: changes are counted against this commit, as GitHub shows them. */
  base: string;
  /** What the branch changes: path to blob, null where it deletes. */
  changed: ReadonlyMap<string, string | null>;
  /** Paths touched by people's commits on the branch; resolving a conflict counts, a clean merge does not. */
  touchedByPeople: ReadonlySet<string>;
  /** These commits, the oldest first. */
  edits: readonly BranchEdit[];
}

/** A person's commit. */
export interface BranchEdit {
  commit: string;
  parents: readonly string[];
  paths: readonly string[];
}

interface BranchQuery {
  /** A local name for main's tip, such as its commit. */
  main: string;
  /** The remote's name in the clone. */
  remote: string;
  /** The branch's name on the remote. */
  branch: string;
  /** Heads of closed pull requests: commits up to them no longer count. Unknown commits are ignored. */
  closedHeads?: readonly string[];
}

/** null: the remote has no such branch. Reads what was fetched last. */
export async function readBranch(git: Git, query: BranchQuery): Promise<ProposalBranch | null> {
  const { main, remote, branch, closedHeads = [] } = query;
  const head = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${toTrackingRef(remote, branch)}^{commit}`]);
  if (head === null) return null;
  const base = (await git.runOrNull(['merge-base', main, head])) ?? head;
  const changed = await diffCommits(git, base, head);
  const closed = [...(await selectExistingCommits(git, closedHeads)), ...(await listRestartedHeads(git, main, head))];
  const edits = await listEdits(git, head, [main, ...closed]);
  const touchedByPeople = new Set(edits.flatMap(({ paths }) => paths));
  return { name: branch, head, base, changed: new Map(changed), touchedByPeople, edits };
}

/** Paths touched by people's commits that `head` contains and `before` does not. */
export async function findTouchedPaths(git: Git, head: string, before: readonly string[]): Promise<Set<string>> {
  return new Set((await listEdits(git, head, before)).flatMap(({ paths }) => paths));
}

async function listEdits(git: Git, head: string, before: readonly string[]): Promise<BranchEdit[]> {
  const edits: BranchEdit[] = [];
  for (const logged of await readLog(git, head, before)) {
    const paths = await listPersonPaths(git, logged);
    if (paths.length > 0) edits.push({ commit: logged.oid, parents: logged.parents, paths });
  }
  return edits.reverse();
}

/** The branch's head before each restart by the pipeline. */
async function listRestartedHeads(git: Git, main: string, head: string): Promise<string[]> {
  const commits = await readLog(git, head, [main]);
  return commits.flatMap(({ parents: [first, second], message }) =>
    first !== undefined && second !== undefined && isRestart(message) ? [first] : [],
  );
}

interface LoggedCommit {
  oid: string;
  parents: readonly string[];
  message: string;
}

async function readLog(git: Git, head: string, before: readonly string[]): Promise<LoggedCommit[]> {
  const format = '--format=%H%x1f%P%x1f%B%x1e';
  const text = await git.run(['log', '--topo-order', format, head, ...before.map((oid) => `^${oid}`), '--']);
  return text
    .split('\x1e')
    .map((entry) => entry.trimStart().split('\x1f'))
    .filter(([oid]) => oid !== '')
    .map(([oid = '', parents = '', message = '']) => ({
      oid,
      parents: parents.split(' ').filter(Boolean),
      message,
    }));
}

/** A merge touches only what differs from all of its parents: what was resolved by hand, or by the pipeline. */
async function listPersonPaths(git: Git, { oid, parents, message }: LoggedCommit): Promise<string[]> {
  const scope = parents.length > 1 ? ['-c'] : ['--root'];
  const args = ['diff-tree', '-r', ...scope, '-z', '--no-commit-id', '--no-renames', oid];
  const changes = parseRawDiff(await git.run(args));
  return isPipelineCommit(message, changes) ? [] : changes.map(([path]) => path);
}

/** Files that differ between two commits, with their blob in `to`. */
export async function diffCommits(git: Git, from: string, to: string): Promise<BlobChange[]> {
  return parseRawDiff(await git.run(['diff-tree', '-r', '-z', '--no-renames', from, to]));
}

/**
 * Files that a first-parent line has changed between two commits, with their blob in `to`; also those that it has changed and
 * changed back, as by a revert, which a diff of its ends does not show.
 */
export async function diffLine(git: Git, from: string, to: string): Promise<BlobChange[]> {
  const args = [
    '--first-parent',
    '--diff-merges=first-parent',
    '--no-renames',
    '--raw',
    '--no-abbrev',
    '-z',
    '--format=',
  ];
  const latestFirst = parseRawDiff(await git.run(['log', ...args, `${from}..${to}`, '--']));
  const changes = new Map(await diffCommits(git, from, to));
  for (const [path, versions] of Map.groupBy(latestFirst, ([name]) => name)) {
    const blobs = versions.map(([, blob]) => blob);
    if (new Set(blobs).size > 1) changes.set(path, blobs[0] ?? null);
  }
  return [...changes];
}

/** A file of a commit, to the last byte; null: the commit has none. */
export async function readFileAt(git: Git, commit: string, path: string): Promise<string | null> {
  const blob = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${commit}:${path}`]);
  return blob === null ? null : git.readBlob(blob);
}

async function selectExistingCommits(git: Git, oids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const oid of oids) {
    if ((await git.runOrNull(['cat-file', '-e', `${oid}^{commit}`])) !== null) found.push(oid);
  }
  return found;
}

function parseRawDiff(text: string): BlobChange[] {
  const fields = splitFields(text);
  const changes: BlobChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    // One mode and one blob for each parent, then those of the commit, then a status that has a letter for each parent.
    const blob = (fields[at] ?? '').split(' ').at(-2) ?? '';
    changes.push([fields[at + 1] ?? '', /^0+$/.test(blob) ? null : blob]);
  }
  return changes;
}

function splitFields(text: string): string[] {
  return text.split('\0').filter(Boolean);
}
