import { execa } from 'execa';
import { expect, test } from 'vitest';
import { aFactsKey, aSigning } from '../policy/signing/signing.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

test('where the keys are gone, or one was taken off, nothing is taken, and what was taken is still given back', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['bo']);
  await repository.merge('restore', ['ana']);
  await repository.setSigning({ current: aFactsKey('mallory') });
  const gone = await repository.apply();
  expect(gone.limited).toContain('the key tests is gone');
  const given = ['licenses-changed', 'mailbox-regular', 'sign-in-allowed'];
  const unsigned = { bo: ['file: not-signed'] };
  expect(listOutcomes(gone, repository)).toMatchObject({ ana: given, ...unsigned });

  await repository.setSigning(null);
  const none = await repository.apply();
  expect(none.limited).toContain('the key tests is gone');
  expect(listOutcomes(none, repository)).toMatchObject(unsigned);
  expect(repository.writes().filter((write) => /\bbo\b/.test(write))).toEqual([]);
  // Nothing was forgotten meanwhile.
  await repository.setSigning(aSigning());
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    bo: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
  });
});

test('main without the commit that was applied is not applied: nothing is done', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('review', ['ana']);
  await repository.merge('review', ['bo']);
  await repository.apply();
  await execa('git', ['-C', repository.folder, 'reset', '--quiet', '--hard', 'HEAD^']);
  await repository.merge('disable', ['ana']);
  await expect(repository.apply()).rejects.toMatchObject({ code: 'main-rewritten' });
  expect(repository.writes().filter((write) => !write.includes('sendMail'))).toEqual([]);
});
