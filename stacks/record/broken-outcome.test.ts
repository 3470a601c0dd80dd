import { expect, test } from 'vitest';
import { anAccount, anInForceFile, idOf, today } from '../../policy/tenant.fixture.ts';
import { buildAccountChange, toAccountInputs } from '../account/account-state.ts';
import type { LogLine } from './apply-log.ts';
import { buildBrokenReport, selectRun } from './broken-outcome.ts';

test('a run that ended early tells which group it had left, and what goes by that', () => {
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: today });
  const office = { id: idOf('office'), displayName: 'Licensing: Office' };
  const license = { skuPartNumber: 'SPE_E3', skuId: idOf('SPE_E3'), assignedByGroup: office.id, disabledPlans: [] };
  const restore = { ...file.restore, licenses: [license], groups: [office] };
  const desired = { accountEnabled: false, mailbox: 'shared' as const, licenses: [], groups: [] };
  const inputs = toAccountInputs({ ...file, stage: 'delicense', restore, desired });
  const change = buildAccountChange(inputs, null);
  const { id, userPrincipalName, displayName } = file.account;
  const at = '2026-12-07T09:30:00.000Z';
  const line: LogLine = {
    ...{ at, stack: 'contoso', run: '1/1', commit: null },
    ...{ what: 'done', step: 'group-left', account: { id, userPrincipalName, displayName }, group: office.displayName },
  };
  const report = buildBrokenReport({ urn: '', inputs, change, isAdopted: false }, selectRun([line], '1/1'));
  expect(report?.done).toMatchObject([{ step: 'group-left', group: office.displayName, removed: ['SPE_E3'] }]);
});
