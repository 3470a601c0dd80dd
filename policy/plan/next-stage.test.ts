import { expect, test } from 'vitest';
import { addDays, type Evidence } from '../evidence.ts';
import { isTakingStage } from '../files/stage.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aTenant,
  daysAgo,
  idOf,
  lastSeen,
  signedIn,
  type TenantChange,
} from '../tenant.fixture.ts';
import { judgeWithoutDelegates } from './delegates.ts';
import { decideNextStep, type NextStep } from './next-stage.ts';

const today = '2026-12-07';

/** Silent for so long that a stage may have lasted for most of a year. */
const oldFriend = anAccount({ usage: lastSeen({ exchange: '2025-01-01' }), signIns: signedIn('2025-01-01') });

interface Case {
  stage: Stage;
  /** Days since the stage reached main. */
  days: number;
  before?: Evidence;
  now?: Evidence;
  edit?: (file: AccountFile) => AccountFile;
  tenant?: TenantChange;
}

/** Where the account goes from `stage`, after it has been applied and one thing has changed. */
function stepOf({ stage, days, before = anAccount(), now, edit, tenant = {} }: Case): NextStep {
  const since = addDays(today, -days);
  const file = anInForceFile({ account: before, stage, since, ...(edit ? { edit } : {}) });
  const accounts = [now ?? anAppliedAccount(before, stage)];
  const input = aTenant({ accounts, inForce: [file], ...tenant });
  const [judged] = input.judged;
  return decideNextStep(file, judged ? judgeWithoutDelegates(judged, file, input) : null, input);
}

test.each<[Stage, number, Stage]>([
  ['notify', 7, 'review'],
  ['review', 7, 'disable'],
  ['disable', 7, 'delicense'],
])('an account that is still inactive leaves %s after %i days for %s', (stage, days, to) => {
  expect(stepOf({ stage, days })).toEqual({
    kind: 'move',
    to,
    reason: 'stage-elapsed',
    because: `still inactive ${days} days after ${addDays(today, -days)}`,
  });
  expect(stepOf({ stage, days: days - 1 })).toEqual({
    kind: 'hold',
    because: `${days - 1} of ${days} days have passed since ${addDays(today, 1 - days)}`,
    movesOn: addDays(today, 1),
  });
});

test('the policy says how long a stage lasts', () => {
  const policy = { stages: { notifyDays: 14 } };
  expect(stepOf({ stage: 'notify', days: 13, tenant: { policy } }).kind).toBe('hold');
  expect(stepOf({ stage: 'notify', days: 14, tenant: { policy } }).kind).toBe('move');
});

test('closed dates and pauses do not count as days of a stage, and the day on which it goes on is said', () => {
  const run = { uncounted: [{ from: addDays(today, -3), to: addDays(today, 1) }] };
  expect(stepOf({ stage: 'notify', days: 7, tenant: { run } })).toEqual({
    kind: 'hold',
    because: `4 of 7 days have passed since ${addDays(today, -7)}; 5 closed or paused days until then do not count`,
    movesOn: addDays(today, 5),
  });
  expect(stepOf({ stage: 'review', days: 10, tenant: { run } })).toMatchObject({ kind: 'move', to: 'disable' });
  expect(stepOf({ stage: 'review', days: 9, tenant: { run } }).kind).toBe('hold');
  expect(stepOf({ stage: 'disable', days: 9, tenant: { run } }).kind).toBe('hold');
  expect(stepOf({ stage: 'disable', days: 10, tenant: { run } })).toMatchObject({ kind: 'move', to: 'delicense' });
  const over = { uncounted: [{ from: addDays(today, -60), to: addDays(today, -20) }] };
  expect(stepOf({ stage: 'notify', days: 7, tenant: { run: over } }).kind).toBe('move');
});

const active = anAccount({ signIns: signedIn(today) });
const exempt: TenantChange = {
  exemptions: [{ account: 'ana.reyes@contoso.com', reason: 'on leave', owner: 'Lee Park', until: '2027-01-31' }],
};

test.each<[Stage, Stage | null]>([
  ['notify', null],
  ['review', null],
  ['disable', 'restore'],
  ['delicense', 'restore'],
])('activity, an exemption, a risk or guesthood takes an account out of %s: to %s', (stage, to) => {
  const now = (change: Partial<Evidence>): Evidence => ({
    ...anAppliedAccount(anAccount(), stage),
    ...change,
  });
  expect(stepOf({ stage, days: 1, now: now({ signIns: active.signIns }) })).toEqual({
    kind: 'move',
    to,
    reason: 'active-again',
    because: 'last activity on 2026-12-07: a recent successful sign-in',
  });
  expect(stepOf({ stage, days: 1, tenant: exempt })).toEqual({
    kind: 'move',
    to,
    reason: 'exempted',
    because: 'exempt until 2027-01-31: on leave (Lee Park)',
  });
  const roles: Evidence['roles'] = [{ roleName: 'User Administrator', kind: 'eligible', viaGroup: null }];
  expect(stepOf({ stage, days: 1, now: now({ jobTitle: 'CEO', roles }) })).toEqual({
    kind: 'move',
    to,
    reason: 'protected',
    because: 'job title "CEO" matches "ceo"; User Administrator (eligible)',
  });
  expect(stepOf({ stage, days: 1, now: now({ userType: 'guest' }) })).toEqual({
    kind: 'move',
    to,
    reason: 'protected',
    because: 'is a guest now; guests are audited separately',
  });
});

