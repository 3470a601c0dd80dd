// For tests of killed applies: a day with everything in it, and what has to be so after a kill at any of its steps.
import { expect } from 'vitest';
import type { StepName } from '../policy/words/apply-words.ts';
import { type LogLine, readApplyLog } from '../stacks/record/apply-log.ts';
import { applyStack, type StackOutcome } from '../stacks/run-stack.ts';
import { aFile } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { countSteps, killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, type MergedRepository, stack } from './merged-repository.fixture.ts';

/** How many steps the day has, and what has to be so at its end. */
export async function runWholeDay() {
  const clean = await aMergedDay();
  const count = await countSteps(clean);
  const wanted = result(clean);
  expect(wanted).toMatchObject({
    ana: { accountEnabled: false, licenses: [], type: 'SharedMailbox' },
    cal: { accountEnabled: true, licenses: [expect.anything()], type: 'UserMailbox' },
  });
  expect(count).toBeGreaterThanOrEqual(8);
  return { count, wanted };
}

/** Kills an apply of the day at this step; the next one finishes it, tells what was done, and leaves nothing to do. */
export async function expectFinishedAfterKill(step: number, wanted: ReturnType<typeof result>): Promise<void> {
  const repository = await aMergedDay();
  await killAtStep(repository, step);
  await expectWholeLog(repository);
  const before = repository.writes();
  const notes: string[] = [];
  const options = await repository.buildOptions();
  const next = await applyStack({ ...options, onNote: (note) => notes.push(note) });
  expect(next.accounts.flatMap(({ report }) => report.failure ?? [])).toEqual([]);
  const untold = before.filter((write) => write.includes('ana') && !isUnseen(write));
  expect({ step, told: listTold(next, repository) }).toEqual({ step, told: expect.arrayContaining(untold) });
  expect({ step, ...result(repository) }).toEqual({ step, ...wanted });
  expect(notes).toEqual([expect.stringMatching(/lock .* cleared/), expect.stringMatching(/was killed while/)]);
  const mails = repository.emulator.outbox.list().length;
  expect(mails).toBeGreaterThanOrEqual(1);
  expect(mails).toBeLessThanOrEqual(2);
  expect(await applyStack(options)).toMatchObject({ accounts: [], mails: [] });
}

/** Ana loses everything at once, cal gets back what main says was taken, and one manager is notified of bo. */
export async function aMergedDay(): Promise<MergedRepository> {
  const lost = { accountEnabled: false, licenses: [], mailbox: { type: 'SharedMailbox' } } as const;
  const repository = await aMergedRepository(['ana', 'bo'], [{ kind: 'cal', ...lost }]);
  const had = aFile(repository, 'ana', 'restore').restore;
  const taken = { accountEnabled: false, mailbox: 'shared', licenses: [] } as const;
  await repository.merge('delicense', ['cal'], (file) => ({
    ...file,
    restore: had,
    desired: { ...taken, licenses: [] },
  }));
  await repository.knowKeys();
  await repository.merge('delicense', ['ana']);
  await repository.merge('notify', ['bo']);
  await repository.merge('restore', ['cal'], (file) => ({ ...file, restore: had }));
  return repository;
}

/** Each write that the tenant has had was asked for in the log before, and nothing is done there that it has not had. */
async function expectWholeLog(repository: MergedRepository): Promise<void> {
  const lines = await readApplyLog({ repository: repository.folder, stack });
  expect([lines[0]?.what, lines.some(({ what }) => what === 'ended')]).toEqual(['begun', false]);
  const list = (what: LogLine['what']) =>
    lines.flatMap((line) => (line.what === what ? toWrite(line, repository) : []));
  const writes = repository.writes().filter((write) => !write.endsWith('/sendMail'));
  expect(list('asked')).toEqual(expect.arrayContaining(writes));
  expect(writes).toEqual(expect.arrayContaining(list('done')));
}

/** What the next run says of what was done, by itself or by the one before. */
export function listTold({ accounts }: StackOutcome, { findKind }: MergedRepository): string[] {
  return accounts.flatMap(({ inputs, report: { done, doneEarlier = [] } }) =>
    [...done, ...doneEarlier].map(({ step }) => nameWrite(step, findKind(inputs.account.id))),
  );
}

/** The tenant does not show who was told, nor in an hour whose sessions were ended. */
export function isUnseen(write: string): boolean {
  return /sendMail$|revokeSignInSessions$/.test(write);
}

function toWrite(line: LogLine, { findKind }: MergedRepository): string[] {
  if (!('step' in line) || line.account === null || line.step === 'mail-sent') return [];
  return [nameWrite(line.step, findKind(line.account.id))];
}

/** As `writes` names it. */
function nameWrite(step: StepName, kind: string): string {
  const names = {
    'sign-in-blocked': `PATCH /users/${kind}`,
    'sign-in-allowed': `PATCH /users/${kind}`,
    'sessions-revoked': `POST /users/${kind}/revokeSignInSessions`,
    'licenses-changed': `POST /users/${kind}/assignLicense`,
    'group-left': `DELETE /groups/members/${kind}/$ref`,
    'group-joined': `POST /groups/members/$ref ${kind}`,
    'mailbox-shared': `Set-Mailbox ${kind} Shared`,
    'mailbox-regular': `Set-Mailbox ${kind} Regular`,
  };
  return names[step];
}

function result({ emulator }: MergedRepository) {
  const of = (kind: string) => {
    const { accountEnabled, licenses, mailbox, sessionsRevokedAt } = emulator.getState(kind);
    return { accountEnabled, licenses, type: mailbox?.type, areSessionsEnded: sessionsRevokedAt !== null };
  };
  return { ana: of('ana'), bo: of('bo'), cal: of('cal') };
}
