import { Stack } from '@pulumi/pulumi/automation/index.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { StackOutcome } from '../stacks/run-stack.ts';
import { aMergedRepository, type MergedRepository } from './merged-repository.fixture.ts';

// The engine holds its lock for one update at a time, so another run can come between two of them.

test('a run that another one overtakes before its first note changes nothing, and says why', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['ana']);
  const before = repository.writes().length;
  await expect(applyOvertaken(repository, 1)).rejects.toMatchObject({ code: 'overtaken' });
  expect(repository.writes().slice(before)).toEqual(once);
  expect(await repository.apply()).toMatchObject({ accounts: [], mails: [] });
});

test('a run that another one overtakes before its first write does nothing a second time, and says that there may be more to do', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['ana']);
  const before = repository.writes().length;
  const { accounts } = await applyOvertaken(repository, 2);
  expect(accounts.map(({ report }) => report.failure?.remedy)).toEqual(['Run the apply again.']);
  expect(repository.writes().slice(before)).toEqual(once);
  expect(await repository.apply()).toMatchObject({ accounts: [], mails: [] });
});

const once = ['PATCH /users/ana', 'POST /users/ana/revokeSignInSessions', 'Set-Mailbox ana Shared'];

/** Another run does the whole apply just before the nth update of this one. */
async function applyOvertaken(repository: MergedRepository, nth: number): Promise<StackOutcome> {
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