test.each<Stage>(['notify', 'review', 'disable'])(
  'doubt holds an account in %s, however long it has been there',
  (stage) => {
    const now: Evidence = { ...anAppliedAccount(anAccount(), stage), usage: { kind: 'missing' } };
    expect(stepOf({ stage, days: 300, before: oldFriend, now })).toEqual({
      kind: 'hold',
      because: 'the evidence does not suffice to go on: the usage report has no row for this account',
      movesOn: null,
    });
  },
);

test('an account that the tenant no longer has is let go from every stage', () => {
  for (const stage of ['notify', 'review', 'disable', 'delicense', 'keep', 'restore'] as const) {
    expect(stepOf({ stage, days: 1, tenant: { accounts: [] } })).toMatchObject({
      to: isTakingStage(stage) ? 'archive' : null,
      reason: 'account-gone',
    });
  }
});

test('disable waits until the tenant shows sign-in blocked and the mailbox shared', () => {
  const shown = (change: Partial<Evidence>) =>
    stepOf({ stage: 'disable', days: 9, now: { ...anAppliedAccount(anAccount(), 'disable'), ...change } });
  const { mailbox } = anAccount();
  expect(shown({ accountEnabled: true })).toMatchObject({
    kind: 'hold',
    because: 'waits until the tenant shows sign-in blocked',
  });
  expect(shown({ mailbox })).toMatchObject({
    because: 'waits until the tenant shows the mailbox as a shared mailbox',
  });
  expect(shown({ mailbox: { ...mailbox, recipientType: 'unknown' } }).kind).toBe('hold');
  expect(shown({ accountEnabled: true, mailbox })).toMatchObject({
    because: 'waits until the tenant shows sign-in blocked and the mailbox as a shared mailbox',
  });
  expect(shown({ mailbox: { ...mailbox, recipientType: 'none' } })).toMatchObject({ to: 'delicense' });
  expect(shown({})).toMatchObject({ to: 'delicense' });
});

test('an account without a mailbox has none to wait for', () => {
  const { mailbox } = anAccount();
  const before = anAccount({ mailbox: { ...mailbox, recipientType: 'none' } });
  expect(stepOf({ stage: 'disable', days: 7, before })).toMatchObject({ to: 'delicense' });
});

test('licences never go while a reviewer keeps the mailbox or the sign-in', () => {
  const keeps = (desired: Partial<AccountFile['desired']>, now: Partial<Evidence>) =>
    stepOf({
      stage: 'disable',
      days: 30,
      now: { ...anAppliedAccount(anAccount(), 'disable'), ...now },
      edit: (file) => ({ ...file, desired: { ...file.desired, ...desired } }),
    });
  expect(keeps({ mailbox: 'unchanged' }, { mailbox: anAccount().mailbox })).toMatchObject({
    kind: 'hold',
    because: 'waits until the tenant shows the mailbox as a shared mailbox (a reviewer kept it as it is)',
  });
  expect(keeps({ accountEnabled: true }, { accountEnabled: true })).toMatchObject({
    kind: 'hold',
    because: 'waits until the tenant shows sign-in blocked (a reviewer kept it as it is)',
  });
});

test('a delicensed account stays until its file is archived, and doubt does not hold it up', () => {
  const at = (days: number, change: Partial<Evidence> = {}) =>
    stepOf({
      stage: 'delicense',
      days,
      before: oldFriend,
      now: { ...anAppliedAccount(oldFriend, 'delicense'), ...change },
    });
  expect(at(179)).toEqual({ kind: 'hold', because: 'delicensed since 2026-06-11', movesOn: '2026-12-08' });
  expect(at(180)).toEqual({
    kind: 'move',
    to: 'archive',
    reason: 'archived',
    because: 'delicensed since 2026-06-10',
  });
  expect(at(180, { usage: { kind: 'missing' } })).toMatchObject({ to: 'archive' });
});

