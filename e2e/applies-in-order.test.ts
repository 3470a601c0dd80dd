// Runs that come late, twice, or while main moves on: whatever their order, the tenant ends as main's tip says.
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { loadStack } from '../policy/files/stack-files.ts';
import { readAppliedMain } from '../stacks/applied-main.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { applyHolding, applyOneByOne, aRemote, blocked, countRequests, resetMain } from './applies-in-order.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository, stack } from './merged-repository.fixture.ts';

test('a tip that is settled asks the tenant nothing; an older main undoes nothing unless it was rewound on purpose', async () => {
  const repository = await aMergedRepository(['ana']);
  const older = await repository.merge('review', ['ana']);
  const newer = await repository.merge('disable', ['ana']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: blocked });

  const asked = countRequests(repository);
  const settled = await repository.apply();
  expect(countRequests(repository)).toBe(asked);
  expect(settled).toMatchObject({ accounts: [], notes: [`Main's tip ${newer.slice(0, 7)} is applied already.`] });

  await resetMain(repository, older);
  await expect(repository.apply()).rejects.toMatchObject({ code: 'main-rewritten', where: newer });
  expect(countRequests(repository)).toBe(asked);
  await expect(applyRewound(repository, newer)).rejects.toMatchObject({ code: 'not-the-tip' });
  const rewound = await applyRewound(repository, older.slice(0, 10));
  expect(listOutcomes(rewound, repository)).toEqual({ ana: ['mailbox-regular', 'sign-in-allowed'] });
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

async function applyRewound(repository: MergedRepository, rewoundTo: string) {
  const { folder } = repository;
  const files = await loadStack(openWorkingTree(folder), stack);
  const main = await readAppliedMain(folder, files, { env: process.env, rewoundTo });
  return applyStack({ ...(await repository.buildOptions()), main });
}
