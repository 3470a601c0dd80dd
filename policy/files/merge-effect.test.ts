import { expect, test } from 'vitest';
import { addDays, type Evidence } from '../evidence.ts';
import { judge } from '../judge/judge.ts';
import { buildMovedFile } from '../plan/build-account-file.ts';
import { theRules } from '../policy.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { anAccount, anAppliedAccount, anInForceFile, aRun, today } from '../tenant.fixture.ts';
import { computeMergeEffect, describeDisabling, describeForeseenStep, listForeseenChanges } from './merge-effect.ts';
import { hasRemovals, isCapped, toCappedChange, toCurrentState } from './removals.ts';
import { buildDesiredState } from './stage.ts';

function aFile(stage: Stage, account: Evidence, edit: Partial<AccountFile['desired']> = {}): AccountFile {
  const { file } = anInForceFile({ account, stage: 'notify', since: addDays(today, -30) });
  return { ...file, stage, desired: { ...buildDesiredState(stage, file.restore, file.savings), ...edit } };
}

const ana = anAccount();
const mailbox = (recipientType: Evidence['mailbox']['recipientType']): Partial<Evidence> => ({
  mailbox: { ...ana.mailbox, recipientType },
});

test.each<[string, Partial<Evidence>, Partial<AccountFile['desired']>, string[], string | null, string[]]>([
  [
    'enabled',
    {},
    {},
    ['sign-in is blocked', 'mailbox becomes shared'],
    'sign-in blocked',
    ['sign-in', 'mailbox', 'licenses'],
  ],
  [
    'disabled already',
    { accountEnabled: false },
    {},
    ['sign-in is blocked already', 'mailbox becomes shared'],
    'mailbox shared',
    ['mailbox', 'licenses'],
  ],
  [
    'disabled and shared already',
    { accountEnabled: false, ...mailbox('shared') },
    {},
    ['sign-in is blocked already'],
    null,
    ['licenses'],
  ],
  ['without a mailbox', mailbox('none'), {}, ['sign-in is blocked'], 'sign-in blocked', ['sign-in', 'licenses']],
  [
    'disabled, without a mailbox or a licence',
    { accountEnabled: false, licenses: [], ...mailbox('none') },
    {},
    ['sign-in is blocked already'],
    null,
    [],
  ],
  [
    'synced',
    { onPremisesSyncEnabled: true },
    {},
    ['Active Directory has to disable it; Dormant waits until it sees that'],
    'to be disabled in Active Directory',
    ['on-premises', 'mailbox', 'licenses'],
  ],
  [
    'synced and disabled already',
    { onPremisesSyncEnabled: true, accountEnabled: false },
    {},
    ['sign-in is blocked already', 'mailbox becomes shared'],
    'mailbox shared',
    ['mailbox', 'licenses'],
  ],
])(
  'an account that is %s is promised what is taken from it, and nothing else',
  (_, change, edit, now, later, ahead) => {
    const account = anAccount(change);
    const standing = toCurrentState(account, {});
    expect(describeDisabling(computeMergeEffect(aFile('disable', account, edit), 'disable', standing))).toEqual(now);
    expect(describeForeseenStep('disable', computeMergeEffect(aFile('notify', account), 'disable', standing))).toBe(
      later,
    );
    expect(listForeseenChanges(aFile('notify', account))).toEqual(ahead);
  },
);

test('an account that a reviewer left enabled is not promised to be blocked, now or in the stage after', () => {
  const file = aFile('disable', ana, { accountEnabled: true, mailbox: 'unchanged' });
  const standing = toCurrentState(ana, {});
  expect(describeDisabling(computeMergeEffect(file, 'disable', standing))).toEqual([
    'sign-in stays allowed, as a reviewer left it',
  ]);
  expect(computeMergeEffect(file, 'delicense', standing)).toMatchObject({ signIn: false, mailbox: false });
});

test('what a group gives is nobody’s promise', () => {
  const group = 'b0c5e5c2-3f0a-4b52-8b0e-0d2f6c1a9e11';
  const account = anAccount({
    licenses: ana.licenses.map((license) => ({ ...license, assignedByGroup: group })),
  });
  expect(
    describeForeseenStep(
      'delicense',
      computeMergeEffect(aFile('notify', account), 'delicense', toCurrentState(account, {})),
    ),
  ).toBeNull();
});

const isCounted = (before: AccountFile | null, after: AccountFile) => isCapped(toCappedChange(before, after));

test('the caps count what is taken: also an edit within a stage, and every step on to a stage that takes', () => {
  const kept = aFile('disable', ana, { accountEnabled: true, mailbox: 'unchanged' });
  const plain = aFile('disable', ana);
  expect(isCounted(kept, plain)).toBe(true);
  expect(isCounted(plain, kept)).toBe(false);
  expect(isCounted(aFile('review', ana), kept)).toBe(true);
  expect(isCounted(null, aFile('notify', ana))).toBe(false);
  expect(isCounted(plain, aFile('restore', ana))).toBe(false);
  expect(hasRemovals(plain.desired, aFile('delicense', ana).desired)).toBe(true);
});

test('a licence that came after the file was written is named by no review: no text promises it, and it saves nothing', () => {
  const [e3] = ana.licenses;
  if (e3 === undefined) throw new Error('Ana has no licence');
  const later = { ...e3, skuId: 'f30db892-07e9-47e9-837c-80727f46fd3d', skuPartNumber: 'POWER_BI_PRO' };
  const file = aFile('disable', ana);
  const now = { ...anAppliedAccount(ana, 'disable'), licenses: [...ana.licenses, later] };
  expect(computeMergeEffect(file, 'delicense', toCurrentState(now, {})).licenses).toEqual([e3.skuPartNumber]);
  const [rules, run] = [theRules(), aRun()];
  const audit = { judged: judge(now, rules, run), rules, run };
  const moved = buildMovedFile(file, { to: 'delicense', because: '' }, audit);
  expect(moved.savings.monthly).toBe(rules.prices.monthly[e3.skuPartNumber]);
});
