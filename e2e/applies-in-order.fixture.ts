// For tests of the order of applies.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Stack } from '@pulumi/pulumi/automation/index.js';
import { execa } from 'execa';
import { onTestFinished, vi } from 'vitest';
import type { MergedRepository } from './merged-repository.fixture.ts';

export const blocked = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];

/** Something happens while the nth block is under way; longer than an answer about main may be old. */
export async function applyHolding(repository: MergedRepository, nth: number, happens: () => Promise<void>) {
  const { faults } = repository.emulator;
  const id = faults.add({ kind: 'hold', method: 'PATCH', path: '/users/[^/]+$', identity: 'apply', nth, count: 1 });
  const run = repository.apply();
  while (faults.list().every(({ held }) => held === 0)) await pause(20);
  await happens();
  await pause(1_100);
  faults.remove(id);
  return run;
}

export function countRequests({ emulator }: MergedRepository): number {
  return emulator.log.listEntries({ identity: 'apply' }).length;
}

export async function resetMain({ folder }: MergedRepository, commit: string): Promise<void> {
  await execa('git', ['-C', folder, 'reset', '--quiet', '--hard', commit]);
}

/** A bare remote, and a colleague's clone of it. */
export async function aRemote({ folder, findPath }: MergedRepository) {
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
export function applyOneByOne(): void {
  const { up } = Stack.prototype;
  const spy = vi.spyOn(Stack.prototype, 'up').mockImplementation(function (this: Stack, options) {
    return up.call(this, { ...options, parallel: 1 });
  });
  onTestFinished(() => void spy.mockRestore());
}
