// Compares one stack's files with the base branch: loads both sides and applies the rules of policy/check.
import { listYamlFiles } from '../../audit/history/stack-history.ts';
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { checkStack } from '../../policy/check/check.ts';
import { DormantError, InvalidInput, type Problem } from '../../policy/errors.ts';
import { getAccountsFolder, getArchiveFolder } from '../../policy/files/account-file.ts';
import { getGiveBackFolder } from '../../policy/files/give-back-file.ts';
import { listPipelineAccounts, loadStack, readYamlTexts } from '../../policy/files/stack-files.ts';
import { createSigningContext } from '../../policy/signing/account-past.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { resolveToday } from '../today.ts';
import { readBaseSettings } from './base-settings.ts';
import { readBranchVersions } from './branch-versions.ts';
import { readErasedPaths } from './erased-paths.ts';

interface CheckOptions {
  repo: string;
  stack: string;
  /** The branch that the pull request merges into. */
  base: string;
  /** --today; if absent, the embedded tenant's own day or the real one. */
  today: string | undefined;
}

/** Every problem of the stack, including a file that cannot be read at all. */
export async function checkStackFiles(options: CheckOptions): Promise<Problem[]> {
  try {
    return await compareWithBase(options);
  } catch (error) {
    if (error instanceof InvalidInput) return [...error.problems];
    if (error instanceof DormantError && error.exitCode === 2) return [toProblem(error, options.stack)];
    throw error;
  }
}

async function compareWithBase({ repo, stack, base, today }: CheckOptions): Promise<Problem[]> {
  const tree = openWorkingTree(repo);
  const files = await loadStack(tree, stack);
  const day = await resolveToday(files.tenant.value.cloud, today);
  const onMain = await readStackOnMain(repo, base, { stack, today: day });
  const settings = await readBaseSettings(repo, base, files);
  const accountsOnMain = new Set(onMain.inForce.map(({ path }) => path));
  const added = files.accounts.filter(({ path }) => !accountsOnMain.has(path)).map(({ path }) => path);
  return checkStack({
    stack,
    today: day,
    policy: settings.policy,
    pipelineAccounts: [
      ...listPipelineAccounts(settings.tenant, settings.policy),
      ...listPipelineAccounts(files.tenant.value, files.policy.value),
    ],
    main: {
      inForce: onMain.inForce,
      archive: onMain.archiveTexts,
      versions: onMain.line.versions,
      giveBacks: onMain.giveBackTexts,
      giveBackVersions: onMain.giveBackVersions,
      lineRules: onMain.lineRules,
      knownPaths: await readKnownPaths(repo, base, stack),
      exemptions: settings.exemptions,
      recordKeys: settings.tenant.records?.keys ?? [],
      escalations: settings.escalations,
    },
    signing: {
      ...createSigningContext(stack, settings.tenant, { verify: verifySignature, places: onMain.line.places }),
      read: onMain.read,
    },
    tenant: files.tenant,
    head: files.accounts,
    archive: await readYamlTexts(tree, getArchiveFolder(stack)),
    erasedByPipeline: await readErasedPaths(repo, base, stack),
    giveBacks: files.giveBacks,
    giveBackTexts: await readYamlTexts(tree, getGiveBackFolder(stack)),
    exemptions: files.exemptions,
    escalations: files.escalations,
    branchVersions: await readBranchVersions(repo, base, added),
  });
}

/** Those of the commit at which the branch began: a branch that is behind has taken nothing out. */
async function readKnownPaths(repo: string, base: string, stack: string): Promise<ReadonlySet<string>> {
  const start = (await createGit(repo).runOrNull(['merge-base', base, 'HEAD'])) ?? base;
  const folders = [getAccountsFolder(stack), getArchiveFolder(stack), getGiveBackFolder(stack)].map(
    (folder) => `${folder}/`,
  );
  return new Set((await listYamlFiles(repo, start, ...folders)).keys());
}

/** A file that cannot be read, such as a link, is one more problem and must not hide the others. */
function toProblem({ code, message, remedy, where }: DormantError, stack: string): Problem {
  const path = where === '' ? `stacks/${stack}` : where;
  return { path, line: 1, column: 1, code, message: `${message} ${remedy}`.trim() };
}
