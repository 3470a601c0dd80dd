// For tests of erasure: people in every stage, one archived whose account is gone, one archived who is still blocked.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { AuditResult } from '../audit/audit-result.ts';
import { buildProposal } from '../audit/proposal/proposal-file.ts';
import { proposeWithGit } from '../audit/proposal/propose.ts';
import { checkStackFiles } from '../cli/check/check-stack.ts';
import { eraseFromFiles } from '../cli/erase/erase-files.ts';
import { readMainView } from '../cli/erase/main-view.ts';
import { createGit } from '../forge/git/git.ts';
import type { Problem } from '../policy/errors.ts';
import { addDays } from '../policy/evidence.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { aMergedRepository, generousLimits, type MergedRepository, stack } from './merged-repository.fixture.ts';

/** In the stage that main has them at, in this order. */
export const staged = { notify: 'nia', review: 'rae', disable: 'dan', delicense: 'del', keep: 'kay' } as const;

/** Main’s commits are of the first day of the year, so that the days of the archive are over. */
const erasing = { ...generousLimits, privacy: { eraseAfterDays: 300 } };

/** Ana is archived and her account is gone; Bo is archived and still blocked; both were delicensed. */
export async function aCompanyThatErases(): Promise<MergedRepository> {
  const repository = await aMergedRepository([...Object.values(staged), 'ana', 'bo']);
  for (const stage of ['notify', 'review', 'disable', 'delicense', 'keep'] as const)
    await repository.merge(stage, [staged[stage]]);
  await repository.merge('delicense', ['ana', 'bo']);
  await repository.apply();
  for (const kind of ['ana', 'bo']) await repository.archive(kind);
  await repository.setPolicy(erasing);
  await repository.apply();
  repository.emulator.applyEvents('ana', { delete: 'for good' });
  return repository;
}

export function runGit({ folder }: Pick<MergedRepository, 'folder'>, ...args: string[]): Promise<string> {
  const person = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com', '-c', 'commit.gpgSign=false'];
  return execa('git', ['-C', folder, ...person, ...args]).then(({ stdout }) => stdout);
}

/** As the proposal’s pull request is checked and merged; the problems that the check finds. */
export async function proposeAndMerge(repository: MergedRepository, result: AuditResult): Promise<Problem[]> {
  const { folder } = repository;
  const main = await runGit(repository, 'rev-parse', 'HEAD');
  const proposal = buildProposal(result, { main, branches: new Map() }, { main: 'main' });
  const author = { name: 'Dormant', email: 'dormant@users.noreply.github.com' };
  await proposeWithGit(proposal, createGit(folder), author);
  await runGit(repository, 'checkout', '--quiet', `dormant/${stack}`);
  const problems = await checkStackFiles({ repo: folder, stack, base: 'main', today: result.auditedOn });
  await runGit(repository, 'checkout', '--quiet', 'main');
  await runGit(repository, 'merge', '--quiet', '--no-ff', '--no-edit', `dormant/${stack}`);
  return problems;
}

/** On a branch, as a pull request by a person; merged if the check finds nothing. */
export async function eraseByHand(repository: MergedRepository, kind: string): Promise<Problem[]> {
  const { folder } = repository;
  const main = await readMainView(folder, await loadStack(openWorkingTree(folder), stack), { today, ref: 'main' });
  const { changes } = eraseFromFiles(`${kind}@contoso.com`, main);
  await runGit(repository, 'checkout', '--quiet', '-b', `erase-${kind}`);
  for (const [path, text] of changes)
    await (text === null ? rm(join(folder, path)) : writeFile(join(folder, path), text));
  await repository.commitAll(`erase ${kind}`);
  const problems = await checkStackFiles({ repo: folder, stack, base: 'main', today });
  await runGit(repository, 'checkout', '--quiet', 'main');
  if (problems.length === 0) await runGit(repository, 'merge', '--quiet', '--no-ff', '--no-edit', `erase-${kind}`);
  return problems;
}

/** The next week. */
export const nextWeek = addDays(today, 7);
