import { expect, test } from 'vitest';
import { aMergedRepository } from './merged-repository.fixture.ts';
import { findLost } from './repeat.fixture.ts';

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
