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

test('on a ramp an apply takes no more than the wave may have, says where the stack is, and gives back all the same', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  const ramp = { start: 1, growth: 2, quietDays: 350 };
  const limits = generousLimits.limits ?? {};
  await repository.setPolicy({ limits, ramp });
  await repository.merge('disable', ['ana']);
  const first = await repository.apply();
  expect(listOutcomes(first, repository).ana).toContain('sign-in-blocked');
  expect(first.notes.join()).toContain(`Ramp: 1 account at a time, of ${limits.changesPerApply} that the limits allow`);
  await repository.merge('disable', ['bo', 'cy']);
  await repository.merge('keep', ['ana']);
  const second = await repository.apply();
  expect(second.limited).toContain('2 accounts would be disabled or delicensed, allowed are 1 (limits.changesPerApply');
  expect(second.notes.join()).toContain('of which 1 account was given back within 350 days');
  expect(second.accounts.map(({ inputs }) => repository.findKind(inputs.account.id))).toEqual(['ana']);
  expect(repository.emulator.getState('bo')).toMatchObject({ accountEnabled: true });
  expect(repository.emulator.getState('ana')).toMatchObject({ accountEnabled: true });
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
