// Whether main says something that no apply has gone through: a run that was cancelled, never started, or was killed. What an
// apply has refused, put off or found over a limit is not lost: it has been seen, and its issue is open.
import { join } from 'node:path';
import { createGit } from '../../forge/git/git.ts';
import { getAccountsFolder } from '../../policy/files/account-file.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { formatCount } from '../../policy/words/labels.ts';
import type { readProgress } from '../../stacks/engine/read-progress.ts';

type Progress = Awaited<ReturnType<typeof readProgress>>;

/** What is lost or unfinished, as sentences; empty: nothing is. HEAD is main. */
export async function findLostApply(
  repository: string,
  { stack, tenant }: Pick<StackFiles, 'stack' | 'tenant'>,
  progress: Progress,
): Promise<string[]> {
  const begun = formatCount(progress.begun, 'account');
  // Without keys no apply notes what it went through.
  const isNoted = tenant.value.signing !== undefined;
  return [
    ...(isNoted ? await findMissingCommit(repository, stack, progress) : []),
    ...(progress.begun === 0 ? [] : [`A run was killed while it changed ${begun}.`]),
  ];
}

async function findMissingCommit(repository: string, stack: string, { commit }: Progress): Promise<string[]> {
  const git = createGit(repository);
  // What a stack acts on, and what starts an apply.
  const paths = ['policy', 'exemptions.yaml', join('stacks', stack)];
  const last = await git.runOrNull(['log', '--first-parent', '--max-count=1', '--format=%H', 'HEAD', '--', ...paths]);
  if (!last) return [];
  if (commit === null) {
    // Before the first merge there is nothing to be lost.
    const files = await git.run(['ls-tree', '-r', '--name-only', 'HEAD', '--', getAccountsFolder(stack)]);
    return files === '' ? [] : ['No apply has noted what it went through, although main has files for this stack.'];
  }
  const isContained = (await git.runOrNull(['merge-base', '--is-ancestor', last, commit])) !== null;
  return isContained
    ? []
    : [`No apply has gone through ${last.slice(0, 12)} of main; the last one was of ${commit.slice(0, 12)}.`];
}
