// The way of the ordinary owners: `stage: restore` in the account's own file, also one that is archived or gone.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { findKnownMain } from '../../forge/git/known-main.ts';
import { readMainLine } from '../../forge/git/main-line.ts';
import { findPastFile, type PastFile } from '../../policy/edit/find-past-file.ts';
import { markRestored } from '../../policy/edit/mark-restored.ts';
import { createNoSuchAccountError, isNamed } from '../../policy/edit/require-account-file.ts';
import { DormantError } from '../../policy/errors.ts';
import {
  chooseAccountPath,
  findPathBeforeArchive,
  getAccountsFolder,
  getArchiveFolder,
} from '../../policy/files/account-file.ts';
import { loadArchive, loadStack, type StackFiles } from '../../policy/files/stack-files.ts';
import { createSigningContext } from '../../policy/signing/account-past.ts';
import { givesBackWords } from '../../policy/words/describe-clocks.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { printJson } from '../globals.ts';

interface RestoreOrder {
  repo: string;
  json: boolean;
  stack: string | null;
  person: string;
  reason: string;
}

export async function restoreInFile({ repo, json, stack, person, reason }: RestoreOrder): Promise<void> {
  if (stack === null)
    throw new DormantError('give-back-whom', '--in-file needs the stack, too.', {
      exitCode: 2,
      remedy: 'Name it before the account.',
    });
  const tree = openWorkingTree(repo);
  const files = await loadStack(tree, stack);
  const here = findNamed(files.accounts, person) ?? findNamed(await loadArchive(tree, stack), person);
  const past = here === null ? await findInHistory(repo, files, person) : null;
  const file = here ?? past;
  if (file === null) throw createNoSuchAccountError(stack, person);
  const path = choosePath(file, files);

  const text = markRestored(file, reason);
  await mkdir(join(repo, getAccountsFolder(stack)), { recursive: true });
  await writeFile(join(repo, path), text);
  if (here !== null && path !== file.path) await rm(join(repo, file.path));
  const from = past === null ? {} : { commit: past.commit, isVouched: past.isVouched };
  if (json) printJson({ path, stage: 'restore', reason, ...from });
  else
    console.log(`${path}: stage restore, for its merge. ${past === null ? '' : describePast(past)}${givesBackWords}`);
}

function findNamed<T extends Parameters<typeof isNamed>[0]>(files: readonly T[], name: string): T | null {
  return files.find((file) => isNamed(file, name)) ?? null;
}

/** On main's first-parent line, as far as this clone knows it. */
async function findInHistory(repo: string, { stack, tenant }: StackFiles, name: string): Promise<PastFile | null> {
  const git = createGit(repo);
  const main = await findKnownMain(git);
  if (main === null && (await git.runOrNull(['rev-parse', '--verify', '--quiet', 'HEAD'])) === null) return null;
  const folders = [`${getAccountsFolder(stack)}/`, `${getArchiveFolder(stack)}/`];
  const { versions, places } = await readMainLine(repo, main ?? 'HEAD', folders);
  return findPastFile(name, versions, createSigningContext(stack, tenant.value, { verify: verifySignature, places }));
}

/** As before, or the next name that is free: the account's id says whose file it is. */
function choosePath(
  { path, value }: Pick<PastFile, 'path' | 'value'>,
  { stack, accounts, policy }: StackFiles,
): string {
  if (accounts.some((other) => other.value === value)) return path;
  const taken = new Set(accounts.map((other) => other.path));
  const wanted = findPathBeforeArchive(stack, path) ?? path;
  const { privacy } = policy.value;
  return taken.has(wanted) ? chooseAccountPath(stack, value.account, (at) => taken.has(at), privacy?.names) : wanted;
}

function describePast({ commit, value, isVouched }: PastFile): string {
  const when = `Main has no file of it any more; this is how it stood at ${value.stage} in commit ${commit.slice(0, 12)}. `;
  return isVouched ? when : `${when}tenant.yaml has no key, so nobody vouches for what it says. `;
}
