import { expect, test } from 'vitest';
import { previewStack } from '../stacks/run-stack.ts';
import { loseState } from './lost-state.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

test('a lost state: only what is left to do counts in the cap and asks the guard; what somebody gave back by hand stays given back', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.merge('disable', ['ana', 'bo', 'cy']);
  await repository.apply();
  await loseState(repository);
  repository.emulator.applyEvents('bo', { accountEnabled: true });
  await repository.merge('delicense', ['ana']);
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerApply: 1 } });
  const before = repository.writes().length;
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['licenses-changed'],
    bo: ['refused: active-again'],
  });
  expect(repository.writes().slice(before)).toEqual(['POST /users/ana/assignLicense']);
  expect(repository.emulator.getState('bo').accountEnabled).toBe(true);
});

test('above a cap nothing is taken, but giving back and adopting go on, in preview and apply alike; the next run does the rest', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy', 'dee', 'eve', 'flo']);
  await repository.merge('notify', ['flo']);
  await repository.merge('disable', ['ana', 'bo']);
  await repository.apply();
  await repository.merge('restore', ['ana']);
  await repository.merge('keep', ['bo']);
  await repository.merge('disable', ['cy', 'dee']);
  await repository.merge('notify', ['eve']);
  // With her notice, which is over.
  await repository.removeFile('flo');
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerApply: 1 } });
  const before = repository.writes().length;
  const back = ['mailbox-regular', 'sign-in-allowed'];

  const foreseen = await previewStack(await repository.buildOptions());
  const outcome = await repository.apply();
  for (const { limited, mails, accounts } of [foreseen, outcome]) {
    expect(limited).toMatch(/Nothing is taken: 2 accounts would be disabled or delicensed, allowed are 1/);
    expect(mails).toEqual([]);
    expect(accounts).toHaveLength(2);
  }
  expect(listOutcomes(outcome, repository)).toEqual({ ana: back, bo: back });
  expect(
    repository
      .writes()
      .slice(before)
      .some((write) => /cy|dee/.test(write)),
  ).toBe(false);
  expect(repository.emulator.getState('cy')).toMatchObject({ accountEnabled: true, isChanged: false });

  await repository.setPolicy(generousLimits);
  const rest = await repository.apply();
  expect(listOutcomes(rest, repository)).toEqual({
    cy: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
    dee: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
  });
  expect(rest.mails).toHaveLength(1);
});
