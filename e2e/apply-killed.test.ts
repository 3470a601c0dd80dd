import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { applyStack } from '../stacks/run.ts';
import { aFile, today } from '../stacks/tenant/a-tenant-to-apply-to.ts';
import { aMergedRepository, type MergedRepository, stack } from './a-merged-repository.ts';
import { killTree } from './kill-tree.ts';

/** Everything that an apply sends besides plain reads; Get-Mailbox goes the way of Set-Mailbox, so it is a step, too. */
const steps = {
  query: '^$',
  path: '/users/[^/]+(/revokeSignInSessions|/assignLicense|/sendMail)?$|/InvokeCommand$',
  identity: 'apply',
};
const never = 1_000_000;

test('an apply that is killed at any of its steps leaves nothing that the next one does not finish', {
  timeout: 1_800_000,
}, async () => {
  const clean = await aMergedDay();
  const count = await stepsOf(clean);
  const wanted = result(clean);
  expect(wanted).toMatchObject({
    ana: { accountEnabled: false, licenses: [], type: 'SharedMailbox' },
    cal: { accountEnabled: true, licenses: [expect.anything()], type: 'UserMailbox' },
  });
  expect(count).toBeGreaterThanOrEqual(8);
  for (let step = 1; step <= count; step += 1) {
    const repository = await aMergedDay();
    await killedAt(repository, step);
    const notes: string[] = [];
    const options = await repository.options();
    const next = await applyStack({ ...options, onNote: (note) => notes.push(note) });
    expect(next.accounts.flatMap(({ report }) => report.failure ?? [])).toEqual([]);
    expect({ step, ...result(repository) }).toEqual({ step, ...wanted });
    expect(notes).toEqual([expect.stringMatching(/lock .* cleared/), expect.stringMatching(/was killed in/)]);
    const mails = repository.emulator.outbox.list().length;
    expect(mails).toBeGreaterThanOrEqual(1);
    expect(mails).toBeLessThanOrEqual(2);
    expect(await applyStack(options)).toMatchObject({ accounts: [], mails: [] });
  }
});

/** Ana loses everything at once, cal gets back what was taken, and one manager hears of bo. */
async function aMergedDay(): Promise<MergedRepository> {
  const lost = { accountEnabled: false, licenses: [], mailbox: { type: 'SharedMailbox' } } as const;
  const repository = await aMergedRepository(['ana', 'bo'], [{ kind: 'cal', ...lost }]);
  const had = aFile(repository, 'ana', 'restore').restore;
  await repository.merge('delicense', ['ana']);
  await repository.merge('notify', ['bo']);
  await repository.merge('restore', ['cal'], (file) => ({ ...file, restore: had }));
  return repository;
}

async function stepsOf(repository: MergedRepository): Promise<number> {
  const { faults } = repository.emulator;
  faults.add({ ...steps, kind: 'slow', nth: never });
  await repository.apply();
  return faults.list()[0]?.matched ?? 0;
}

function result({ emulator }: MergedRepository) {
  const of = (kind: string) => {
    const { accountEnabled, licenses, mailbox, sessionsRevokedAt } = emulator.state(kind);
    return { accountEnabled, licenses, type: mailbox?.type, areSessionsEnded: sessionsRevokedAt !== null };
  };
  return { ana: of('ana'), bo: of('bo'), cal: of('cal') };
}

/** The step is carried out, and while its answer is held up, all processes of the apply end at once. */
async function killedAt({ emulator, environment, folder }: MergedRepository, step: number): Promise<void> {
  const id = emulator.faults.add({ ...steps, kind: 'hold', afterwards: true, nth: step, count: 1 });
  const apply = execa(process.execPath, [dormant, 'apply', stack, '--repo', folder, '--today', today], {
    env: { ...environment, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
  });
  const end = apply.then(({ all, stderr }) => `${all ?? ''}${stderr}`);
  const struck = async () => {
    while (emulator.faults.list().every((fault) => fault.held === 0)) await pause(20);
    return null;
  };
  expect(await Promise.race([struck(), end])).toBeNull();
  await killTree(apply.pid);
  await end;
  emulator.faults.remove(id);
}

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
