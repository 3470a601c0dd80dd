import { describe, expect, test } from 'vitest';
import { aLicense, lastSeen } from '../../policy/account.fixture.ts';
import type { Evidence, OneDrive } from '../../policy/evidence.ts';
import { describeOneDriveClock } from '../../policy/words/describe-clocks.ts';
import { type AuditChange, anAudit } from '../report/audit.fixture.ts';
import { aPerson, type Person } from '../report/person.fixture.ts';
import {
  countDaysLeft,
  describeFate,
  describeOneDriveContents,
  describeWaiting,
  findOneDriveClock,
  findOneDriveFate,
} from './one-drive-fate.ts';
import { sumMoney } from './totals.ts';

const gigabyte = 1024 ** 3;
const large: OneDrive = {
  kind: 'seen',
  storageUsedBytes: 3.1 * gigabyte,
  files: 812,
  lastUsedOn: '2026-06-30',
};
const small: OneDrive = { ...large, storageUsedBytes: 0.12 * gigabyte, files: 1 };
const today = '2026-12-07';

function fateOf(change: Partial<Evidence>, more: Omit<Person, 'evidence'> = {}, audit: AuditChange = {}) {
  const result = anAudit({ people: [aPerson(change, more)], ...audit });
  const [judged] = result.inactive;
  if (judged === undefined) throw new Error('Ana is inactive.');
  return findOneDriveFate(judged, result);
}

const unlicensed: Partial<Evidence> = {
  oneDrive: { kind: 'unknown' },
  licenses: [],
  usage: lastSeen({ exchange: '2026-07-15' }),
};
const inReview = { inForce: { stage: 'review', since: '2026-11-30' } } as const;
const delicensed = { inForce: { stage: 'delicense', since: '2026-11-24' } } as const;

describe('what becomes of a OneDrive', () => {
  test.each<[string, ReturnType<typeof fateOf>, string]>([
    ['that nobody has opened', fateOf({}), 'none'],
    ['above the limit', fateOf({ oneDrive: large }), 'held back until somebody releases it'],
    [
      'of unknown size',
      fateOf({ oneDrive: { kind: 'unknown' } }),
      'held back until somebody releases it: nobody could tell what it holds',
    ],
    ['below the limit', fateOf({ oneDrive: small }), 'goes with its licence, on 28 December at the earliest'],
    ['on its way', fateOf({ oneDrive: small }, inReview), 'goes with its licence, on 14 December at the earliest'],
    [
      'that somebody has released',
      fateOf({ oneDrive: large }, { inForce: { ...inReview.inForce, isReleased: true } }),
      'released: goes with its licence, on 14 December at the earliest',
    ],
    [
      'of any size where the policy only names it',
      fateOf({ oneDrive: large }, {}, { policy: { oneDrive: { beforeDelicense: 'name' } } }),
      'goes with its licence, on 28 December at the earliest',
    ],
    [
      'whose licence stays for the mailbox',
      fateOf({ oneDrive: large, mailbox: { ...aPerson().evidence.mailbox, hold: 'litigation' } }),
      'stays with its licence: the mailbox is on litigation hold',
    ],
    ['of an executive', fateOf({ oneDrive: large, jobTitle: 'Chief Revenue Officer' }), 'stays with its licence'],
    ['whose licence a merge has taken', fateOf({ oneDrive: small }, delicensed), 'without a licence since 24 November'],
    [
      'that was released in Delicense',
      fateOf({ oneDrive: large }, { inForce: { ...delicensed.inForce, isReleased: true } }),
      'without a licence since 24 November',
    ],
    ['still held back in Delicense', fateOf({ oneDrive: large }, delicensed), 'held back until somebody releases it'],
    [
      'whose licence somebody else has taken',
      fateOf({ oneDrive: large, licenses: [], accountEnabled: false }),
      'without a licence, not known since when',
    ],
    [
      'of a school',
      fateOf({
        oneDrive: large,
        licenses: [
          aLicense('M365EDU_A3_FACULTY', { carries: { ...aLicense('SPE_E3').carries, oneDrive: 'unclocked' } }),
        ],
      }),
      'Microsoft’s clock does not run for it',
    ],
    [
      'of a room, which has none',
      fateOf({ ...unlicensed, mailbox: { ...aPerson().evidence.mailbox, recipientType: 'room' } }),
      'none',
    ],
    [
      'of a room for which a use is on record',
      fateOf({
        ...unlicensed,
        mailbox: { ...aPerson().evidence.mailbox, recipientType: 'room' },
        usage: lastSeen({ oneDrive: '2026-06-30' }),
      }),
      'without a licence, not known since when',
    ],
    ['of a person of whom nobody knows', fateOf(unlicensed), 'without a licence, not known since when'],
    ['where no clock runs', fateOf({ oneDrive: { kind: 'unclocked' } }), ''],
  ])('%s', (_, fate, words) => {
    expect(describeFate(fate, today)).toBe(words);
  });
});

