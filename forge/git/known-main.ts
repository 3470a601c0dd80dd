// What a clone's main is called: asked where it has to be right, else as the clone knows it, which needs no network.
import type { Git } from './git.ts';
import { findDefaultBranch, findLocalMain, findRemote, itself, toTrackingRef } from './remote.ts';

const usual = 'main';

/** The name of the remote's default branch by now. Throws `git` where the remote does not answer. */
export async function askMainName(git: Git): Promise<string> {
  const remote = await findRemote(git);
  return (await (remote === null ? findLocalMain(git) : findDefaultBranch(git, remote))) ?? usual;
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
