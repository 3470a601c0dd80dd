// docs/guides/erase.md to its end: history without one person, and everything that hangs on old commits goes on.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { readStackWithArchive } from '../audit/history/tracked-files.ts';
import { checkStackFiles } from '../cli/check/check-stack.ts';
import { parseCommitMap } from '../policy/signing/commit-map.ts';
import { aFactsKey, aSigning } from '../policy/signing/signing.fixture.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { runDormant } from './disaster.fixture.ts';
import { aCompanyThatErases, nextWeek, proposeAndMerge, runGit, staged } from './erase.fixture.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';
import { readAllObjects, rewriteHistory } from './rewrite-history.fixture.ts';
import { applyOn, auditLater } from './signing-begins.fixture.ts';

const ana = (repository: MergedRepository) => repository.change('ana').account;

/** Since when each person is in their stage, and in the archive. */
async function readDays({ folder }: MergedRepository): Promise<Record<string, string>> {
  const { inForce, archived, line, lineRules } = await readStackWithArchive(folder, 'main', { stack, today });
  const archivedOn = (path: string) =>
    lineRules.days.get(line.versions.find((version) => version.path === path && version.text !== null)?.at ?? -1);
  return Object.fromEntries([
    ...inForce.map(({ path, since }) => [path, since]),
    ...archived.map(({ path }) => [path, archivedOn(path) ?? '']),
  ]);
}

/** Signing began at a commit, and a key is revoked at another, as after a theft. */
async function aCompanyWithAPast(): Promise<MergedRepository> {
  const repository = await aCompanyThatErases();
  const [since = '', revoked = ''] = (
    await runGit(repository, 'rev-list', '--first-parent', '--reverse', 'main')
  ).split('\n');
  const signing = aSigning({ since, revoked: [{ ...aFactsKey('eve'), commit: revoked }] });
  await repository.setSigning(signing);
  await repository.apply();
  await proposeAndMerge(repository, await repository.audit());
  await repository.apply();
  return repository;
}

async function publish(repository: MergedRepository): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'origin-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await execa('git', ['clone', '--quiet', '--bare', repository.folder, folder]);
  // The proposal is merged, so its branch goes, as on GitHub.
  await execa('git', ['-C', folder, 'branch', '-D', `dormant/${stack}`]);
  const url = `file://${folder}`;
  await runGit(repository, 'branch', '-D', `dormant/${stack}`);
  await runGit(repository, 'remote', 'add', 'origin', url);
  return url;
}

test('after history was rewritten by the guide nothing has the person, and all else goes on where it was', async () => {
  const repository = await aCompanyWithAPast();
  const { folder } = repository;
  const person = ana(repository);
  const url = await publish(repository);
  const before = await readDays(repository);
  const commits = Number(await runGit(repository, 'rev-list', '--count', '--all'));
  expect(await readAllObjects(folder)).toContain(person.userPrincipalName);

  const rewritten = await rewriteHistory({ folder, url }, person);

  for (const each of [folder, rewritten]) {
    const objects = await readAllObjects(each);
    for (const word of [person.userPrincipalName, person.id, person.displayName]) expect(objects).not.toContain(word);
  }
  expect(await runGit(repository, 'log', '--all', '--format=%H', `-S${person.id}`)).toBe('');
  expect(await readDays(repository)).toEqual(before);
  expect(Number(await runGit(repository, 'rev-list', '--count', 'main'))).toBe(commits + 1);

  // What hangs on old commits is refused until the list of new ones is given.
  await expect(repository.apply()).rejects.toMatchObject({ code: 'main-rewritten' });
  const map = parseCommitMap(await readFile(join(folder, 'commit-map'), 'utf8'));
  const tenant = parse(await readFile(join(folder, `stacks/${stack}/tenant.yaml`), 'utf8'));
  expect([...map.values()]).toEqual(expect.arrayContaining([tenant.signing.since, tenant.signing.revoked[0].commit]));
  const apply = (file: string) => runDormant(repository, 'apply', stack, '--commit-map', join(folder, file));
  expect(await apply('package.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('commit-map') });
  const { exitCode, stderr } = await apply('commit-map');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const state = await repository.readState();
  expect([...map].filter(([old, now]) => state.includes(old) && old !== now)).toEqual([]);
  expect(state).toContain(tenant.signing.since);
  await repository.apply();

  // From here on the repository stands alone again.
  await runGit(repository, 'remote', 'remove', 'origin');
  const audit = await auditLater(repository, 7);
  expect(audit.plan.erasures).toMatchObject({ erased: [], kept: [{ because: expect.stringContaining('sign-in') }] });
  expect(audit.plan.moves.map(({ reason }) => reason)).toContain('stage-elapsed');
  expect(await proposeAndMerge(repository, audit)).toEqual([]);
  const went = await applyOn(repository, nextWeek);
  expect(went.accounts.flatMap(({ report }) => report.refused)).toEqual([]);
  // Of somebody in the archive, whose facts are of the rewritten past, and of somebody in the plan.
  await restore(repository, 'bo', staged.delicense);
  expect(await checkStackFiles({ repo: folder, stack, base: 'main~1', today: nextWeek })).toEqual([]);
  await applyOn(repository, nextWeek);
  for (const kind of ['bo', staged.delicense])
    expect(repository.emulator.getState(kind)).toMatchObject({
      accountEnabled: true,
      mailbox: { type: 'UserMailbox' },
    });
});

/** As `dormant restore` does, in one pull request. */
async function restore(repository: MergedRepository, archived: string, inPlan: string): Promise<void> {
  const path = repository.findPath(archived);
  await runGit(repository, 'mv', path.replace('/accounts/', '/archive/'), path);
  for (const kind of [archived, inPlan]) {
    const file = join(repository.folder, repository.findPath(kind));
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^stage: \w+.*$/m, 'stage: restore\nreason: Back from leave'));
  }
  await repository.commitAll('restore');
}
