import { describe, expect, test } from 'vitest';
import { addDays, type Evidence, type OneDrive } from '../evidence.ts';
import { buildDesiredState } from '../files/stage.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { aLicense, anAccount, anInForceFile, idOf, theRules, today } from '../tenant.fixture.ts';
import { findOneDriveOutcome, isClockStarting, type OneDriveOutcome } from './one-drive-outcome.ts';

const megabyte = 1024 ** 2;
const group = { assignedByGroup: idOf('group'), groupName: 'Sales' };
const dynamic = { ...group, dynamicGroup: { membershipRule: 'user.accountEnabled -eq true' } };

function oneDrive(megabytes: number): { oneDrive: OneDrive } {
  return { oneDrive: { kind: 'seen', storageUsedBytes: megabytes * megabyte, files: 40, lastUsedOn: null } };
}

function aFile(change: Partial<Evidence>, stage: Stage = 'notify', rules = theRules()): AccountFile {
  return anInForceFile({ account: anAccount(change), stage, since: addDays(today, -3), rules }).file;
}

function released(file: AccountFile): AccountFile {
  return {
    ...file,
    desired: { ...buildDesiredState(file.stage, file.restore, file.savings), oneDrive: 'release' },
  };
}

describe('what becomes of a OneDrive, as its file says', () => {
  test.each<[string, AccountFile, OneDriveOutcome | null]>([
    ['there is none', aFile({ oneDrive: { kind: 'none' } }), null],
    ['no clock runs in the tenant', aFile({ oneDrive: { kind: 'unclocked' } }), null],
    ['small', aFile(oneDrive(120)), 'named'],
    ['large', aFile(oneDrive(3100)), 'held-back'],
    ['of unknown size', aFile({ oneDrive: { kind: 'unknown' } }), 'held-back'],
    ['large, and released', released(aFile(oneDrive(3100))), 'released'],
    ['small, and released', released(aFile(oneDrive(120))), 'released'],
    [
      'large, where the policy only names',
      aFile(oneDrive(3100), 'notify', theRules({ policy: { oneDrive: { beforeDelicense: 'name' } } })),
      'named',
    ],
    ['a group gives its licence', aFile({ ...oneDrive(3100), licenses: [aLicense('SPE_E3', group)] }), 'stays'],
    [
      'a hold keeps its licence',
      aFile({ ...oneDrive(120), mailbox: { ...anAccount().mailbox, hold: 'litigation' } }),
      'stays',
    ],
    [
      'a hold keeps its licence, and another goes',
      aFile({
        ...oneDrive(120),
        mailbox: { ...anAccount().mailbox, hold: 'litigation' },
        licenses: [aLicense('SPE_E3'), aLicense('EMS')],
      }),
      'stays',
    ],
    ['it is a school’s', aFile({ ...oneDrive(3100), licenses: [aLicense('M365EDU_A3_FACULTY')] }), 'stays'],
    [
      'a dynamic group takes its licence, and it is small',
      aFile({ ...oneDrive(120), licenses: [aLicense('SPE_E3', dynamic)] }),
      'named',
    ],
    [
      'a dynamic group would take its licence, and it is large',
      aFile({ ...oneDrive(3100), licenses: [aLicense('SPE_E3', dynamic)] }),
      'held-back',
    ],
    [
      'the only other licence that carries one is in error',
      aFile({ ...oneDrive(120), licenses: [aLicense('SPE_E3'), aLicense('SPE_F1', { doubt: 'in-error' })] }),
      'named',
    ],
  ])('%s', (_, file, outcome) => {
    expect(findOneDriveOutcome(file)).toBe(outcome);
  });
});

test('a licence that a reviewer keeps carries it on', () => {
  const licenses = [aLicense('SPE_E3'), aLicense('EMS')];
  const file = aFile({ ...oneDrive(120), licenses }, 'delicense');
  expect(findOneDriveOutcome(file, licenses)).toBe('named');
  const kept = { ...file, desired: { ...file.desired, licenses: ['SPE_E3'] } };
  expect(findOneDriveOutcome(kept, licenses)).toBe('stays');
});

test('the days count from the merge that takes the licence: the block, where a dynamic group does', () => {
  const since = addDays(today, -3);
  const readOnly = (change: Partial<Evidence>, stage: Stage) =>
    aFile({ ...oneDrive(120), ...change }, stage).oneDrive?.byDefault?.readOnlyFrom;
  expect(readOnly({}, 'review')).toBe(addDays(since, 14 + 60));
  expect(readOnly({}, 'delicense')).toBe(addDays(since, 60));
  const byGroup = { licenses: [aLicense('SPE_E3', dynamic)] };
  expect(readOnly(byGroup, 'review')).toBe(addDays(since, 7 + 60));
  expect(readOnly(byGroup, 'disable')).toBe(addDays(since, 60));
  const byBoth = { licenses: [aLicense('SPE_E3'), aLicense('SPE_F1', dynamic)] };
  expect(readOnly(byBoth, 'review')).toBe(addDays(since, 14 + 60));
});

test('Microsoft’s clock begins only where the last licence goes', () => {
  expect((['named', 'released', 'held-back', 'stays', null] as const).map(isClockStarting)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
