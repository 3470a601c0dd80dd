import { expect, test } from 'vitest';
import { addDays, type Evidence } from '../evidence.ts';
import type { AccountFile, RestoreState } from '../schemas/account.ts';
import { aLicense, anAccount, anInForceFile, today } from '../tenant.fixture.ts';
import { describeMailboxLoss, isWatched, judgeMailboxState, narrowMailboxFacts } from './mailbox-loss.ts';

const usual = anAccount().mailbox;

function stateOf(
  mailbox: Partial<Evidence['mailbox']>,
  licenses: Evidence['licenses'] = [],
  before: RestoreState['mailbox'] = 'user',
) {
  const { file } = anInForceFile({ account: anAccount(), stage: 'delicense', since: today });
  const restore = { ...file.restore, mailbox: before };
  return judgeMailboxState({ mailbox: { ...usual, ...mailbox }, licenses }, { restore }, today);
}

const within = (lostFrom: number, lostBy = lostFrom) => ({
  kind: 'losing',
  facts: { lostFrom: addDays(today, lostFrom), lostBy: addDays(today, lostBy) },
});
const none = { recipientType: 'none' } as const;
const unknown = { recipientType: 'unknown' } as const;

test.each<[string, Partial<Evidence['mailbox']>, object]>([
  ['a shared mailbox', { recipientType: 'shared' }, { kind: 'safe' }],
  ['one that somebody made a room', { recipientType: 'room' }, { kind: 'safe' }],
  ['a user mailbox again', { recipientType: 'user' }, within(1, 30)],
  [
    'a user mailbox again that the report shows deleted',
    { recipientType: 'user', disconnectedOn: addDays(today, -10) },
    within(20),
  ],
  ['one shown deleted ten days ago', { ...unknown, disconnectedOn: addDays(today, -10) }, within(20)],
  ['one shown deleted, and Exchange finds none', { ...none, disconnectedOn: addDays(today, -10) }, within(20)],
  ['one shown deleted 30 days ago', { ...none, disconnectedOn: addDays(today, -30) }, within(0)],
  [
    'one shown deleted 31 days ago',
    { ...none, disconnectedOn: addDays(today, -31) },
    { kind: 'lost', on: addDays(today, -1) },
  ],
  ['one shown deleted without a day', { ...unknown, disconnectedOn: null }, within(1, 30)],
  ['one shown deleted on a day to come', { ...none, disconnectedOn: addDays(today, 3) }, within(1, 30)],
  ['one shown deleted and found shared', { recipientType: 'shared', disconnectedOn: today }, { kind: 'safe' }],
  ['one that Exchange does not find', none, within(1, 30)],
  ['one that neither Graph nor the report finds', { ...unknown, isMissing: true }, within(1, 30)],
  ['one that nobody could tell of', unknown, { kind: 'unknown' }],
])('%s, without a licence', (_, mailbox, state) => {
  expect(stateOf(mailbox)).toMatchObject(state);
});

test('of whom nobody knew a mailbox before, nobody misses one', () => {
  expect(stateOf(none, [], 'unknown')).toEqual({ kind: 'safe' });
  expect(stateOf({ ...unknown, isMissing: true }, [], 'unknown')).toEqual({ kind: 'unknown' });
  expect(stateOf({ recipientType: 'user' }, [], 'unknown')).toMatchObject({ kind: 'losing' });
});

test.each([
  ['given by somebody', [aLicense('EXCHANGESTANDARD')], 'licensed'],
  ['given by a group', [aLicense('SPE_E3', { assignedByGroup: 'g' })], 'licensed'],
  ['without a mailbox in it', [aLicense('EMS')], 'losing'],
  ['that is in error', [aLicense('SPE_E3', { doubt: 'in-error' })], 'losing'],
])('a user mailbox with a licence %s is %s', (_, licenses, kind) => {
  expect(stateOf({ recipientType: 'user' }, licenses)).toMatchObject({ kind });
});

test.each<[string, (file: AccountFile) => AccountFile, boolean]>([
  ['as it was delicensed', (file) => file, true],
  [
    'that a reviewer left a user mailbox',
    (file) => ({ ...file, desired: { ...file.desired, mailbox: 'unchanged' } }),
    false,
  ],
  ['on its way back', (file) => ({ ...file, stage: 'restore' }), false],
  [
    'that was shared before this pipeline came',
    (file) => ({ ...file, restore: { ...file.restore, mailbox: 'shared' } }),
    false,
  ],
])('a mailbox %s: looked after or not', (_, edit, isSo) => {
  const { file } = anInForceFile({ account: anAccount(), stage: 'delicense', since: today });
  expect(isWatched(edit(file))).toBe(isSo);
});

test('what an earlier audit has found is not put off by looking again', () => {
  const found = { lostFrom: '2026-12-15', lostBy: '2027-01-13' };
  expect(narrowMailboxFacts(found, { lostFrom: '2026-12-08', lostBy: '2027-01-06' })).toEqual({
    lostFrom: '2026-12-08',
    lostBy: '2027-01-06',
  });
  expect(narrowMailboxFacts({ lostFrom: '2027-01-02', lostBy: '2027-01-02' }, found)).toEqual({
    lostFrom: '2027-01-02',
    lostBy: '2027-01-02',
  });
  expect(narrowMailboxFacts(found, undefined)).toEqual(found);
});

test('the day is said as far as it is known', () => {
  const until = { lostFrom: '2026-12-08', lostBy: '2027-01-06' };
  expect(describeMailboxLoss('deleted', { lostFrom: '2026-12-27', lostBy: '2026-12-27' }, today)).toBe(
    'its mailbox is a user mailbox again and was disconnected: without a licence its mail is lost on 2026-12-27',
  );
  expect(describeMailboxLoss('not-found', until, today)).toBe(
    'its mailbox is not found any more: unless it is gone already, without a licence its mail can be lost from 2026-12-08 on and is lost by 2027-01-06',
  );
  expect(describeMailboxLoss('user', until, '2027-01-07')).toBe(
    'its mailbox was not saved in time: its mail is lost since 2027-01-06',
  );
});
