import { expect, test } from 'vitest';
import { noRequest } from '../../graph/request-ids.ts';
import type { OneDrive } from '../../policy/evidence.ts';
import { aLicense, anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import { buildAccountChange, toAccountInputs } from '../account/account-state.ts';
import type { AccountOutcome } from '../run-stack.ts';
import { renderChangesComment } from './changes-comment.ts';
import { describeClocks } from './describe-clocks.ts';

const oneDrive: OneDrive = { kind: 'seen', storageUsedBytes: 2 ** 27, files: 40, lastUsedOn: null };

/** An account of which these licences have been removed. */
function delicensed(removed: readonly string[]) {
  const account = anAccount({ oneDrive, licenses: [aLicense('SPE_E3'), aLicense('EMS')] });
  const { path, text, file } = anInForceFile({ account, stage: 'delicense', since: today });
  const inputs = toAccountInputs(file);
  const change = buildAccountChange(inputs, null);
  const done = [{ step: 'licenses-changed' as const, ...noRequest, at: '2026-12-10T09:00:00Z', removed, given: [] }];
  const nothing = { refused: [], heldBack: [], waits: [], failure: null, reached: change.to, wroteAt: null };
  const outcome: AccountOutcome = {
    urn: 'ana',
    inputs,
    change,
    isAdopted: false,
    report: { done, ...nothing },
  };
  const parsed = { path, text, value: file };
  return { outcome, parsed, files: { accounts: [parsed] } as never };
}

test('the comment sums up what Microsoft’s clocks take, counted from the day of the apply', () => {
  const { outcome, files } = delicensed(['SPE_E3', 'EMS']);
  const clocks = describeClocks({ accounts: [outcome] }, files, '2026-12-10');
  expect(clocks[0]).toMatch(
    /^0.13 GB of files in the OneDrive of 1 person lose their licence: by default read-only from 8 February 2027/,
  );
  const nothing = { disabled: [], restored: [], quarantined: [], mailed: [], refused: [], failed: [] };
  const changes = { ...nothing, delicensed: [], withoutSignIns: false, stopped: null, sinceLastTime: [] };
  const comment = renderChangesComment({
    stack: 'contoso',
    mode: 'apply',
    currency: 'USD',
    ...changes,
    clocks,
  });
  expect(comment).toContain('can no longer be recovered: 14 June 2027 by default (files).');
});

test.each([[['EMS']], [[]]])('where %o is all that went, no file loses its licence', (removed) => {
  const { outcome, files } = delicensed(removed);
  expect(describeClocks({ accounts: [outcome] }, files, today).join(' ')).not.toContain('OneDrive');
});

/** Her licence is given back for a mailbox whose mail was lost on this day at the latest. */
function saved(lostBy: string, given: readonly string[]) {
  const { outcome, parsed, files } = delicensed([]);
  const heldBack = [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' as const }];
  const { savings } = parsed.value;
  parsed.value = {
    ...parsed.value,
    savings: { ...savings, heldBack },
    mailbox: { lostFrom: '2026-12-01', lostBy },
  };
  const [done] = outcome.report.done;
  if (done === undefined) throw new Error('her licences have changed');
  const inputs = toAccountInputs(parsed.value);
  return {
    files,
    outcome: { ...outcome, inputs, report: { ...outcome.report, done: [{ ...done, given }] } },
  };
}

test('a save that comes after the day says that the mail was probably gone', () => {
  const { outcome, files } = saved('2026-12-08', ['SPE_E3']);
  expect(describeClocks({ accounts: [outcome] }, files, '2026-12-10')).toEqual([
    '1 mailbox gets its licence back after the day on which its mail is lost (8 December at the latest): the mail is probably gone, and what comes back may be empty.',
  ]);
});

test.each([
  ['on the day itself', '2026-12-10', ['SPE_E3']],
  ['without the licence that saves it', '2026-12-08', ['EMS']],
])('a save %s says nothing of it', (_, lostBy, given) => {
  const { outcome, files } = saved(lostBy, given);
  expect(describeClocks({ accounts: [outcome] }, files, '2026-12-10')).toEqual([]);
});
