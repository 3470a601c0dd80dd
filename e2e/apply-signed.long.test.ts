import { execa } from 'execa';
import { expect, test } from 'vitest';
import { aFactsKey, aSigning } from '../policy/signing/signing.fixture.ts';
import { previewStack } from '../stacks/run-stack.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

const all = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];

test('where the keys are gone, or one was taken off, nothing is taken, and what was taken is still given back', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['bo']);
  await repository.merge('restore', ['ana']);
  await repository.setSigning({ current: aFactsKey('mallory') });
  const gone = await repository.apply();
  expect(gone.limited).toContain('the key tests is gone');
  const given = ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'];
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

test('what was held back goes on only by a new audit, whoever puts the old file back', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('review', ['ana']);
  const disable = await repository.merge('disable', ['ana']);
  const kept = await repository.forge('ana', (text) => text.replace('stage: disable', 'stage: keep\nreason: On leave'));
  expect(listOutcomes(await repository.apply(), repository)).toEqual({});
  await repository.revert(kept);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: ['file: signed-before'] });
  expect(repository.writes()).toEqual([]);
  expect(disable).not.toBe(kept);
});

test('a push that brings its own key takes nothing for a week, is named, and holds up nobody else', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['bo']);
  await repository.setSigning(aSigning({ next: aFactsKey('mallory') }));
  await repository.merge('disable', ['ana'], undefined, 'mallory');
  const outcome = await repository.apply();
  expect(listOutcomes(outcome, repository)).toEqual({ ana: ['refused: key-too-new'], bo: all });
  expect(outcome.newWitnesses).toEqual([{ what: 'the key mallory', trustedOn: '2026-12-14' }]);

  const options = { ...(await repository.buildOptions()), today: '2026-12-14' };
  const later = await previewStack(options);
  expect(listOutcomes(later, repository)).toEqual({ ana: all });
  expect(later.newWitnesses).toEqual([]);
});
