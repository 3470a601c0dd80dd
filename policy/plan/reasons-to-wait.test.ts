import { describe, expect, test } from 'vitest';
import { aRun } from '../account.fixture.ts';
import type { AssignedLicense, Evidence, OneDrive } from '../evidence.ts';
import { listForeseenChanges } from '../files/merge-effect.ts';
import { judge } from '../judge/judge.ts';
import type { AccountFile } from '../schemas/account.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aTenant,
  idOf,
  type TenantChange,
  theRules,
} from '../tenant.fixture.ts';
import { buildNewAccountFile } from './build-account-file.ts';
import { planMoves } from './plan.ts';

const rule = 'user.accountEnabled -eq true';
const files: OneDrive = {
  kind: 'seen',
  storageUsedBytes: 3.1 * 1024 ** 3,
  files: 812,
  lastUsedOn: '2026-06-30',
};

function inherited(change: Partial<AssignedLicense> = {}): AssignedLicense {
  const group = { assignedByGroup: idOf('everybody'), groupName: 'Everybody' };
  return aLicense('SPE_E3', { ...group, dynamicGroup: { membershipRule: rule }, ...change });
}

const ana = anAccount({ licenses: [inherited()], oneDrive: files });

/** What becomes of the account, once the days of `stage` are over. */
function plan(
  account: Evidence,
  stage: 'review' | 'disable' = 'review',
  edit: (file: AccountFile) => AccountFile = (file) => file,
  more: TenantChange = {},
) {
  const since = stage === 'review' ? '2026-11-07' : '2026-11-27';
  const inForce = [anInForceFile({ account, stage, since, edit })];
  const { moves, held } = planMoves(aTenant({ accounts: [account], inForce, ...more }));
  return { to: moves.map(({ to }) => to), because: held.map(({ because }) => because) };
}

const release = (file: AccountFile): AccountFile => ({
  ...file,
  desired: { ...file.desired, oneDrive: 'release' },
});

const { mailbox } = ana;
const held = (change: Partial<Evidence['mailbox']>) =>
  anAccount({ licenses: ana.licenses, mailbox: { ...mailbox, ...change } });

test('anyone who would lose a OneDrive with the block is not blocked, and is told of with group, rule and size', () => {
  expect(plan(ana)).toEqual({
    to: [],
    because: [
      'sign-in is not blocked yet: the group "Everybody" (user.accountEnabled -eq true) takes SPE_E3 back once sign-in is blocked, and with it 3.1 GB of OneDrive that nobody has released',
    ],
  });
});

test('once its files are released the account goes on', () => {
  expect(plan(ana, 'review', release)).toEqual({ to: ['disable'], because: [] });
});

describe('the word does not release', () => {
  test.each<[string, Evidence, string]>([
    ['a litigation hold', held({ hold: 'litigation' }), 'a litigation hold'],
    ['another hold', held({ hold: 'retention' }), 'a hold for eDiscovery'],
    ['an archive', held({ hasArchive: true }), 'an archive of mail'],
    ['a mailbox over the limit', held({ storageUsedBytes: 60 * 1024 ** 3 }), 'too large'],
    [
      'a Cloud PC',
      anAccount({
        licenses: [inherited({ ...aLicense('CPC_E_2C_8GB_128GB'), assignedByGroup: idOf('everybody') })],
      }),
      'a Cloud PC',
    ],
  ])('%s', (_, account, words) => {
    const { to, because } = plan(account, 'review', release);
    expect(to).toEqual([]);
    expect(because.join()).toContain(words);
  });
});

test('a rule that may not be read holds the block up as well, and is said', () => {
  const unread = anAccount({
    licenses: [inherited({ dynamicGroup: { membershipRule: null } })],
    oneDrive: files,
  });
  expect(plan(unread).because.join()).toContain('the group "Everybody" (its rule may not be read) takes SPE_E3 back');
});

test.each<[string, Evidence]>([
  [
    'whose licence comes from a group that takes nothing back',
    anAccount({
      licenses: [aLicense('SPE_E3', { assignedByGroup: idOf('sales'), groupName: 'Sales' })],
      oneDrive: files,
    }),
  ],
  ['of whom nothing is held back', anAccount({ licenses: ana.licenses })],
  [
    'with a small OneDrive',
    anAccount({ licenses: ana.licenses, oneDrive: { ...files, storageUsedBytes: 120 * 1024 ** 2 } }),
  ],
  ['who has the same product directly', anAccount({ licenses: [inherited(), aLicense('SPE_E3')], oneDrive: files })],
  ['who cannot sign in anyway', anAccount({ accountEnabled: false, licenses: ana.licenses, oneDrive: files })],
])('an account %s is blocked as any other', (_, account) => {
  expect(plan(account).to).toEqual(['disable']);
});

test('where the policy only names a OneDrive, its account is blocked', () => {
  expect(plan(ana, 'review', undefined, { policy: { oneDrive: { beforeDelicense: 'name' } } }).to).toEqual(['disable']);
});

test('an account that was to be blocked, and now would lose something, waits with the reason', () => {
  const { to, because } = plan(ana, 'disable');
  expect(to).toEqual([]);
  expect(because.join()).toContain('3.1 GB of OneDrive that nobody has released');
});

test('one that a reviewer keeps from the block waits for that and for nothing else', () => {
  const keep = (file: AccountFile) => ({ ...file, desired: { ...file.desired, accountEnabled: true } });
  expect(plan(ana, 'disable', keep).because.join()).toContain('a reviewer kept it as it is');
});

test('one that is blocked, and whose group has taken its licence, goes on', () => {
  const blocked = anAppliedAccount(ana, 'disable');
  const inForce = [anInForceFile({ account: ana, stage: 'disable', since: '2026-11-07', edit: release })];
  expect(blocked.licenses).toEqual([]);
  const { moves } = planMoves(aTenant({ accounts: [blocked], inForce }));
  expect(moves.map(({ to }) => to)).toEqual(['delicense']);
});

describe('the file', () => {
  const written = (account: Evidence) => buildNewAccountFile(judge(account, theRules(), aRun()), theRules(), aRun());

  test('names the group, its rule and what keeps the sign-in', () => {
    expect(written(ana).dynamicGroups).toEqual([
      {
        id: idOf('everybody'),
        displayName: 'Everybody',
        skuPartNumbers: ['SPE_E3'],
        membershipRule: rule,
        keepsSignInFor: ['onedrive-files'],
      },
    ]);
    expect(written(anAccount({ licenses: ana.licenses })).dynamicGroups).toEqual([
      { id: idOf('everybody'), displayName: 'Everybody', skuPartNumbers: ['SPE_E3'], membershipRule: rule },
    ]);
  });

  test('counts Microsoft’s days for the OneDrive from the block, which takes the licence', () => {
    expect(written(ana).oneDrive?.byDefault?.readOnlyFrom).toBe('2027-02-19');
    const direct = anAccount({ licenses: [aLicense('SPE_E3')], oneDrive: files });
    expect(written(direct).oneDrive?.byDefault?.readOnlyFrom).toBe('2027-02-26');
  });

  test('promises the manager no block that does not come', () => {
    expect(listForeseenChanges(written(ana))).toEqual([]);
    expect(listForeseenChanges(release(written(ana)))).toEqual(['sign-in', 'mailbox']);
    expect(listForeseenChanges(written(anAccount({ licenses: ana.licenses })))).toEqual(['sign-in', 'mailbox']);
  });
});
