// Node and git, and how new each must be.
import { createGit } from '../../../forge/git/git.ts';
import { oldestGit } from '../../../forge/git/git-errors.ts';
import { type Check, type Finding, fail, pass } from '../check.ts';

/** Older versions do not run TypeScript without compilation, and no build was tested on them. */
export const nodeVersion: Check = {
  name: 'Node',
  needs: null,
  run: async () => judgeNode(process.versions.node),
};

export function judgeNode(version: string): Finding {
  return judgeVersion(version, {
    least: [22, 18],
    can: 'can run all of it',
    fix: 'install Node 24 (in Dormant’s own repository npm ci brings it along)',
  });
}

export const gitVersion: Check = {
  name: 'git',
  needs: null,
  run: async ({ root }) => judgeGit(await createGit(root).run(['version'])),
};

/** `says`: what `git version` prints, such as `git version 2.39.5 (Apple Git-154)`. */
export function judgeGit(says: string): Finding {
  return judgeVersion(says, {
    least: [oldestGit.major, oldestGit.minor],
    can: 'can tell whether a proposal merges',
    fix: 'install a newer git',
  });
}

interface Requirement {
  /** Major and minor version. */
  least: readonly [number, number];
  can: string;
  fix: string;
}

function judgeVersion(says: string, { least: [major, minor], can, fix }: Requirement): Finding {
  const [version = says, ...parts] = /(\d+)\.(\d+)[\w.]*/.exec(says) ?? [];
  const [hasMajor = 0, hasMinor = 0] = parts.map(Number);
  const isEnough = hasMajor > major || (hasMajor === major && hasMinor >= minor);
  return isEnough ? pass(`${version} ${can}`) : fail(`${version}, expected ${major}.${minor} or newer`, fix);
}
