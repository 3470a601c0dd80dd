import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getEscalationsPath } from '../policy/files/escalations-file.ts';
import { previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { list, one, subjects, withHr } from './escalations.fixture.ts';
import { aMergedRepository, generousLimits, stack } from './merged-repository.fixture.ts';

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

test('a mail that could not be sent is told, and sent by the next run', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(withHr);
  await list(repository, today, 'cara');
  repository.emulator.faults.add({ kind: 'status', status: 403, path: 'sendMail$', count: 1 });
  const outcome = await repository.apply();
  expect(outcome).toMatchObject({ mails: [], unsent: [expect.stringContaining('was not sent')] });
  expect(await repository.apply()).toMatchObject({ mails: [{ subject: one }], unsent: [] });
});
