// git: whether a proposal merges cleanly is asked of `git merge-tree --write-tree`, which came with 2.38.
import { gitIn } from '../../../audit/git/git.ts';
import { type Check, fail, pass } from '../check.ts';

const oldest = [2, 38] as const;

export const gitVersion: Check = {
  name: 'git',
  needs: null,
  run: async ({ root }) => judge(await gitIn(root).run(['version'])),
};

/** `says`: what `git version` prints, such as `git version 2.39.5 (Apple Git-154)`. */
export function judge(says: string) {
  const [version = says, major = '0', minor = '0'] = /(\d+)\.(\d+)[\w.]*/.exec(says) ?? [];
  const isEnough = Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
  return isEnough
    ? pass(`${version} can tell whether a proposal merges`)
    : fail(`${version}, expected ${oldest.join('.')} or newer`, 'install a newer git');
}
