// A commit of main's first-parent line, for what tenant.yaml says of keys: the history that signatures are held against.
import { createGit } from '../../forge/git/git.ts';
import { mapPlaces, readLineCommits } from '../../forge/git/line-commits.ts';
import { findRemote, toTrackingRef } from '../../forge/git/remote.ts';
import { DormantError } from '../../policy/errors.ts';

/** The full id of `commit`, or of main's tip. Throws `facts-key` (exit code 2) for one that is not on the line. */
export async function requireMainCommit(repository: string, main: string, commit?: string): Promise<string> {
  const git = createGit(repository);
  const find = (ref: string) => git.runOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  const remote = await findRemote(git);
  const fetched = remote === null ? null : await find(toTrackingRef(remote, main));
  const tip = fetched ?? (await find(`refs/heads/${main}`));
  if (tip === null)
    throw createCommitError(`This clone has no branch ${main}.`, 'Fetch it, or name it with --main.', repository);
  const found = commit === undefined ? tip : await find(commit);
  const line = mapPlaces(await readLineCommits(repository, tip));
  if (found !== null && line.has(found)) return found;
  const message = `${commit} is no commit of ${main}'s first-parent line.`;
  throw createCommitError(message, `Name one that \`git log --first-parent ${main}\` lists.`, repository);
}

function createCommitError(message: string, remedy: string, where: string): DormantError {
  return new DormantError('facts-key', message, { exitCode: 2, where, remedy });
}
