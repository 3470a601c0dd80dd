import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { loseState } from './lost-state.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

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
    ana: ['licenses-changed', 'mailbox-regular', 'sign-in-allowed'],
    cy: ['mailbox-regular', 'sign-in-allowed'],
  });
});
