// Runs that come late, twice, or while main moves on: whatever their order, the tenant ends as main's tip says.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Stack } from '@pulumi/pulumi/automation/index.js';
import { execa } from 'execa';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadStack } from '../policy/files/stack-files.ts';
import { readAppliedMain } from '../stacks/applied-main.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { getAccountParts, killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository, stack } from './merged-repository.fixture.ts';

const blocked = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];

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

/** Something happens while the nth block is under way; longer than an answer about main may be old. */
async function applyHolding(repository: MergedRepository, nth: number, happens: () => Promise<void>) {
  const { faults } = repository.emulator;
  const id = faults.add({ kind: 'hold', method: 'PATCH', path: '/users/[^/]+$', identity: 'apply', nth, count: 1 });
  const run = repository.apply();
  while (faults.list().every(({ held }) => held === 0)) await pause(20);
  await happens();
  await pause(1_100);
  faults.remove(id);
  return run;
}

function countRequests({ emulator }: MergedRepository): number {
  return emulator.log.listEntries({ identity: 'apply' }).length;
}

async function resetMain({ folder }: MergedRepository, commit: string): Promise<void> {
  await execa('git', ['-C', folder, 'reset', '--quiet', '--hard', commit]);
}

async function applyRewound(repository: MergedRepository, rewoundTo: string) {
  const { folder } = repository;
  const files = await loadStack(openWorkingTree(folder), stack);
  const main = await readAppliedMain(folder, files, { env: process.env, rewoundTo });
  return applyStack({ ...(await repository.buildOptions()), main });
}

/** A bare remote, and a colleague's clone of it. */
async function aRemote({ folder, findPath }: MergedRepository) {
  const [bare, colleague] = [`${folder}.git`, `${folder}.colleague`];
  onTestFinished(() => rm(bare, { recursive: true, force: true }));
  onTestFinished(() => rm(colleague, { recursive: true, force: true }));
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await execa('git', ['-C', folder, 'remote', 'add', 'origin', bare]);
  const push = () => execa('git', ['-C', folder, 'push', '--quiet', '--set-upstream', 'origin', 'main']);
  await push();
  return {
    bare,
    push,
    async vetoElsewhere(kind: string) {
      await execa('git', ['clone', '--quiet', bare, colleague]);
      const git = (...args: string[]) =>
        execa('git', ['-C', colleague, '-c', 'user.name=Ines', '-c', 'user.email=ines@contoso.com', ...args]);
      const path = join(colleague, findPath(kind));
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('stage: disable', 'stage: keep\nreason: On leave'));
      await git('commit', '--quiet', '--all', '--message=Keep');
      await git('push', '--quiet');
      return (await git('rev-parse', 'HEAD')).stdout;
    },
  };
}

/** The engine works on 64 accounts at a time, which six never are. */
function applyOneByOne(): void {
  const { up } = Stack.prototype;
  const spy = vi.spyOn(Stack.prototype, 'up').mockImplementation(function (this: Stack, options) {
    return up.call(this, { ...options, parallel: 1 });
  });
  onTestFinished(() => void spy.mockRestore());
}
