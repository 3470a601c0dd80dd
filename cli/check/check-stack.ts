// Compares one stack's files with the base branch: loads both sides and applies the rules of policy/check.
import { readArchivedFiles, readStackOnMain } from '../../audit/history/tracked-files.ts';
import { checkStack } from '../../policy/check/check.ts';
import { DormantError, InvalidInput, type Problem } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { findPathBeforeArchive } from '../../policy/files/account-file.ts';
import { collectIds, listPipelineAccounts, loadStack } from '../../policy/files/stack-files.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { TrackedFile } from '../../policy/plan/input.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { isSameValue } from '../../policy/yaml/edit-yaml.ts';
import type { ParsedYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { resolveToday } from '../today.ts';

interface CheckOptions {
  repo: string;
  stack: string;
  /** The branch that the pull request merges into. */
  base: string;
  /** --today; if absent, the embedded tenant's own day or the real one. */
  today: string | undefined;
}

/** Every problem of the stack, including a file that cannot be read at all. */
export async function checkStackFiles({ repo, stack, base, today }: CheckOptions): Promise<Problem[]> {
  try {
    const files = await loadStack(openWorkingTree(repo), stack);
    const { inForce } = await readStackOnMain(repo, base, stack);
    const day: Day = await resolveToday(files.tenant.value.cloud, today);
    const baseFiles = new Map(inForce.map(({ path, file, since }) => [path, { file, since }]));
    // An account that returns from the archive was delicensed before, whatever the day.
    const added = files.accounts.filter(({ path }) => !baseFiles.has(path));
    for (const [path, file] of findReturning(
      added,
      await readArchivedFiles(repo, base, stack, collectIds(added.map(({ value }) => value))),
      stack,
    ))
      baseFiles.set(path, { file, since: day });
    return checkStack({
      stack,
      today: day,
      policy: files.policy.value,
      pipelineAccounts: listPipelineAccounts(files.tenant.value, files.policy.value),
      base: baseFiles,
      head: files.accounts,
      exemptions: files.exemptions,
      escalations: files.escalations,
    });
  } catch (error) {
    if (error instanceof InvalidInput) return [...error.problems];
    if (error instanceof DormantError && error.exitCode === 2) return [toProblem(error, stack)];
    throw error;
  }
}

/** Under its old name, or under another one with the same archived record; anything else is a new file. */
function findReturning(
  added: readonly ParsedYaml<AccountFile>[],
  archived: readonly TrackedFile[],
  stack: string,
): [string, AccountFile][] {
  return added.flatMap(({ path, value }) => {
    const id = foldId(value.account.id);
    const sameAccount = archived.filter(({ file }) => foldId(file.account.id) === id);
    const found =
      sameAccount.find((tracked) => findPathBeforeArchive(stack, tracked.path) === path) ??
      sameAccount.find(({ file }) => isSameValue(file.restore, value.restore));
    return found === undefined ? [] : [[path, found.file]];
  });
}

/** A file that cannot be read, such as a link, is one more problem and must not hide the others. */
function toProblem({ code, message, remedy, where }: DormantError, stack: string): Problem {
  const path = where === '' ? `stacks/${stack}` : where;
  return { path, line: 1, column: 1, code, message: `${message} ${remedy}`.trim() };
}
