import { expect, test } from 'vitest';
import { idOf } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import type { AccountFile, RestoreState, Stage } from '../schemas/account.ts';
import { computeRemovals, isCapped, toCappedChange, toOriginalState } from './removals.ts';
import { computeEffectiveDesired, describeDesiredBeyondStage } from './stage.ts';

const office = idOf('office');
const tools = idOf('tools');
const other = idOf('other');

function license(skuPartNumber: string, assignedByGroup: string | null): RestoreState['licenses'][number] {
  return { skuPartNumber, skuId: idOf(skuPartNumber), assignedByGroup, disabledPlans: [] };
}

/** Two products of a group that may be left, one of another one that may, and one of a group that policy.yaml does not name. */
const restore: RestoreState = {
  accountEnabled: true,
  mailbox: 'user',
  licenses: [
    license('SPE_E3', office),
    license('VISIOCLIENT', office),
    license('EMS', tools),
    license('FLOW_FREE', other),
  ],
  groups: [
    { id: office, displayName: 'Office' },
    { id: tools, displayName: 'Tools' },
  ],
};

type HeldBack = AccountFile['savings']['heldBack'];
const inherited: HeldBack = [{ skuPartNumber: 'FLOW_FREE', reason: 'inherited-from-group' }];

function aFile(
  stage: Stage,
  heldBack: HeldBack = inherited,
  desired: Partial<AccountFile['desired']> = {},
): AccountFile {
  const file = anAccountFile(stage, { restore, savings: { monthly: 36, currency: 'USD', heldBack } });
  return { ...file, desired: { ...file.desired, ...desired } };
}

test.each<Stage>(['notify', 'review', 'disable', 'keep', 'restore'])('no group is left in %s', (stage) => {
  const file = aFile(stage);
  expect(file.desired).not.toHaveProperty('groups');
  expect(computeEffectiveDesired(file)).not.toHaveProperty('groups');
});

test('in delicense the groups that may be left are left, and the licences that they give go', () => {
  const { desired } = aFile('delicense');
  expect(desired).toMatchObject({ licenses: ['FLOW_FREE'], groups: [] });
});

test('one licence that stays holds its group, and with it all that the group gives', () => {
  const file = aFile('delicense', [...inherited, { skuPartNumber: 'SPE_E3', reason: 'archive' }]);
  expect(computeEffectiveDesired(file)).toMatchObject({ groups: [office] });
  expect(new Set(file.desired.licenses)).toEqual(new Set(['SPE_E3', 'VISIOCLIENT', 'FLOW_FREE']));
});

test.each<[string, Partial<AccountFile['desired']>]>([
  ['keeps the group', { groups: [tools] }],
  ['keeps the group, in capitals', { groups: [tools.toUpperCase()] }],
  ['keeps a licence of the group', { licenses: ['FLOW_FREE', 'EMS'] }],
])('a reviewer who %s keeps both', (_, words) => {
  const { licenses, groups } = computeEffectiveDesired(aFile('delicense', inherited, words));
  expect(groups).toEqual([tools]);
  expect(licenses).toContain('EMS');
  expect(licenses).not.toContain('SPE_E3');
});

test('a file without desired.groups leaves no group', () => {
  const { groups: _, ...desired } = aFile('delicense').desired;
  const effective = computeEffectiveDesired({ ...aFile('delicense'), desired });
  expect(effective).not.toHaveProperty('groups');
  expect(new Set(effective.licenses)).toEqual(new Set(['SPE_E3', 'VISIOCLIENT', 'EMS', 'FLOW_FREE']));
});

test('once the files of a OneDrive are released, the group that it held is left', () => {
  const files: HeldBack = [
    ...inherited,
    { skuPartNumber: 'SPE_E3', reason: 'onedrive-files' },
    { skuPartNumber: 'VISIOCLIENT', reason: 'onedrive-files' },
  ];
  expect(aFile('delicense', files).desired.groups).toEqual([office]);
  expect(computeEffectiveDesired(aFile('delicense', files, { oneDrive: 'release' }))).toMatchObject({
    licenses: ['FLOW_FREE'],
    groups: [],
  });
});

test('a licence that saves a mailbox is given directly and holds no group', () => {
  const rescued: HeldBack = [...inherited, { skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }];
  expect(computeEffectiveDesired(aFile('delicense', rescued))).toMatchObject({
    licenses: ['SPE_E3', 'FLOW_FREE'],
    groups: [],
  });
});

test.each<[string, AccountFile, RegExp]>([
  [
    'a group before its stage',
    aFile('disable', inherited, { groups: [office] }),
    /groups lack .*\(Tools\), which disable/,
  ],
  [
    'a group that a licence holds',
    aFile('delicense', [...inherited, { skuPartNumber: 'SPE_E3', reason: 'archive' }], { groups: [] }),
    /groups lack .*\(Office\), which delicense/,
  ],
  ['a group that nobody knows', aFile('delicense', inherited, { groups: [other] }), /none of restore\.groups/],
])('the check names %s', (_, file, problem) => {
  expect(describeDesiredBeyondStage(file).join('\n')).toMatch(problem);
});

test('leaving a group counts as taking', () => {
  const before = aFile('disable');
  const after = aFile('delicense');
  const change = toCappedChange(before, after);
  expect(isCapped(change)).toBe(true);
  expect(computeRemovals(change.from, change.to)).toMatchObject({
    membership: true,
    licenses: ['SPE_E3', 'VISIOCLIENT', 'EMS'],
  });
  expect(computeRemovals(change.to, change.from)).toMatchObject({ membership: false, licenses: [] });
  expect(toOriginalState(restore).licenses).toEqual(['SPE_E3', 'VISIOCLIENT', 'EMS']);
});
