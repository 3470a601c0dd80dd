// `dormant init`: builds every file of a new stack, checks them all, and only then writes.
import { codeOwnersPaths } from '../../forge/github/code-owners.ts';
import { DormantError } from '../../policy/errors.ts';
import { getTenantPath, type RepositoryFiles, requireStackName } from '../../policy/files/stack-files.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { nameProgram } from '../installed-folder.ts';
import { buildKeyCommand } from '../keys/key-command.ts';
import type { Answers } from './answers.ts';
import { updateCodeOwners } from './code-owners.ts';
import { nameLicenseGroups } from './name-license-groups.ts';
import { makeSignInsOptional, type SignInsFound } from './optional-sign-ins.ts';
import { addToPolicyList } from './policy-lists.ts';
import { renderTenantFile } from './tenant-file.ts';
import { type NewFile, writeTogether } from './write-together.ts';

interface InitRequest {
  root: string;
  stack: string;
  answers: Answers;
  /** Whether to replace files that differ. */
  force: boolean;
  /** Whether the tenant's sign-ins can be read; absent: not asked. */
  signIns?: SignInsFound;
}

export interface InitOutcome {
  written: string[];
  /** Files that had the right content already. */
  unchanged: string[];
  /** What to run next, in order. */
  next: string[];
}

/** Throws `DormantError` or `InvalidInput` with exit code 2 before anything is changed. */
export async function addStack({ root, stack, answers, force, signIns = null }: InitRequest): Promise<InitOutcome> {
  requireStackName(stack);
  const files = openWorkingTree(root);
  const plannedFiles = await Promise.all([
    planReplacement(files, buildTenantFile(stack, answers), force),
    planFolder(files, stack),
    planCodeOwners(files, stack, answers),
    planPolicy(files, { stack, answers, signIns }),
  ]);
  const changed = plannedFiles.filter(({ before, text }) => before !== text);
  await writeTogether(root, changed);
  const paths = changed.map(({ path }) => path);
  return {
    written: paths,
    unchanged: plannedFiles.filter(({ before, text }) => before === text).map(({ path }) => path),
    next: listNextCommands(stack, paths),
  };
}

interface PlannedFile extends NewFile {
  /** null: there is none yet. */
  before: string | null;
}

function buildTenantFile(stack: string, answers: Answers): NewFile {
  const tenant = { path: getTenantPath(stack), text: renderTenantFile(answers.tenant) };
  parseYaml(Tenant, tenant.path, tenant.text);
  return tenant;
}

async function planReplacement(files: RepositoryFiles, file: NewFile, force: boolean): Promise<PlannedFile> {
  const before = await files.read(file.path);
  if (before !== null && before !== file.text && !force) throw createOverwriteError(file.path);
  return { ...file, before };
}

function createOverwriteError(path: string): DormantError {
  return new DormantError('would-overwrite', `${path} exists and is different. Nothing was written.`, {
    exitCode: 2,
    where: path,
    remedy: 'Edit it by hand, or give --force to replace it.',
  });
}

/** Git does not keep empty folders. */
async function planFolder(files: RepositoryFiles, stack: string): Promise<PlannedFile> {
  const path = `stacks/${stack}/accounts/.gitkeep`;
  return { path, text: '', before: await files.read(path) };
}

/** The first place where GitHub finds the file: a new one before it would put all its lines out of force. */
async function planCodeOwners(files: RepositoryFiles, stack: string, owners: Answers): Promise<PlannedFile> {
  for (const path of codeOwnersPaths) {
    const before = await files.read(path);
    if (before !== null) return { path, before, text: updateCodeOwners(before, stack, owners) };
  }
  return { path: codeOwnersPaths[0], before: null, text: updateCodeOwners('', stack, owners) };
}

async function planPolicy(
  files: RepositoryFiles,
  { stack, answers, signIns }: { stack: string; answers: Answers; signIns: SignInsFound },
): Promise<PlannedFile> {
  const path = 'policy/policy.yaml';
  const before = await files.read(path);
  if (before !== null) {
    const lists = ['emergencyAccessAccounts', 'executiveTitles', 'internalDomains'] as const;
    const text = lists.reduce((text, name) => addToPolicyList({ path, text }, name, answers[name]), before);
    const named = nameLicenseGroups({ path, text }, answers.licenseGroups);
    return { path, before, text: makeSignInsOptional({ path, text: named }, stack, signIns) };
  }
  throw new DormantError('missing-file', `There is no ${path}.`, {
    exitCode: 2,
    where: path,
    remedy: 'Run this in the root of the repository, or give it with --repo.',
  });
}

function listNextCommands(stack: string, written: readonly string[]): string[] {
  const commit = `git add ${written.join(' ')} && git commit -m "Add the stack ${stack}"`;
  return [
    `# the environments first: ${locatePage('guides/github.md')}, part 1`,
    buildKeyCommand(stack),
    ...(written.length === 0 ? [] : [commit]),
    `${nameProgram()} doctor ${stack}`,
    `${nameProgram()} audit ${stack}`,
  ];
}
