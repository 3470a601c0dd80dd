import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, type MergedRepository, stack } from './merged-repository.fixture.ts';

test('what was merged and never applied, or begun and killed, is lost; what an apply has refused is not', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['ana']);
  expect(await findLost(repository)).toEqual([
    expect.stringMatching(/^No apply has gone through [0-9a-f]{12} of main/),
  ]);
  await killAtStep(repository, 1);
  expect(await findLost(repository)).toContain('A run was killed while it changed 1 account.');
  await repository.apply();
  expect(await findLost(repository)).toEqual([]);
  await repository.merge('disable', ['bo'], (file) => ({
    ...file,
    evidence: { ...file.evidence, auditedOn: '2026-06-01' },
  }));
  const { accounts, refusedFiles } = await repository.apply();
  expect([...accounts.flatMap(({ report }) => report.refused), ...refusedFiles]).not.toEqual([]);
  expect(await findLost(repository)).toEqual([]);
});

async function findLost({ folder, environment }: MergedRepository): Promise<string[]> {
  const args = ['repeat', stack, '--repo', folder, '--json'];
  const env = { ...environment, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined };
  const { stdout } = await execa(process.execPath, [dormant, ...args], { env });
  const { lost, isStarted } = JSON.parse(stdout);
  expect(isStarted).toBe(false);
  return lost;
}

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
