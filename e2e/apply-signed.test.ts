// What nobody signed is never taken, whoever got it onto main: each forgery is one account refused, and the others go on.
import { expect, test } from 'vitest';
import { aFactsKey, aSigning } from '../policy/signing/signing.fixture.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { previewStack } from '../stacks/run-stack.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

const all = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];

test('a forged file is one account refused by name, in preview and apply; the state never sees it, and the others go on', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.merge('review', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['ana', 'bo', 'cy']);
  // The review saw this account's last sign-in in July; a year later "active again" would never be said.
  await repository.forge('ana', (text) => text.replace(/signIn: [-0-9]+/, 'signIn: 2099-01-01'));
  await repository.forge('bo', (text) => text.replace(/^signed: .*\n/m, ''));
  const expected = { ana: ['file: not-signed'], bo: ['file: not-signed'], cy: all };
  expect(listOutcomes(await previewStack(await repository.buildOptions()), repository)).toEqual(expected);
  const outcome = await repository.apply();
  expect(listOutcomes(outcome, repository)).toEqual(expected);
  expect(repository.writes().filter((write) => !/\bcy\b|sendMail/.test(write))).toEqual([]);
  const { refused } = summariseChanges(outcome, outcome.files);
  expect(refused.map(({ because }) => because)).toEqual([
    expect.stringMatching(/evidence\.[a-zA-Z.]+: found .*; only an audit writes it/),
    'signed: the line is missing or was changed; put it back as it was',
  ]);
  const state = await repository.readState();
  expect(state).not.toContain('2099-01-01');
  expect(state).not.toContain('bo@contoso.com');
  // It stays known, with what stood before.
  expect(state).toContain('ana@contoso.com');

  // The next audit signs what it sees, and each goes on.
  await repository.merge('disable', ['ana', 'bo']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: all, bo: all });
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
