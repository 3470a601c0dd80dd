import { expect, test } from 'vitest';
import { loadStack } from '../policy/files/stack-files.ts';
import { readAppliedMain } from '../stacks/applied-main.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { blocked, countRequests, resetMain } from './applies-in-order.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository, stack } from './merged-repository.fixture.ts';

test('a tip that is settled asks the tenant nothing; an older main undoes nothing unless it was rewound on purpose', async () => {
  const repository = await aMergedRepository(['ana']);
  const older = await repository.merge('review', ['ana']);
  const newer = await repository.merge('disable', ['ana']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: blocked });

  const asked = countRequests(repository);
  const settled = await repository.apply();
  expect(countRequests(repository)).toBe(asked);
  expect(settled).toMatchObject({ accounts: [], notes: [`Main's tip ${newer.slice(0, 7)} is applied already.`] });

  await resetMain(repository, older);
  await expect(repository.apply()).rejects.toMatchObject({ code: 'main-rewritten', where: newer });
  expect(countRequests(repository)).toBe(asked);
  await expect(applyRewound(repository, newer)).rejects.toMatchObject({ code: 'not-the-tip' });
  const rewound = await applyRewound(repository, older.slice(0, 10));
  expect(listOutcomes(rewound, repository)).toEqual({ ana: ['sign-in-allowed', 'mailbox-regular'] });
});

async function applyRewound(repository: MergedRepository, rewoundTo: string) {
  const { folder } = repository;
  const files = await loadStack(openWorkingTree(folder), stack);
  const main = await readAppliedMain(folder, files, { env: process.env, rewoundTo });
  return applyStack({ ...(await repository.buildOptions()), main });
}
