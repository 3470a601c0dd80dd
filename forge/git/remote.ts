// The remote that a clone works with, and the branch of it that is main. A clone may call either as it likes.
import { DormantError } from '../../policy/errors.ts';
import type { Git } from './git.ts';

/**
 * The name of the clone's only remote; among several `checkout.defaultRemote` (git-config), else `origin`. null: it has none.
 * Throws `no-remote` where several have other names.
 */
export async function findRemote(git: Git): Promise<string | null> {
  const names = (await git.run(['remote'])).split('\n').filter(Boolean);
  if (names.length < 2) return names[0] ?? null;
  const chosen = (await git.runOrNull(['config', '--get', 'checkout.defaultRemote'])) ?? 'origin';
  if (names.includes(chosen)) return chosen;
  throw new DormantError(
    'no-remote',
    `The clone has several remotes, and none of them is ${chosen}: ${names.join(', ')}.`,
    {
      exitCode: 2,
      remedy: 'Say which one counts: `git config checkout.defaultRemote <name>`.',
    },
  );
}

/** For what cannot do without one. */
export async function requireRemote(git: Git): Promise<string> {
  const remote = await findRemote(git);
  if (remote !== null) return remote;
  throw new DormantError('no-remote', 'The clone has no remote.', {
    exitCode: 2,
    remedy: 'Name the repository that proposals go to: `git remote add origin <url>`.',
  });
}

/** A branch as the remote has it. */
interface RemoteHead {
  branch: string;
  commit: string;
}

/**
 * The branch that the remote itself calls its HEAD, asked over the network: a clone's own idea of it is of the day on which it
 * was cloned. null: the remote is empty, or its HEAD is no branch. Throws `git` where the remote does not answer.
 */
export async function findRemoteHead(git: Git, remote: string): Promise<RemoteHead | null> {
  const answer = await git.run(['ls-remote', '--symref', remote, 'HEAD']);
  const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(answer)?.[1];
  const commit = /^([0-9a-f]{40,64})\tHEAD$/m.exec(answer)?.[1];
  return branch === undefined || commit === undefined ? null : { branch, commit };
}

/** The name of that branch alone. */
export async function findDefaultBranch(git: Git, remote: string): Promise<string | null> {
  return (await findRemoteHead(git, remote))?.branch ?? null;
}

/** As git's own commands name the clone itself (git-fetch, "remotes"): where proposals go in a repository that has no remote. */
export const itself = '.';

/** Where a clone keeps what it knows of the remote's branch. */
export function toTrackingRef(remote: string, branch: string): string {
  return remote === itself ? `refs/heads/${branch}` : `refs/remotes/${remote}/${branch}`;
}

/** Main of a repository without a remote: `main`, else `master`, else the only branch that is no proposal, else what is checked out. */
export async function findLocalMain(git: Git): Promise<string | null> {
  const listed = await git.run(['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads']);
  const branches = listed
    .split('\n')
    .filter((name) => name !== '' && !/^dormant(-exemption|-pause|-upgrade)?\/|^dormant-pause-all$/.test(name));
  const usual = ['main', 'master'].find((name) => branches.includes(name));
  if (usual !== undefined) return usual;
  if (branches.length === 1) return branches[0] ?? null;
  return git.runOrNull(['symbolic-ref', '--quiet', '--short', 'HEAD']);
}
