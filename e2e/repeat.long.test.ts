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
