import { expect, test } from 'vitest';
import { countSteps, getAccountParts, killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository } from './merged-repository.fixture.ts';

test('a merge that is reverted after a kill at any of its steps gives back what the killed run took', async () => {
  const before = getAccountParts(await aMergedRepository(['ana']), 'ana');
  const clean = await aMergedRepository(['ana']);
  await clean.merge('notify', ['ana']);
  await clean.apply();
  await clean.merge('delicense', ['ana']);
  const count = await countSteps(clean);
  expect(count).toBeGreaterThanOrEqual(5);
  for (let step = 1; step <= count; step += 1) {
    const repository = await aMergedRepository(['ana']);
    await repository.merge('notify', ['ana']);
    await repository.apply();
    const merged = await repository.merge('delicense', ['ana']);
    await killAtStep(repository, step);
    await repository.revert(merged);
    const next = await repository.apply();
    expect(next.accounts.flatMap(({ report }) => report.failure ?? [])).toEqual([]);
    expect({ step, ...getAccountParts(repository, 'ana') }).toEqual({ step, ...before });
    expect(await repository.apply()).toMatchObject({ accounts: [], mails: [] });
  }
});
