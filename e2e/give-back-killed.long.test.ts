import { expect, test } from 'vitest';
import { giveBack } from './give-back.fixture.ts';
import { getAccountParts, killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository } from './merged-repository.fixture.ts';

test.each([1, 2, 3])(
  'a run that is killed at step %s of a give-back is finished by the next, and the manager is told once',
  async (step) => {
    const people = [
      { kind: 'boss', inactiveDays: 1 },
      { kind: 'ana', manager: 'boss' },
    ];
    const repository = await aMergedRepository([], people);
    const before = getAccountParts(repository, 'ana');
    await repository.merge('delicense', ['ana']);
    await repository.apply();
    await giveBack(repository, 'ana');
    await killAtStep(repository, step);
    const { notes } = await repository.apply();
    expect(notes.join()).not.toContain('gives nothing back');
    expect(getAccountParts(repository, 'ana')).toEqual(before);
    await repository.apply();
    const mails = repository.emulator.outbox.list();
    expect(mails.filter(({ message }) => /can sign in again/.test(String(message.subject)))).toHaveLength(1);
  },
);
