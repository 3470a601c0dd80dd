import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

test('one that flips back before its licence goes is shared again once new evidence is merged', async () => {
  const repository = await aMergedRepository([], [{ kind: 'ana', mailbox: { flipBackAfterDays: 5 } }]);
  const { emulator } = repository;
  await repository.merge('disable', ['ana']);
  await repository.apply();
  const day = addDays(today, 21);
  emulator.tenant.clock.set(`${day}T12:00:00Z`);
  const audited = await repository.audit(day);
  expect(audited.plan.moves).toMatchObject([{ to: 'disable', reason: 'evidence-renewed' }]);
  expect(await repository.mergePlan(audited)).toEqual([]);
  const merged = { ...(await repository.buildOptions()), today: day };
  expect(listOutcomes(await applyStack(merged), repository)).toEqual({ ana: ['mailbox-shared'] });
  expect(emulator.getState('ana').mailbox).toMatchObject({ type: 'SharedMailbox', losses: [] });
  expect(listOutcomes(await applyStack(merged), repository)).toEqual({});
});
