import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
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
  const back = ['sign-in-allowed', 'mailbox-regular'];

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

test('a lost state: what the tenant is already is adopted, without cap, fresh evidence, second session revocation or mail', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy', 'dee', 'eve']);
  await repository.merge('delicense', ['ana', 'bo']);
  await repository.merge('disable', ['cy']);
  await repository.merge('notify', ['dee']);
  await repository.merge('review', ['eve']);
  await repository.apply();
  const [writes, mails] = [repository.writes(), repository.emulator.outbox.list().length];
  expect(mails).toBeGreaterThan(0);

  await loseState(repository);
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerApply: 0 } });
  const late = { ...(await repository.buildOptions()), today: addDays(today, 60) };
  expect(await previewStack(late)).toMatchObject({ accounts: [], mails: [], limited: null, adopted: 5 });
  const outcome = await applyStack(late);
  expect(outcome).toMatchObject({ accounts: [], mails: [], unsent: [], adopted: 5, limited: null });
  expect(outcome.notes).toEqual([expect.stringMatching(/adopted as they are.*2 accounts in notify and review/)]);
  expect(repository.writes()).toEqual(writes);
  expect(repository.emulator.outbox.list()).toHaveLength(mails);

  expect(await applyStack(late)).toMatchObject({
    accounts: [],
    mails: [],
    adopted: 0,
    notes: [expect.stringContaining('is applied already')],
  });
  await repository.merge('keep', ['ana', 'cy']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'],
    cy: ['sign-in-allowed', 'mailbox-regular'],
  });
});
