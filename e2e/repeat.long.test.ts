import { expect, test } from 'vitest';
import { killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository } from './merged-repository.fixture.ts';
import { findLost } from './repeat.fixture.ts';

test('what was merged and never applied, or begun and killed, is lost; what an apply has refused is not', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['ana']);
  expect(await findLost(repository)).toEqual([expect.stringMatching(/^No apply has gone through [0-9a-f]{7} of main/)]);
  await killAtStep(repository, 1);
  expect(await findLost(repository)).toContain('A run that was to change 1 account did not come to its end.');
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

test('what failed, and what waited for somebody who has done it since, is gone on with; what waits still is not', async () => {
  const repository = await aMergedRepository(['ana'], [{ kind: 'synced', synced: true }]);
  const { emulator } = repository;
  await repository.merge('disable', ['ana', 'synced']);
  const ana = `/users/${emulator.getState('ana').id}`;
  const fault = emulator.faults.add({ kind: 'status', status: 400, path: `${ana}$`, method: 'PATCH' });
  const { accounts } = await repository.apply();
  expect(accounts.flatMap(({ report }) => report.waits.map((wait) => wait.for))).toEqual(['active-directory']);
  expect(await findLost(repository)).toEqual(['The tenant differs from main in 1 account.']);

  emulator.faults.remove(fault);
  await repository.apply();
  expect(await findLost(repository)).toEqual([]);
  emulator.applyEvents('synced', { accountEnabled: false });
  expect(await findLost(repository)).toEqual(['The tenant differs from main in 1 account.']);
  await repository.apply();
  expect(await findLost(repository)).toEqual([]);
});
