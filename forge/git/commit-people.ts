// Who made a commit, by what git knows of it, and the pull request that its subject names.
import type { Git } from './git.ts';

export interface CommitPeople {
  author: string;
  committer: string;
  /** As GitHub writes it into the subject of a merge or a squash: whoever commits can write it, too. null: it names none. */
  pull: number | null;
}

/** By the commit's full id. Names are as somebody has typed them. */
export async function readCommitPeople(
  git: Git,
  commits: readonly string[],
): Promise<ReadonlyMap<string, CommitPeople>> {
  if (commits.length === 0) return new Map();
  const shown = await git.run(['show', '--no-patch', '--format=%H%x1f%an%x1f%cn%x1f%s%x1e', ...new Set(commits), '--']);
  return new Map(
    shown.split('\x1e').flatMap((entry) => {
      const [commit = '', author = '', committer = '', subject = ''] = entry.trimStart().split('\x1f');
      return commit === '' ? [] : [[commit, { author, committer, pull: findPullNumber(subject) }] as const];
    }),
  );
}

/** `Merge pull request #12 from …` of a merge, `… (#12)` of a squash. */
function findPullNumber(subject: string): number | null {
  const [, merged, squashed] = /^Merge pull request #(\d+) from |\(#(\d+)\)$/.exec(subject) ?? [];
  const number = merged ?? squashed;
  return number === undefined ? null : Number(number);
}
