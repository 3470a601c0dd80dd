// The first apply after an upgrade is killed while it puts the state into its own format.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { getAccountParts } from './kill-apply.fixture.ts';
import { killProcessTree } from './kill-process-tree.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';
import { anEarlierRepository, countEarlier, kinds, writeAsEarlier } from './older-state.fixture.ts';

/** Milliseconds after which an apply is killed; it has the state in its hands from about the second to the fourth second. */
const moments = [300, 900, 1400, 1700, 2000, 2300, 2600, 3000, 3500, 4500];

test('killed at any moment of that, the state is a whole one, and the next apply goes on', async () => {
  const { repository, path, parts } = await anEarlierRepository();
  const before = repository.writes();
  const left: number[] = [];
  for (const moment of moments) {
    await applyAndKill(repository, moment);
    left.push(await countEarlier(path));
    expect(repository.writes()).toEqual(before);
    if (left.at(-1) === 0) await writeAsEarlier(path);
  }
  // Some were killed before it was written, and all or nothing of it was.
  expect(new Set(left)).toContain(kinds.length + 1);
  expect(left.filter((count) => count !== 0 && count !== kinds.length + 1)).toEqual([]);
  await repository.apply();
  expect(await countEarlier(path)).toBe(0);
  expect(kinds.map((kind) => getAccountParts(repository, kind))).toEqual(parts);
});

const dormant = join(import.meta.dirname, '../cli/dormant.ts');

async function applyAndKill({ folder, environment }: MergedRepository, milliseconds: number): Promise<void> {
  const apply = execa(process.execPath, [dormant, 'apply', stack, '--repo', folder, '--today', today], {
    env: { ...environment, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
  });
  await Promise.race([apply, pause(milliseconds)]);
  await killProcessTree(apply.pid);
  await apply;
}

test('the first apply puts the whole state into its own format, changes nobody, and gives back what an earlier one took', async () => {
  const { repository, path, parts, known } = await anEarlierRepository();
  const before = repository.writes();
  expect(known?.accounts.size).toBe(2);
  await repository.apply();
  expect(await countEarlier(path)).toBe(0);
  expect(repository.writes()).toEqual(before);
  expect(kinds.map((kind) => getAccountParts(repository, kind))).toEqual(parts);
  await repository.merge('restore', ['lee']);
  await repository.apply();
  expect(getAccountParts(repository, 'lee')).toEqual({
    accountEnabled: true,
    licenses: ['SPE_E3'],
    type: 'UserMailbox',
  });
});
