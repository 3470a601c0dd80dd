// The clone: the time of an account in its stage is counted from git's history, so the history must be complete.
import { createGit } from '../../../forge/git/git.ts';
import { type Check, fail, pass } from '../check.ts';

export const fullClone: Check = {
  name: 'git history',
  needs: null,
  async run({ root }) {
    const shallow = await createGit(root).runOrNull(['rev-parse', '--is-shallow-repository']);
    if (shallow === null) return fail('this folder is no clone of a repository', 'git init && git add . && git commit');
    if (shallow === 'true')
      return fail(
        'this clone is shallow: it does not show since when an account is in its stage',
        'git fetch --unshallow',
      );
    return pass('is here in full');
  },
};
