import { describe, expect, test } from 'vitest';
import { type AccountFile, stages } from '../schemas/account.ts';
import { aLicense, anAccount, anInForceFile, idOf } from '../tenant.fixture.ts';
import {
  buildDesiredState,
  buildNextDesiredState,
  computeEffectiveDesired,
  describeDesiredBeyondStage,
  getStageOrder,
  isTakingStage,
  listConvertedMailboxes,
} from './stage.ts';

const inherited = aLicense('EMS', { assignedByGroup: idOf('a group') });

function aFile(stage: AccountFile['stage'], change: Partial<AccountFile> = {}): AccountFile {
  const account = anAccount({ licenses: [aLicense('SPE_E3'), aLicense('FLOW_FREE'), inherited] });
  const { file } = anInForceFile({ account, stage, since: '2026-11-30' });
  return { ...file, ...change };
}

test('stages have an order; keep and restore stand outside of it', () => {
  expect(stages.map(getStageOrder)).toEqual([0, 1, 2, 3, -1, -1]);
});

test('only disable and delicense take something away', () => {
  expect(stages.filter(isTakingStage)).toEqual(['disable', 'delicense']);
});

test('until it is disabled, an account is asked to be what it was', () => {
  const { restore, savings } = aFile('notify');
  const asItWas = {
    accountEnabled: true,
    mailbox: 'unchanged',
    licenses: ['SPE_E3', 'FLOW_FREE', 'EMS'],
  };
  for (const stage of ['notify', 'review', 'keep', 'restore'] as const)
    expect(buildDesiredState(stage, restore, savings)).toEqual(asItWas);
});

test('disable blocks sign-in and shares the mailbox while all licences are held', () => {
  const { restore, savings } = aFile('notify');
  expect(buildDesiredState('disable', restore, savings)).toEqual({
    accountEnabled: false,
    mailbox: 'shared',
    licenses: ['SPE_E3', 'FLOW_FREE', 'EMS'],
  });
});

test('delicense leaves what is held back, and nothing else', () => {
  const { restore, savings } = aFile('notify');
  expect(buildDesiredState('delicense', restore, savings)).toEqual({
    accountEnabled: false,
    mailbox: 'shared',
    licenses: ['EMS'],
  });
});

describe('a licence that is held back for the files of a OneDrive', () => {
  const oneDrive = { kind: 'seen', storageUsedBytes: 3e9, files: 812, lastUsedOn: null } as const;
  const account = anAccount({ licenses: [aLicense('SPE_E3'), aLicense('EMS')], oneDrive });
  const aHeldFile = (stage: AccountFile['stage']) => anInForceFile({ account, stage, since: '2026-11-30' }).file;
  const released = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, oneDrive: 'release' },
  });

  test('stays through delicense', () => {
    expect(computeEffectiveDesired(aHeldFile('delicense')).licenses).toEqual(['SPE_E3']);
  });

  test('goes with delicense once a person has released the files', () => {
    const file = released(aHeldFile('disable'));
    expect(computeEffectiveDesired(file).licenses).toEqual(['SPE_E3', 'EMS']);
    const next = buildNextDesiredState(file, 'delicense', file.savings);
    expect(next).toMatchObject({ licenses: [], oneDrive: 'release' });
  });

  test('goes with the merge of the word where it stayed behind', () => {
    const file = released(aHeldFile('delicense'));
    expect(computeEffectiveDesired(file)).toEqual({ accountEnabled: false, mailbox: 'shared', licenses: [] });
    expect(describeDesiredBeyondStage(file)).toEqual([]);
  });

  test('may be taken out of desired by hand only with the word', () => {
    const file = aHeldFile('delicense');
    const bare = { ...file, desired: { ...file.desired, licenses: [] } };
    expect(describeDesiredBeyondStage(bare)).toHaveLength(1);
    expect(describeDesiredBeyondStage(released(bare))).toEqual([]);
  });

  test('is given back with everything else', () => {
    const file = { ...released(aHeldFile('delicense')), stage: 'keep' as const };
    expect(computeEffectiveDesired(file).licenses).toEqual(['SPE_E3', 'EMS']);
  });
});

