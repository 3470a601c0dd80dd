// Executives on the merged list: HR gets one mail about each, no account changes, and no run reports anybody twice.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idOf } from '../policy/account.fixture.ts';
import { addDays } from '../policy/evidence.ts';
import { getEscalationsPath, serialiseEscalations } from '../policy/files/escalations-file.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, generousLimits, type MergedRepository, stack } from './merged-repository.fixture.ts';
import { signListText } from './signed-files.fixture.ts';

const withHr = { ...generousLimits, notifications: { hrContact: 'hr@contoso.com' } };

async function list({ folder, tenant, commitAll }: MergedRepository, since: string, ...names: string[]): Promise<void> {
  const entries = names.map((displayName) => ({
    ...{ id: idOf(displayName), userPrincipalName: `${displayName}@contoso.com`, displayName },
    ...{ why: 'job title "CEO"', lastActivity: '2026-07-15', since },
  }));
  const path = getEscalationsPath(stack);
  const { tenantId } = tenant;
  await writeFile(join(folder, path), signListText(path, serialiseEscalations(entries), { stack, tenantId }));
  await commitAll('list');
}

const subjects = ({ emulator }: MergedRepository) => emulator.outbox.list().map(({ message }) => message.subject);
const one = 'For HR: 1 executive whose account nobody uses';
const two = 'For HR: 2 executives whose accounts nobody uses';

test('one mail about anyone who is new on the list, and never a second about the same person', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(withHr);
  await list(repository, today, 'cara', 'zoe');
  const foreseen = await previewStack(await repository.buildOptions());
  expect(foreseen.mails).toMatchObject([{ to: 'hr@contoso.com', stage: 'escalation', subject: two }]);
  expect(subjects(repository)).toEqual([]);

  const outcome = await repository.apply();
  expect(outcome).toMatchObject({ accounts: [], mails: [{ stage: 'escalation' }], unsent: [] });
  const { mailed } = summariseChanges(outcome, (await repository.buildOptions()).files);
  expect(mailed).toMatchObject([{ to: 'hr@contoso.com', kind: 'escalation', about: ['cara', 'zoe'] }]);
  expect(await repository.apply()).toMatchObject({ mails: [] });

  await list(repository, today, 'zoe');
  expect(await repository.apply()).toMatchObject({ mails: [] });
  await list(repository, addDays(today, 60), 'cara', 'zoe');
  const late = { ...(await repository.buildOptions()), today: addDays(today, 67) };
  expect(await applyStack(late)).toMatchObject({ mails: [] });

  await list(repository, addDays(today, 60), 'cara', 'eve', 'zoe');
  const later = { ...(await repository.buildOptions()), today: addDays(today, 67) };
  expect(await applyStack(later)).toMatchObject({ mails: [{ people: [idOf('eve')] }] });
  expect(subjects(repository)).toEqual([two, one]);
  expect(new Set(repository.writes())).toEqual(new Set(['POST /users/sender/sendMail']));
});

test('HR gets no mail from a list that no audit has signed as it stands, the run says so, and nobody is told twice later', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(withHr);
  await list(repository, today, 'cara');
  expect(await repository.apply()).toMatchObject({ mails: [{ subject: one }] });
  const path = join(repository.folder, getEscalationsPath(stack));
  const signed = await readFile(path, 'utf8');
  await writeFile(path, signed.replaceAll('cara', 'mallory'));
  await repository.commitAll('forge the list');
  const unsent = [expect.stringContaining('escalations.yaml is not signed')];
  expect(await previewStack(await repository.buildOptions())).toMatchObject({ mails: [], unsent });
  expect(await repository.apply()).toMatchObject({ mails: [], unsent });
  await writeFile(path, signed);
  await repository.commitAll('put it back');
  expect(await repository.apply()).toMatchObject({ mails: [], unsent: [] });
  expect(subjects(repository)).toEqual([one]);
});

test('a mail that could not be sent is told, and sent by the next run', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(withHr);
  await list(repository, today, 'cara');
  repository.emulator.faults.add({ kind: 'status', status: 403, path: 'sendMail$', count: 1 });
  const outcome = await repository.apply();
  expect(outcome).toMatchObject({ mails: [], unsent: [expect.stringContaining('was not sent')] });
  expect(await repository.apply()).toMatchObject({ mails: [{ subject: one }], unsent: [] });
});

test('without a contact nobody is written to; once there is one, HR is told of all on the list', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(generousLimits);
  await list(repository, today, 'cara');
  expect(await repository.apply()).toMatchObject({ mails: [], unsent: [] });
  await repository.setPolicy(withHr);
  expect(await repository.apply()).toMatchObject({ mails: [{ subject: one }] });
});

test('a lost state tells nobody twice, and says so', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(withHr);
  await list(repository, today, 'cara');
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await rm(join(repository.folder, 'out', stack), { recursive: true });
  const outcome = await repository.apply();
  expect(outcome).toMatchObject({ mails: [], notes: [expect.stringContaining('about 1 executive')] });
  expect(await repository.apply()).toMatchObject({ mails: [] });
  expect(subjects(repository)).toEqual([one]);
});
