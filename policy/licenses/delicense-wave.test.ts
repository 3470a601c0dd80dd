import { expect, test } from 'vitest';
import { anAccount, anInForceFile, today } from '../tenant.fixture.ts';
import { sumWave, type WaveAccount } from './delicense-wave.ts';

function inWave(gigabytes: number | null, change: Partial<WaveAccount> = {}): WaveAccount {
  const { file } = anInForceFile({ account: anAccount(), stage: 'delicense', since: today });
  return {
    file: { ...file, oneDrive: { gigabytes, files: 4, lastUse: null } },
    outcome: 'named',
    losesLicense: true,
    losesPhone: false,
    ...change,
  };
}

const none = { accounts: 0, gigabytes: 0, unknown: 0 };

test('a wave sums up what loses its licence apart from what is held back', () => {
  const wave = [
    inWave(0.1),
    inWave(0.2, { outcome: 'released', losesPhone: true }),
    inWave(3.1, { outcome: 'held-back', losesLicense: false }),
    inWave(null, { outcome: 'held-back' }),
    inWave(48, { outcome: 'stays' }),
  ];
  expect(sumWave(wave)).toEqual({
    leaving: { accounts: 2, gigabytes: 0.3, unknown: 0 },
    heldBack: { accounts: 2, gigabytes: 3.1, unknown: 1 },
    sharedMailboxes: 4,
    phones: 1,
  });
});

test('anyone who loses no licence loses neither files nor number', () => {
  expect(sumWave([inWave(3, { losesLicense: false, losesPhone: true })])).toEqual({
    leaving: none,
    heldBack: none,
    sharedMailboxes: 0,
    phones: 0,
  });
});

test('a mailbox that a reviewer keeps as it is does not become a shared one', () => {
  const [account] = [inWave(1)];
  const file = { ...account.file, desired: { ...account.file.desired, mailbox: 'unchanged' as const } };
  expect(sumWave([{ ...account, file }]).sharedMailboxes).toBe(0);
});