test.each([
  ['user', 'shared'],
  ['unknown', 'shared'],
  ['none', 'unchanged'],
  ['shared', 'unchanged'],
  ['room', 'unchanged'],
  ['equipment', 'unchanged'],
] as const)('a mailbox of kind %s is asked to be %s', (mailbox, desired) => {
  const { restore, savings } = aFile('notify');
  expect(buildDesiredState('disable', { ...restore, mailbox }, savings).mailbox).toBe(desired);
});

test('an account that was disabled before is never asked to be enabled', () => {
  const { restore, savings } = aFile('notify');
  for (const stage of stages)
    expect(buildDesiredState(stage, { ...restore, accountEnabled: false }, savings).accountEnabled).toBe(false);
});

test('keep and restore give back what the account had, whatever desired still says', () => {
  const taken = aFile('delicense');
  const { restore, savings } = taken;
  const had = buildDesiredState('notify', restore, savings);
  expect(computeEffectiveDesired({ ...taken, stage: 'keep' })).toEqual(had);
  expect(computeEffectiveDesired({ ...taken, stage: 'restore' })).toEqual(had);
  expect(computeEffectiveDesired(taken)).toEqual(taken.desired);
});

test('what a reviewer kept in this stage is kept in the next', () => {
  const file = aFile('disable');
  const kept = { ...file, desired: { ...file.desired, accountEnabled: true, mailbox: 'unchanged' as const } };
  expect(buildNextDesiredState(kept, 'delicense', file.savings)).toEqual({
    accountEnabled: true,
    mailbox: 'unchanged',
    licenses: ['EMS'],
  });
  const withLicense = aFile('delicense', { desired: { ...file.desired, licenses: ['SPE_E3', 'EMS'] } });
  expect(buildNextDesiredState(withLicense, 'delicense', file.savings).licenses).toEqual(['EMS', 'SPE_E3']);
});

test('a file in order takes nothing beyond its stage', () => {
  for (const stage of stages) expect(describeDesiredBeyondStage(aFile(stage))).toEqual([]);
});

test('everything that desired takes beyond its stage is told', () => {
  const desired = { accountEnabled: false, mailbox: 'shared' as const, licenses: ['EMS'] };
  expect(describeDesiredBeyondStage(aFile('review', { desired }))).toEqual([
    'accountEnabled is false, which review does not ask for',
    'mailbox is shared, which review does not ask for',
    'licenses lack SPE_E3, FLOW_FREE, which review does not take',
  ]);
  expect(describeDesiredBeyondStage(aFile('disable', { desired }))).toEqual([
    'licenses lack SPE_E3, FLOW_FREE, which disable does not take',
  ]);
});

test('keeping more than the stage asks for is every reviewer’s right', () => {
  const { desired } = aFile('notify');
  expect(describeDesiredBeyondStage(aFile('delicense', { desired }))).toEqual([]);
});

test('a mailbox counts as converted by this pipeline from disable on, and only if it was a person’s', () => {
  const converted = (stage: AccountFile['stage'], change: Partial<AccountFile> = {}) =>
    listConvertedMailboxes([aFile(stage, change)]).size;
  expect(stages.map((stage) => converted(stage))).toEqual([0, 0, 1, 1, 1, 1]);
  const { restore, account } = aFile('disable');
  expect(converted('disable', { restore: { ...restore, mailbox: 'unknown' } })).toBe(1);
  expect(converted('disable', { restore: { ...restore, mailbox: 'shared' } })).toBe(0);
  const { desired } = aFile('notify');
  expect(converted('disable', { desired })).toBe(0);
  const inCapitals = aFile('disable', { account: { ...account, id: account.id.toUpperCase() } });
  expect([...listConvertedMailboxes([inCapitals])]).toEqual([account.id]);
});