test.each<[string, Partial<Evidence>, string]>([
  ['licences', { licenses: oldFriend.licenses }, 'SPE_E3 removed'],
  ['sign-in', { accountEnabled: true }, 'sign-in blocked'],
])('who still has %s is not delicensed, whatever the file says: they wait, and are not archived', (_, still, what) => {
  const now = { ...anAppliedAccount(oldFriend, 'delicense'), ...still };
  const step = (days: number, more: Partial<Evidence> = {}) =>
    stepOf({ stage: 'delicense', days, before: oldFriend, now: { ...now, ...more } });
  const wait = { kind: 'hold', because: `waits until the tenant shows ${what}`, movesOn: null };
  expect(step(10)).toEqual(wait);
  expect(step(180, { usage: { kind: 'missing' } })).toEqual(wait);
});

test('a keep holds for its days, whatever the account does, and then the file goes', () => {
  const kept = (days: number, now = oldFriend, tenant: TenantChange = {}) =>
    stepOf({ stage: 'keep', days, before: oldFriend, now, tenant });
  expect(kept(89)).toEqual({
    kind: 'hold',
    because: 'kept by a reviewer since 2026-09-09',
    movesOn: '2026-12-08',
  });
  expect(kept(90)).toEqual({
    kind: 'move',
    to: null,
    reason: 'keep-lapsed',
    because: 'kept since 2026-09-08; a keep holds 90 days',
  });
  expect(kept(10, active).kind).toBe('hold');
  expect(kept(10, { ...oldFriend, jobTitle: 'CEO' }).kind).toBe('hold');
  expect(kept(10, oldFriend, exempt).kind).toBe('hold');
});

test('a restored account’s file goes once the tenant shows it given back', () => {
  const shown = (change: Partial<Evidence>) =>
    stepOf({ stage: 'restore', days: 3, now: { ...anAccount(), ...change } });
  expect(shown({})).toEqual({
    kind: 'move',
    to: null,
    reason: 'restored',
    because: 'the tenant shows it given back',
  });
  const { mailbox } = anAccount();
  expect(shown({ accountEnabled: false, licenses: [], mailbox: { ...mailbox, recipientType: 'shared' } })).toEqual({
    kind: 'hold',
    because: 'waits until the tenant shows sign-in allowed, SPE_E3 assigned and the mailbox as a user mailbox',
    movesOn: null,
  });
  expect(shown({ mailbox: { ...mailbox, recipientType: 'unknown' } })).toMatchObject({
    because: 'waits until the tenant shows the mailbox as a user mailbox',
  });
  expect(shown({ accountEnabled: false })).toMatchObject({
    because: 'waits until the tenant shows sign-in allowed',
  });
  expect(shown({ licenses: [] })).toMatchObject({ because: 'waits until the tenant shows SPE_E3 assigned' });
});

test('restore waits for nothing that this pipeline has not taken', () => {
  const before = anAccount({
    accountEnabled: false,
    licenses: [aLicense('SPE_E3'), aLicense('EMS', { assignedByGroup: idOf('a group that is gone') })],
  });
  const now = { ...before, licenses: [aLicense('SPE_E3')] };
  expect(stepOf({ stage: 'restore', days: 1, before, now })).toMatchObject({ to: null, reason: 'restored' });
});

test('a licence that came back through a group counts as given back', () => {
  const now = { ...anAccount(), licenses: [aLicense('SPE_E3', { assignedByGroup: idOf('a group') })] };
  expect(stepOf({ stage: 'restore', days: 1, now })).toMatchObject({ reason: 'restored' });
});

function blocked(stage: Stage, usage: Partial<Record<'exchange' | 'teams', string>>, days = 10): NextStep {
  const now = {
    ...anAppliedAccount(anAccount(), stage),
    usage: lastSeen({ exchange: '2026-07-15', ...usage }),
  };
  return stepOf({ stage, days, now });
}

test('delegates who read a converted mailbox do not bring its person back', () => {
  // Blocked on 27 November.
  expect(blocked('disable', { exchange: '2026-11-28' })).toMatchObject({
    to: 'delicense',
    reason: 'stage-elapsed',
  });
  expect(blocked('delicense', { exchange: '2026-12-05' })).toMatchObject({ kind: 'hold' });
});

test('mail that the person read up to the day of the block brings them back', () => {
  expect(blocked('disable', { exchange: '2026-11-27' })).toMatchObject({
    to: 'restore',
    reason: 'active-again',
  });
  expect(blocked('disable', { exchange: '2026-11-26' })).toMatchObject({
    to: 'restore',
    reason: 'active-again',
  });
});

test('no delegate writes in Teams: activity there brings the person back', () => {
  expect(blocked('disable', { exchange: daysAgo(0), teams: daysAgo(1) })).toMatchObject({ to: 'restore' });
  expect(blocked('delicense', { teams: daysAgo(1) })).toMatchObject({ to: 'restore' });
});

test('mail read in an account that can sign in again is the person’s', () => {
  const now = { ...anAccount(), usage: lastSeen({ exchange: daysAgo(1) }) };
  expect(stepOf({ stage: 'disable', days: 10, now })).toMatchObject({
    to: 'restore',
    reason: 'active-again',
  });
});
