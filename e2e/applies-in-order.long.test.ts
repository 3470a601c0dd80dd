import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { applyHolding, applyOneByOne, aRemote, blocked, countRequests, resetMain } from './applies-in-order.fixture.ts';
import { getAccountParts, killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

test('what a run has only begun with is not undone by an older one either', async () => {
  const repository = await aMergedRepository(['ana']);
  const older = await repository.merge('review', ['ana']);
  const newer = await repository.merge('disable', ['ana']);
  await killAtStep(repository, 1);
  await resetMain(repository, older);
  const asked = countRequests(repository);
  await expect(repository.apply()).rejects.toMatchObject({ code: 'main-rewritten', where: newer });
  expect(countRequests(repository)).toBe(asked);
});

test('where the remote goes away in the middle, nothing more is taken and no mail is sent, and the run says so', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  const { bare, push } = await aRemote(repository);
  await repository.merge('disable', ['ana', 'bo']);
  await repository.merge('notify', ['cy']);
  await push();
  applyOneByOne();
  const outcome = await applyHolding(repository, 1, () => rm(bare, { recursive: true }));
  expect(listOutcomes(outcome, repository)).toMatchObject({ ana: blocked, bo: ['refused: over-limit'] });
  expect(outcome).toMatchObject({ gaveWay: false, limited: expect.stringContaining('cannot be asked'), mails: [] });
});

test('The remote does not answer: nothing is taken, and what was taken is given back', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  const { bare, push } = await aRemote(repository);
  await repository.merge('disable', ['ana']);
  await push();
  await repository.apply();
  await repository.merge('restore', ['ana']);
  await repository.merge('disable', ['bo']);
  await push();
  await rm(bare, { recursive: true });
  const outcome = await repository.apply();
  expect(outcome.limited).toContain("main's tip cannot be asked");
  expect(listOutcomes(outcome, repository)).toEqual({ ana: ['mailbox-regular', 'sign-in-allowed'] });
  expect(getAccountParts(repository, 'bo').accountEnabled).toBe(true);
});
