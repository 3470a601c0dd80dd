// The commit that a run belongs to, as git has it: its id can be computed from these bytes, years later and without git.
import type { Git } from '../../forge/git/git.ts';
import type { Entry } from '../../policy/records/split.ts';

export const commitFile = 'commit';

/** Nothing where the clone does not have the commit. */
export async function gatherCommit(git: Git, commit: string | null): Promise<Entry[]> {
  if (commit === null) return [];
  const raw = await git.runOrNull(['cat-file', 'commit', commit]);
  if (raw === null) return [];
  const people = [...raw.matchAll(/^(?:author|committer) (.*) <(.*)> \d+ [+-]\d{4}$/gm)].map(
    ([, displayName = '', mail = '']) => ({ displayName, mail }),
  );
  return [{ file: commitFile, at: [], value: { commit, people, raw } }];
}
