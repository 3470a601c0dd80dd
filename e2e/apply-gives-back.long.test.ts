import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aLicense, ems, mergeForgedRestore } from './apply-gives-back.fixture.ts';
import { aMergedRepository, listOutcomes, stack } from './merged-repository.fixture.ts';

const given = ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'];

test('a new restore of an account that the state does not know gives nothing, unless main has taken it', async () => {
  const repository = await aMergedRepository([], [{ kind: 'dan', accountEnabled: false, licenses: [] }]);
  await mergeForgedRestore(repository, 'dan');
  expect(listOutcomes(await repository.apply(), repository)).toEqual({});
  expect(repository.writes()).toEqual([]);
});

test('a restore that lists a licence more gives what was taken, and not that', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  await repository.merge('restore', ['ana'], (file) => ({
    ...file,
    restore: {
      ...file.restore,
      licenses: [...file.restore.licenses, { ...aLicense, skuPartNumber: 'EMS', skuId: ems }],
    },
    desired: { ...file.desired, licenses: [...file.desired.licenses, 'EMS'] },
  }));
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: given });
  expect(repository.emulator.getState('ana').licenses.map(({ skuPartNumber }) => skuPartNumber)).toEqual(['SPE_E3']);
});

test('after a lost state main’s history says what a restore gives back', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  await rm(join(repository.folder, 'out', stack, 'state'), { recursive: true });
  await repository.merge('restore', ['ana']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: given });
});

test('a file that comes back with a forged restore gives what its last signed version took', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.removeFile('ana');
  await repository.apply();
  await repository.merge('restore', ['ana']);
  await repository.forge('ana', (text) => text.replace(/disabledPlans: \[.*?\]/, `disabledPlans: [ ${ems} ]`));
  const outcome = await repository.apply();
  expect(listOutcomes(outcome, repository)).toEqual({ ana: ['sign-in-allowed', 'mailbox-regular'] });
  expect(outcome.refusedFiles.map(({ problems }) => problems[0]?.code)).toEqual(['not-signed']);
});
