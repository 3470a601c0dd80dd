// The first apply after an upgrade finds the state as an earlier version left it.
import { expect, test } from 'vitest';
import { getAccountParts } from './kill-apply.fixture.ts';
import { anEarlierRepository, countEarlier, kinds } from './older-state.fixture.ts';

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
