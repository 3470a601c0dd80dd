import { rm } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { applyStack } from '../stacks/run-stack.ts';
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
  expect(listOutcomes(outcome, repository)).toEqual({ ana: ['sign-in-allowed', 'mailbox-regular'] });
  expect(getAccountParts(repository, 'bo').accountEnabled).toBe(true);
});

test('A run gave way: a veto that is merged while a wave is applied is in time, and the next run goes on from there', async () => {
  const people = ['ana', 'bo', 'cy', 'dee', 'eli', 'fay'];
  const repository = await aMergedRepository(people);
  const { push, vetoElsewhere } = await aRemote(repository);
  await repository.merge('disable', people);
  await push();
  applyOneByOne();

  let veto = '';
  const outcome = await applyHolding(repository, 2, async () => {
    veto = await vetoElsewhere('eli');
  });
  const left = ['waits: newer-main'];
  expect(listOutcomes(outcome, repository)).toEqual({
    ana: blocked,
    bo: blocked,
    cy: left,
    dee: left,
    eli: left,
    fay: left,
  });
  expect(outcome).toMatchObject({ gaveWay: true, limited: null, notes: [expect.stringContaining(veto.slice(0, 7))] });

  await execa('git', ['-C', repository.folder, 'pull', '--quiet']);
  const notes: string[] = [];
  const next = await applyStack({ ...(await repository.buildOptions()), onNote: (sentence) => notes.push(sentence) });
  expect(listOutcomes(next, repository)).toEqual({ cy: blocked, dee: blocked, fay: blocked });
  // What was left had not been begun, so that it is no killed run's work.
  expect(notes).toEqual([]);
  expect(next.accounts.map(({ change }) => change.unsureSince)).toEqual([null, null, null]);
  expect(next.accounts.flatMap(({ report }) => report.doneEarlier ?? [])).toEqual([]);
  expect(repository.writes().filter((write) => /\beli\b/.test(write))).toEqual([]);
});
