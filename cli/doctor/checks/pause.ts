// What keeps an apply from taking anything now, and pauses that are over and still written.
import { createGit } from '../../../forge/git/git.ts';
import { findLineAuthor } from '../../../forge/git/line-author.ts';
import { policyPath } from '../../../policy/files/stack-files.ts';
import { listPauses, toPauseStop, type WrittenPause } from '../../../policy/pause/find-pause.ts';
import { describeStop } from '../../../policy/pause/taking-stop.ts';
import { nameProgram } from '../../installed-folder.ts';
import { type Check, type Finding, pass, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';

export const pause: Check = {
  name: 'pause',
  needs: null,
  async run(context) {
    const pauses = listPauses(context.files, context.today);
    if (pauses.length === 0) return pass('none is written: what is merged is applied');
    return Promise.all(pauses.map((written) => judge(written, context)));
  },
};

async function judge(written: WrittenPause, { root, stack }: DoctorContext): Promise<Finding> {
  const about = written.path;
  const end = `${nameProgram()} pause ${written.path === policyPath ? '--all' : stack} --end`;
  if (!written.isInForce)
    return { about, ...warn(`was over on ${written.until}, so it stops nothing; its entry can go`, end) };
  const author = await findLineAuthor(createGit(root), 'HEAD', written);
  return { about, ...warn(describeStop(toPauseStop(written, author)), end) };
}