test('a licence that the file keeps for a hold that has ended since is not said to be a reviewer’s', () => {
  const held = { oneDrive: large, mailbox: { ...aPerson().evidence.mailbox, hold: 'litigation' as const } };
  const result = anAudit({ people: [aPerson(held, delicensed)] });
  const [account] = result.inactive;
  if (account === undefined) throw new Error('Ana is inactive.');
  const outlook = { ...account.outlook, heldBack: [] };
  expect(describeFate(findOneDriveFate({ ...account, outlook }, result), today)).toBe(
    'stays with its licence: the mailbox is on litigation hold',
  );
});

test('Microsoft’s days count from the first day possible, and from the merge once it has come', () => {
  expect(findOneDriveClock(fateOf({ oneDrive: small }, inReview))?.readOnlyFrom).toBe('2027-02-12');
  const fate = fateOf({ oneDrive: small }, delicensed);
  expect(findOneDriveClock(fate)).toEqual({
    readOnlyFrom: '2027-01-23',
    archivedFrom: '2027-02-25',
    deletedFrom: '2027-05-29',
    deletedAtTheLatest: '2027-11-24',
  });
  expect(countDaysLeft('2026-11-24', today)).toBe(173);
});

test.each([
  ['what is held back', { oneDrive: large }],
  ['what somebody else has taken', { oneDrive: large, licenses: [], accountEnabled: false }],
  ['what no clock runs for', { oneDrive: { kind: 'unclocked' as const } }],
])('nobody can tell a day of %s', (_, change) => {
  expect(findOneDriveClock(fateOf(change))).toBeNull();
});

test('no day is left once Microsoft’s day is over', () => {
  expect(countDaysLeft('2026-01-01', today)).toBe(0);
});

test('the days are Microsoft’s, by default, and a hold does not outlast the year', () => {
  const clock = findOneDriveClock(fateOf({ oneDrive: small }, delicensed));
  if (clock === null) throw new Error('Its clock runs.');
  expect(describeOneDriveClock(clock, today)).toBe(
    'by default read-only from 23 January 2027, closed to everybody from 25 February 2027 (until then a licence brings it back) and deleted from 29 May 2027; ' +
      'after a year unpaid, on 24 November 2027, whatever hold or retention policy is on it',
  );
});

test.each<[OneDrive, string]>([
  [large, '3.1 GB in 812 files, last used on 30 June'],
  [small, '0.12 GB in 1 file, last used on 30 June'],
  [{ ...large, files: null, lastUsedOn: null }, '3.1 GB, no use on record'],
  [{ kind: 'unknown' }, 'not known what it holds'],
  [{ kind: 'none' }, ''],
  [{ kind: 'unclocked' }, ''],
])('%o holds: %s', (oneDrive, words) => {
  expect(describeOneDriveContents(oneDrive, today)).toBe(words);
});

test('the money that waits for a release is counted once, of those only for whom something is planned', () => {
  const named = (userPrincipalName: string, change: Partial<Evidence>, more: Omit<Person, 'evidence'> = {}) =>
    aPerson({ userPrincipalName, oneDrive: large, ...change }, more);
  const people = [
    named('ana@contoso.com', {}),
    named('bo@contoso.com', { oneDrive: { kind: 'unknown' } }, inReview),
    named('cy@contoso.com', {}, { inForce: { ...inReview.inForce, isReleased: true } }),
    named('di@contoso.com', { jobTitle: 'Chief Revenue Officer' }),
    named('ed@contoso.com', { oneDrive: small }),
  ];
  const money = sumMoney(anAudit({ people }));
  expect(money.waiting).toEqual({ accounts: 2, monthly: 72 });
  expect(describeWaiting(money)).toBe('USD 72 a month waits for 2 OneDrives to be released');
  expect(money.reclaimable).toEqual({ accounts: 2, monthly: 72 });
  expect(describeWaiting(sumMoney(anAudit()))).toBeNull();
});
