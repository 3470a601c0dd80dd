// Main's tip as it is now, and which files differ from a commit.
import { DormantError } from '../../policy/errors.ts';
import type { Git } from './git.ts';
import { findLocalMain, findRemote, findRemoteHead, itself, toTrackingRef } from './remote.ts';

/**
 * The tip of the remote's default branch, asked over the network and fetched where the clone lacks it; without a remote the
 * head of its own main (`findLocalMain`). Throws `git` where the remote does not answer.
 */
export async function findMainTip(git: Git): Promise<string> {
  const remote = await findRemote(git);
  if (remote === null) return findLocalTip(git);
  const head = await findRemoteHead(git, remote);
  if (head === null) {
    throw new DormantError('git', `The remote ${remote} has no default branch with a commit.`, {
      remedy: 'Push main, and make it the default branch of the repository.',
    });
  }
  const { branch, commit } = head;
  if (!(await hasCommit(git, commit))) {
    const ref = `+refs/heads/${branch}:${toTrackingRef(remote, branch)}`;
    await git.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote, ref]);
  }
  return commit;
}

async function findLocalTip(git: Git): Promise<string> {
  const main = await findLocalMain(git);
  const ref = main === null ? 'HEAD' : toTrackingRef(itself, main);
  return (await git.runOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])) ?? readHead(git);
}

export function readHead(git: Git): Promise<string> {
  return git.run(['rev-parse', '--verify', 'HEAD^{commit}']);
}

async function hasCommit(git: Git, commit: string): Promise<boolean> {
  return (await git.runOrNull(['cat-file', '-e', `${commit}^{commit}`])) !== null;
}

/** The commits, and every one before them. */
export async function listContained(git: Git, ...commits: string[]): Promise<ReadonlySet<string>> {
  return new Set((await git.run(['rev-list', ...commits])).split('\n'));
}

/** Files of `paths` that differ between two commits. */
export async function listChangedBetween(
  git: Git,
  commits: readonly [string, string],
  paths: readonly string[],
): Promise<string[]> {
  return splitPaths(await git.run([...diff, ...commits, '--', ...paths]));
}

/** Files of `paths` whose text on the disk is not the commit's, with those that git does not know or ignores. */
export async function listChangedSince(git: Git, commit: string, paths: readonly string[]): Promise<string[]> {
  const edited = await git.run([...diff, commit, '--', ...paths]);
  const untracked = await git.run(['ls-files', '-z', '--others', '--full-name', '--', ...paths]);
  return [...new Set([...splitPaths(edited), ...splitPaths(untracked)])].sort();
}

const diff = ['diff', '-z', '--name-only', '--no-ext-diff', '--no-renames'];

function splitPaths(text: string): string[] {
  return text.split('\0').filter(Boolean);
}
