import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

// The engine writes its state when a run ends. After a killed run the state only has the operations that it began.

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
