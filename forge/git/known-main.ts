// What a clone's main is called: asked where it has to be right, else as the clone knows it, which needs no network.
import { DormantError } from '../../policy/errors.ts';
import type { Git } from './git.ts';
import { findDefaultBranch, findLocalMain, findRemote, itself, toTrackingRef } from './remote.ts';

const usual = 'main';

/** The name of the remote's default branch by now. Throws `git` where the remote does not answer. */
export async function askMainName(git: Git): Promise<string> {
  const remote = await findRemote(git);
  return (remote === null ? null : await findDefaultBranch(git, remote)) ?? (await findLocalMain(git)) ?? usual;
}

/** As the clone knows it; asked only where it does not. */
export async function findMainName(git: Git): Promise<string> {
  const remote = await findRemote(git);
  if (remote === null) return (await findLocalMain(git)) ?? usual;
  const prefix = toTrackingRef(remote, '');
  const known = await git.runOrNull(['symbolic-ref', '--quiet', `${prefix}HEAD`]);
  return known?.startsWith(prefix) ? known.slice(prefix.length) : askMainName(git).catch(() => usual);
}

/** The ref of main as it was fetched last; null: the clone has none. */
export async function findKnownMain(git: Git): Promise<string | null> {
  const remote = (await findRemote(git)) ?? itself;
  const ref = toTrackingRef(remote, await findMainName(git));
  return (await git.runOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])) === null ? null : ref;
}

/**
 * What files are compared with: `named`, else main as it was fetched last, else the clone's own branch of that name, as before a
 * first push. Throws `no-main` (exit code 2): a clone with --single-branch, or one that has never fetched it.
 */
export async function requireBase(git: Git, named?: string): Promise<string> {
  const find = (ref: string) => git.runOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (named !== undefined) {
    if ((await find(named)) !== null) return named;
    throw new DormantError('no-main', `This clone has no ${named}.`, {
      exitCode: 2,
      remedy: 'Fetch it first, or name with --base a commit or a branch that `git log` shows.',
    });
  }
  const known = await findKnownMain(git);
  if (known !== null) return known;
  const [remote, main] = [(await findRemote(git)) ?? itself, await findMainName(git)];
  const own = toTrackingRef(itself, main);
  if ((await find(own)) !== null) return own;
  throw new DormantError('no-main', `This clone does not know ${main}: it has no ${toTrackingRef(remote, main)}.`, {
    exitCode: 2,
    remedy:
      remote === itself
        ? `Commit to ${main} first, or name with --base what the files are compared with.`
        : `Run \`git fetch ${remote} +refs/heads/${main}:${toTrackingRef(remote, main)}\`.`,
  });
}
