import { expect, test } from 'vitest';
import type { WaveSum } from '../licenses/delicense-wave.ts';
import { computeOneDriveClock } from '../licenses/microsoft-clocks.ts';
import {
  describeFileTotals,
  describeOneDrive,
  describeOneDriveOutcome,
  describeWave,
  formatGigabytes,
} from './describe-belongings.ts';

const today = '2026-12-07';
const none = { accounts: 0, gigabytes: 0, unknown: 0 };
const quiet: WaveSum = { leaving: none, heldBack: none, sharedMailboxes: 0, phones: 0 };

test.each([
  [{ gigabytes: 3.1, files: 812, lastUse: '2026-06-30' }, 'OneDrive of 3.1 GB in 812 files, last used 30 June'],
  [{ gigabytes: 0.12, files: 1, lastUse: '2025-06-30' }, 'OneDrive of 0.12 GB in 1 file, last used 30 June 2025'],
  [{ gigabytes: 0, files: 0, lastUse: null }, 'OneDrive of 0 GB in 0 files'],
  [{ gigabytes: null, files: null, lastUse: null }, 'OneDrive of unknown size'],
])('%o is %s', (facts, words) => {
  expect(describeOneDrive(facts, today)).toBe(words);
});

test('each outcome is said, with Microsoft’s days where they begin', () => {
  const clock = computeOneDriveClock(today);
  const end =
    'by default closed to everybody from 10 March 2027 (until then a licence brings it back) and deleted from 11 June 2027';
  expect(describeOneDriveOutcome('named', clock, today)).toBe(end);
  expect(describeOneDriveOutcome('released', clock, today)).toBe(`released: ${end}`);
  expect(describeOneDriveOutcome('held-back', clock, today)).toBe(
    `its files stay until somebody releases them (then ${end}, at the earliest)`,
  );
  expect(describeOneDriveOutcome('stays', clock, today)).toBe('it stays as it is');
});

test('a size has no more digits than anybody reads', () => {
  expect([0.12, 3.1, 44.23, 1204.5].map(formatGigabytes)).toEqual(['0.12 GB', '3.1 GB', '44.2 GB', '1,205 GB']);
});

test('files are those of so many people', () => {
  expect(describeFileTotals({ accounts: 1, gigabytes: 3.1, unknown: 0 })).toBe(
    '3.1 GB of files in the OneDrive of 1 person',
  );
  expect(describeFileTotals({ accounts: 200, gigabytes: 412, unknown: 3 })).toBe(
    '412 GB of files in the OneDrives of 200 people (3 of unknown size)',
  );
  expect(describeFileTotals({ accounts: 2, gigabytes: 0, unknown: 2 })).toBe(
    'Files of unknown size in the OneDrives of 2 people',
  );
});

test('a wave says how much goes, what becomes of the mailboxes, and the first day on which something is gone', () => {
  const wave = {
    ...quiet,
    leaving: { accounts: 12, gigabytes: 44.2, unknown: 0 },
    sharedMailboxes: 12,
    phones: 2,
  };
  expect(describeWave(wave, today)).toEqual([
    '44.2 GB of files in the OneDrives of 12 people lose their licence: by default read-only from 5 February 2027, closed to everybody from 10 March 2027 (until then a licence brings it back) and deleted from 11 June 2027; a retention policy or a hold puts that off until 7 December 2027 at the latest, unless Microsoft 365 Archive is paid for.',
    '12 mailboxes stay, as shared ones.',
    'First day on which something can no longer be recovered: the day of the merge (phone numbers of 2 people, if any are assigned) and 11 June 2027 by default (files).',
  ]);
});

test('where nothing hangs on what goes, nothing is said', () => {
  expect(describeWave(quiet, today)).toEqual([]);
});
