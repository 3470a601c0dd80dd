// One stack's files held against the base branch: loads both sides and asks the rules of policy/check.
import { readArchived, readOnMain } from '../../audit/git/repository.ts';
import { checkStack } from '../../policy/check/check.ts';
import { DormantError, InvalidInput, type Problem } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { loadStack, pipelineAccountsOf } from '../../policy/repository.ts';
import { workingTree } from '../../stacks/working-tree.ts';
import { todayFor } from '../today.ts';

export interface CheckOptions {
  repo: string;
  stack: string;
  /** The branch the pull request goes to. */
  base: string;
  /** --today; the embedded tenant's own day, or the real one, without it. */
  today: string | undefined;
}

/** Every problem of the stack; a file that cannot be read at all is one of them. */
export async function problemsOf({ repo, stack, base, today }: CheckOptions): Promise<Problem[]> {
  try {
    const files = await loadStack(workingTree(repo), stack);
    const { inForce } = await readOnMain(repo, base, stack);
    const day: Day = await todayFor(files.tenant.value.cloud, today);
    const known = new Map(inForce.map(({ path, file, since }) => [path, { file, since }]));
    // Who comes back from the archive was delicensed before, whatever day that was.
    const added = new Set(files.accounts.map(({ path }) => path).filter((path) => !known.has(path)));
    for (const [path, file] of await readArchived(repo, base, stack, added))
      known.set(path, { file, since: day });
    return checkStack({
      stack,
      today: day,
      policy: files.policy.value,
      pipelineAccounts: pipelineAccountsOf(files.tenant.value, files.policy.value),
      base: known,
      head: files.accounts,
      exemptions: files.exemptions,
    });
  } catch (error) {
    if (error instanceof InvalidInput) return [...error.problems];
    if (error instanceof DormantError && error.exitCode === 2) return [asProblem(error, stack)];
    throw error;
  }
}

/** What cannot be read at all, such as a link, is one more problem; it must not hide the others. */
function asProblem({ code, message, remedy, where }: DormantError, stack: string): Problem {
  const path = where === '' ? `stacks/${stack}` : where;
  return { path, line: 1, column: 1, code, message: `${message} ${remedy}`.trim() };
}
