import { expect, test } from 'vitest';
import { changesComment } from '../../audit/proposal/markdown/changes-comment.ts';
import { aLicense, anAccount, anInForceFile, today } from '../../policy/a-tenant.ts';
import type { OneDrive } from '../../policy/evidence.ts';
import { accountChange, accountInputs } from '../../stacks/account.ts';
import type { AccountOutcome } from '../../stacks/run.ts';
import { findClocks } from './clocks.ts';

const oneDrive: OneDrive = { kind: 'seen', storageUsedBytes: 2 ** 27, files: 40, lastUsedOn: null };

/** An account of which these licences have been removed. */
function delicensed(removed: readonly string[]) {
  const account = anAccount({ oneDrive, licenses: [aLicense('SPE_E3'), aLicense('EMS')] });
  const { path, text, file } = anInForceFile({ account, stage: 'delicense', since: today });
  const inputs = accountInputs(file);
  const change = accountChange(inputs, null);
  const done = [
    { step: 'licenses-changed' as const, requestId: 'r', at: '2026-12-10T09:00:00Z', removed, given: [] },
  ];
  const nothing = { refused: [], heldBack: [], waits: [], failure: null, reached: change.to, wroteAt: null };
  const outcome: AccountOutcome = {
    urn: 'ana',
    inputs,
    change,
    isAdopted: false,
    report: { done, ...nothing },
  };
  return { outcome, files: { accounts: [{ path, text, value: file }] } as never };
}

test('the comment sums up what Microsoft’s clocks take, counted from the day of the apply', () => {
  const { outcome, files } = delicensed(['SPE_E3', 'EMS']);
  const clocks = findClocks({ accounts: [outcome] }, files, '2026-12-10');
  expect(clocks[0]).toMatch(
    /^0.13 GB of files in the OneDrive of 1 person lose their licence: by default read-only from 8 February 2027/,
  );
  const nothing = { disabled: [], restored: [], quarantined: [], mailed: [], refused: [], failed: [] };
  const changes = { ...nothing, delicensed: [], withoutSignIns: false, stopped: null, sinceLastTime: [] };
  const comment = changesComment({ stack: 'contoso', mode: 'apply', currency: 'USD', ...changes, clocks });
  expect(comment).toContain('can no longer be had: 14 June 2027 by default (files).');
});

test.each([[['EMS']], [[]]])('where %o is all that went, no file loses its licence', (removed) => {
  const { outcome, files } = delicensed(removed);
  expect(findClocks({ accounts: [outcome] }, files, today).join(' ')).not.toContain('OneDrive');
});
