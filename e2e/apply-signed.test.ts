// What nobody signed is never taken, whoever got it onto main: each forgery is one account refused, and the others go on.
import { expect, test } from 'vitest';
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
