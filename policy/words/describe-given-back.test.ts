import { expect, test } from 'vitest';
import { aLicense } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import type { AccountFile } from '../schemas/account.ts';
import { listGivenBack } from './describe-given-back.ts';

const [since, today] = ['2026-12-07', '2026-12-10'];
const { skuPartNumber, skuId } = aLicense('SPE_E3');
const restore: AccountFile['restore'] = {
  accountEnabled: true,
  mailbox: 'user',
  licenses: [{ skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] }],
};

test.each([
  ['notify', []],
  ['review', []],
  ['disable', ['sign-in: at any time', 'their own mailbox: at any time']],
  [
    'delicense',
    ['sign-in: at any time', 'their own mailbox: at any time, with a licence', 'SPE_E3: as long as one is free'],
  ],
] as const)('of somebody in %s', (stage, told) => {
  expect(list(anAccountFile(stage, { restore }))).toEqual(told);
});

test('the files of a OneDrive have Microsoft’s days, counted from the day on which the licence went', () => {
  const byDefault = {
    readOnlyFrom: '2026-01-01',
    archivedFrom: '2026-01-01',
    deletedFrom: '2026-01-01',
    deletedAtTheLatest: '2026-01-01',
  };
  const oneDrive = { gigabytes: 0.1, files: 3, lastUse: null, byDefault };
  expect(list(anAccountFile('delicense', { restore, oneDrive })).at(-1)).toBe(
    'files in OneDrive: by default read-only from 5 February 2027, closed to everybody from 10 March 2027 (until then a licence brings it back) and deleted from 11 June 2027; after a year unpaid, on 7 December 2027, whatever hold or retention policy is on it',
  );
  expect(list(anAccountFile('disable', { restore, oneDrive })).join()).not.toContain('OneDrive');
});

test('Active Directory gives back the sign-in that it took, and a mailbox that turned back has its day', () => {
  const mailbox = { lostFrom: '2026-12-20', lostBy: '2026-12-21' };
  const file = anAccountFile('delicense', { restore, mailbox, account: { onPremisesSyncEnabled: true } });
  const told = list(file);
  expect(told[0]).toBe('sign-in: at any time, by Active Directory’s admins');
  expect(told.at(-1)).toBe('mail: lost by 21 December, unless a licence is back before');
});

function list(file: AccountFile): string[] {
  return listGivenBack(file, since, today).map(({ what, until }) => `${what}: ${until}`);
}
