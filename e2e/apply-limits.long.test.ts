// What the limits of an apply count: what it would take, with what was taken within the week.
import { expect, test } from 'vitest';
import { previewStack } from '../stacks/run-stack.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

const listNames = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

test('who is refused takes nobody’s place either, and what would be taken still counts', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerApply: 1 } });
  await repository.merge('disable', ['ana', 'bo']);
  await expect(repository.apply()).rejects.toMatchObject({ code: 'over-limit' });
  repository.emulator.applyEvents('ana', { jobTitle: 'CEO' });
  const outcome = await repository.apply();
  expect(listOutcomes(outcome, repository)).toMatchObject({
    ana: ['refused: protected'],
    bo: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
  });
});

test('what was taken within the week is counted with what a merge would take; giving back goes on', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerWeek: 2 } });
  await repository.merge('disable', ['ana']);
  await repository.apply();
  expect(await repository.readState()).toContain('tookOn');
  await repository.merge('disable', ['bo', 'cy']);
  await repository.merge('keep', ['ana']);
  const { limited, accounts } = await repository.apply();
  expect(limited).toContain('3 accounts would be disabled or delicensed, allowed are 2 (limits.changesPerWeek');
  expect(limited).toContain('1 in the last 7 days, 2 now: there is room on 2026-12-14');
  expect(accounts.map(({ inputs }) => repository.findKind(inputs.account.id))).toEqual(['ana']);
  const aWeekLater = { ...(await repository.buildOptions()), today: '2026-12-14' };
  expect(await previewStack(aWeekLater)).toMatchObject({ limited: null });
});

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
