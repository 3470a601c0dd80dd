import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { aMergedRepository, stack } from '../../e2e/merged-repository.fixture.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { readStageDays } from './stage-days.ts';

test('the days of notices count from main’s history; where there is none, an apply goes on without', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  const folder = await mkdtemp(join(tmpdir(), 'shallow-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await execa('git', ['clone', '--quiet', '--depth=1', pathToFileURL(repository.folder).href, folder]);
  const daysIn = async (path: string) => {
    const files = await loadStack(openWorkingTree(repository.folder), stack);
    return [...(await readStageDays(path, files, '2999-12-31')).values()];
  };
  // As the fixture dates its merges.
  expect(await daysIn(repository.folder)).toEqual(['2026-01-01']);
  expect(await daysIn(folder)).toEqual([]);
  expect(await daysIn(tmpdir())).toEqual([]);
});
