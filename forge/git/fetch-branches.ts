// Fetches main and the proposals' branches, and says in a sentence where there is no main.
import { DormantError } from '../../policy/errors.ts';
import type { Git } from './git.ts';
import { itself, toTrackingRef } from './remote.ts';

interface Fetched {
  /** The remote's name in the clone. */
  remote: string;
  main: string;
  /** More branches, by patterns of git's refspecs; those that are gone from the remote are forgotten. */
  others?: readonly string[];
}

/** The commit that main points to. Throws `no-main` (exit code 2), and `git` where the remote does not answer. */
export async function fetchBranches(git: Git, { remote, main, others = [] }: Fetched): Promise<string> {
  if (remote !== itself) {
    const refs = [main, ...others].map((name) => `+refs/heads/${name}:${toTrackingRef(remote, name)}`);
    await git.run(['fetch', '--quiet', '--no-tags', '--prune', remote, ...refs]).catch((error: unknown) => {
      const answer = error instanceof Error ? String(error.cause ?? '') : '';
      throw /couldn't find remote ref/.test(answer) ? createNoMainError(remote, main) : error;
    });
  }
  const tip = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${toTrackingRef(remote, main)}^{commit}`]);
  if (tip === null) throw createNoMainError(remote, main);
  return tip;
}

function createNoMainError(remote: string, main: string): DormantError {
  const where = remote === itself ? 'This repository' : `The remote ${remote}`;
  return new DormantError('no-main', `${where} has no branch ${main} with a commit.`, {
    exitCode: 2,
    remedy:
      remote === itself
        ? `Commit to ${main} first, or name the branch that proposals are merged into with --main.`
        : `Push it (\`git push ${remote} ${main}\`), or name the branch that proposals are merged into with --main.`,
  });
}
