// What the limits of an apply count: what it would take, with what was taken within the week.
import { expect, test } from 'vitest';
import { previewStack } from '../stacks/run-stack.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

const listNames = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

test('twenty accounts that wait for Active Directory do not block a merge of five at a cap of ten', async () => {
  const [synced, cloud] = [listNames('synced', 20), listNames('cloud', 5)];
  const waiting = synced.map((kind) => ({ kind, synced: true }));
  const repository = await aMergedRepository(cloud, waiting);
  await repository.merge('disable', synced);
  await repository.apply();
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerApply: 10, changesPerDepartment: 10 } });
  await repository.merge('disable', cloud);
  const foreseen = await previewStack(await repository.buildOptions());
  expect(foreseen).toMatchObject({ limited: null });
  const outcome = await repository.apply();
  expect(outcome).toMatchObject({ limited: null });
  for (const kind of cloud) {
    expect(listOutcomes(outcome, repository)[kind]).toContain('sign-in-blocked');
    expect(repository.emulator.getState(kind)).toMatchObject({ accountEnabled: false });
  }
  for (const kind of synced) expect(listOutcomes(outcome, repository)[kind]).toEqual(['waits: active-directory']);
});
