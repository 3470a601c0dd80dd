import { expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { DesiredState, RestoreState } from '../../policy/schemas/account.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import { listDoneEarlier } from './done-earlier.ts';

const office = { id: idOf('Office'), displayName: 'Office' };
const restore: RestoreState = {
  accountEnabled: true,
  mailbox: 'user',
  licenses: [
    { skuPartNumber: 'SPE_E3', skuId: idOf('SPE_E3'), assignedByGroup: office.id, disabledPlans: [] },
    { skuPartNumber: 'EMS', skuId: idOf('EMS'), assignedByGroup: null, disabledPlans: [] },
  ],
  groups: [office],
};
const blocked: DesiredState = { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3', 'EMS'] };
const delicensed: DesiredState = { ...blocked, licenses: [], groups: [] };

function found(...skus: readonly string[]): Pick<FoundAccount, 'accountEnabled' | 'mailbox' | 'licenses'> {
  return {
    accountEnabled: false,
    mailbox: { recipientType: 'shared' },
    licenses: skus.map((skuPartNumber) => ({
      skuPartNumber,
      skuId: foldId(idOf(skuPartNumber)),
      assignedByGroup: skuPartNumber === 'SPE_E3' ? office.id : null,
      disabledPlans: [],
      assignedOn: null,
    })),
  };
}

const left = { step: 'group-left', group: 'Office', removed: ['SPE_E3'] };
const removed = { step: 'licenses-changed', removed: ['EMS'], given: [] };

test.each([
  ['all of it', found(), [removed, left]],
  ['the group only', found('EMS'), [left]],
  ['nothing of it, or Entra has not come to it yet', found('SPE_E3', 'EMS'), []],
])('a run that was killed while it delicensed had done %s', (_, shown, steps) => {
  const change = { from: blocked, to: delicensed, restore, unsureSince: '2026-12-07T08:00:00Z' };
  expect(listDoneEarlier(change, shown)).toEqual(steps);
});

test('a run that was killed while it gave back had joined the group again', () => {
  const to: DesiredState = { ...blocked };
  const change = { from: delicensed, to, restore, unsureSince: '2026-12-07T08:00:00Z' };
  expect(listDoneEarlier(change, found('SPE_E3'))).toEqual([
    { step: 'group-joined', group: 'Office', given: ['SPE_E3'] },
  ]);
});
