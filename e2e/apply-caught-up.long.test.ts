// The engine writes its state when a run ends. After a killed run the state only has the operations that it began.
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { countSteps, getAccountParts, killAt, killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

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

/** In an account's outputs, as JSON within JSON; the applied record has the commit under that name. */
const accountNote = /begun\\":\{/;

test('a run that is killed between its notes and its first write has taken nothing, and is forgotten with its merge', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('notify', ['ana', 'bo']);
  await repository.apply();
  const before = repository.writes();
  const merged = await repository.merge('disable', ['ana', 'bo']);
  await killAt(repository, { path: '/users/[^/]+$', method: 'GET', identity: 'apply', nth: 1 });
  expect(repository.writes()).toEqual(before);
  expect(await repository.readState()).toMatch(accountNote);
  await repository.revert(merged);
  await repository.apply();
  // Its writes may still be on their way, so both are given back once more.
  expect(repository.writes().slice(before.length).toSorted()).toEqual([
    'PATCH /users/ana',
    'PATCH /users/bo',
    'Set-Mailbox ana Regular',
    'Set-Mailbox bo Regular',
  ]);
  for (const kind of ['ana', 'bo'])
    expect(repository.emulator.getState(kind)).toMatchObject({
      accountEnabled: true,
      sessionsRevokedAt: null,
    });
  expect(await repository.readState()).not.toMatch(accountNote);
});

test('two runs that are killed one after the other, the second on its way back, are both caught up', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await repository.apply();
  const merged = await repository.merge('delicense', ['ana']);
  await killAtStep(repository, 4);
  await repository.revert(merged);
  await killAtStep(repository, 1);
  await repository.apply();
  expect(getAccountParts(repository, 'ana')).toEqual(getAccountParts(await aMergedRepository(['ana']), 'ana'));
});

test('what a killed run has done counts in no cap, needs no fresh evidence and ends no sessions again; what it never reached does', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.merge('notify', ['ana', 'bo', 'cy']);
  await repository.apply();
  await repository.merge('disable', ['ana', 'bo']);
  // Each is blocked first and then converted, so the last answer shows the last mailbox as shared.
  await killAtStep(repository, 8);
  const writes = repository.writes();
  expect(writes.filter((write) => /revoke/.test(write))).toHaveLength(2);

  await repository.merge('disable', ['cy']);
  const cap = { limits: { ...generousLimits.limits, changesPerApply: 0 } };
  const buildLate = async () => ({ ...(await repository.buildOptions()), today: addDays(today, 60) });
  await repository.setPolicy({ ...cap, evidenceMaxAgeDays: 90 });
  const { limited } = await previewStack(await buildLate());
  expect(limited).toMatch(/1 accounts would be disabled or delicensed, allowed are 0/);
  // Who is refused counts in no cap either.
  await repository.setPolicy(cap);
  const outcome = await applyStack(await buildLate());
  expect(outcome.limited).toBeNull();
  expect(listOutcomes(outcome, repository)).toMatchObject({ cy: ['refused: evidence-too-old'] });
  expect(repository.writes()).toEqual(writes);
});
