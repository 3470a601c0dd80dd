// What is given back is what this pipeline took, by its state or by main's history, and never by a file that says more.
import { expect, test } from 'vitest';
import { mergeForgedRestore } from './apply-gives-back.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

test('keep, then restore, gives nothing to somebody who was never planned, whatever the file says they had', async () => {
  const repository = await aMergedRepository([], [{ kind: 'dan', accountEnabled: false, licenses: [] }]);
  await repository.merge('keep', ['dan']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({});
  await mergeForgedRestore(repository, 'dan');
  expect(listOutcomes(await repository.apply(), repository)).toEqual({});
  expect(repository.writes()).toEqual([]);
});
