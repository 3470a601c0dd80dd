import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository } from './merged-repository.fixture.ts';

/** The next audit's proposal for a merged file. */
async function nextMoves(who: string, repository: MergedRepository) {
  const { plan } = await repository.audit();
  return plan.moves.filter(({ path }) => path.includes(`/${who}@`));
}

test('what is refused because its evidence is too old is done after the next audit has renewed it', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['ana']);
  await repository.merge('disable', ['bo'], (file) => ({
    ...file,
    evidence: { ...file.evidence, auditedOn: addDays(today, -31), reportRefreshDate: addDays(today, -33) },
  }));
  const done = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: done,
    bo: ['refused: evidence-too-old'],
  });

  const [renewal, ...others] = await nextMoves('bo', repository);
  expect(others).toEqual([]);
  expect(renewal).toMatchObject({ from: 'disable', to: 'disable', reason: 'evidence-renewed' });
  await repository.merge('disable', ['bo'], (file) => ({ ...file, ...renewal?.file }));
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ bo: done });
  const reasons = (await nextMoves('bo', repository)).map(({ reason }) => reason);
  expect(reasons).not.toContain('evidence-renewed');
});
