import { expect, test } from 'vitest';
import { aLicense } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import type { AccountFile, DesiredState } from '../schemas/account.ts';
import { describeReviewerEdits } from './describe-kept.ts';

const { skuPartNumber, skuId } = aLicense('SPE_E3');
const restore: AccountFile['restore'] = {
  accountEnabled: true,
  mailbox: 'user',
  licenses: [{ skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] }],
};

test.each<[string, Partial<DesiredState>, string[]]>([
  ['is as the stage asks for', {}, []],
  ['keeps sign-in', { accountEnabled: true }, ['sign-in stays allowed']],
  ['keeps the mailbox', { mailbox: 'unchanged' }, ['the mailbox stays their own']],
  ['keeps a licence', { licenses: ['SPE_E3'] }, ['SPE_E3 stays']],
  ['releases the files', { oneDrive: 'release' }, ['the files of the OneDrive are released']],
])('a file that %s', (_, change, told) => {
  const file = anAccountFile('delicense', { restore });
  expect(describeReviewerEdits({ ...file, desired: { ...file.desired, ...change } })).toEqual(told);
});

test('who is kept or restored has everything, whatever `desired` still says', () => {
  const file = anAccountFile('keep', { restore });
  expect(describeReviewerEdits({ ...file, desired: { ...file.desired, accountEnabled: false } })).toEqual([]);
});
