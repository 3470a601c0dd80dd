// For tests of runs that overlap.
import { Stack } from '@pulumi/pulumi/automation/index.js';
import { expect, onTestFinished, vi } from 'vitest';
import type { StackOutcome } from '../stacks/run-stack.ts';
import type { MergedRepository } from './merged-repository.fixture.ts';

export const once = ['PATCH /users/ana', 'POST /users/ana/revokeSignInSessions', 'Set-Mailbox ana Shared'];

/** Another run does the whole apply just before the nth update of this one. */
export async function applyOvertaken(repository: MergedRepository, nth: number): Promise<StackOutcome> {
  const { up } = Stack.prototype;
  let updates = 0;
  const spy = vi.spyOn(Stack.prototype, 'up').mockImplementation(async function (this: Stack, options) {
    updates += 1;
    if (updates === nth) {
      const { accounts } = await repository.apply();
      expect(accounts.map(({ report }) => report.failure)).toEqual([null]);
    }
    return up.call(this, options);
  });
  onTestFinished(() => void spy.mockRestore());
  return repository.apply();
}
