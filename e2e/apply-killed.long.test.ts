import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderChangesComment } from '../stacks/record/changes-comment.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { killAt } from './kill-apply.fixture.ts';
import { aMergedDay, expectFinishedAfterKill, isUnseen, listTold, runWholeDay } from './killed-day.fixture.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

test('an apply that is killed at any of its steps leaves nothing that the next one does not finish', {
  timeout: 1_800_000,
}, async () => {
  const { count, wanted } = await runWholeDay();
  for (let step = 1; step <= count; step += 1) await expectFinishedAfterKill(step, wanted);
});

test('an apply that is killed at its mail is told of by the next one on a fresh machine, with the mail as perhaps the second', async () => {
  const repository = await aMergedDay();
  await killAt(repository, { path: '/sendMail$', identity: 'apply', afterwards: true, nth: 1 });
  const writes = repository.writes();
  await leaveOnlyState(repository);
  const next = await repository.apply();
  const told = listTold(next, repository);
  expect(told).toEqual(expect.arrayContaining(writes.filter((write) => !isUnseen(write))));
  expect(next.accounts.flatMap(({ report }) => report.done)).toEqual([]);
  const comment = renderChangesComment(summariseChanges(next, next.files));
  expect(comment).toContain('Done by an earlier run that ended early: 2');
  expect(comment).toContain('notice, perhaps for the second time');
  expect(await repository.apply()).toMatchObject({ accounts: [], mails: [] });
});

/** As on a fresh runner. */
async function leaveOnlyState({ folder }: MergedRepository): Promise<void> {
  const out = join(folder, 'out');
  for (const name of await readdir(out)) if (name !== stack) await rm(join(out, name), { recursive: true });
  for (const name of await readdir(join(out, stack)))
    if (name !== 'state') await rm(join(out, stack, name), { recursive: true });
}
