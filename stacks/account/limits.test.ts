import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listProblemCodes } from '../../policy/check/check.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { buildDesiredState, computeEffectiveDesired, isTakingStage } from '../../policy/files/stage.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anyAccountFile } from '../../policy/random-file.fixture.ts';
import { type AccountFile, type Stage, stages } from '../../policy/schemas/account.ts';
import { anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import { type AccountOutputs, buildAccountChange, toAccountInputs } from './account-state.ts';
import { addApplyNote } from './apply-note.ts';
import { findOverLimit } from './limits.ts';
import { noteRestore } from './taken-state.ts';

const none = aPolicy({ limits: { changesPerApply: 0, changesPerDepartment: 0 } });
const lastAudit = addDays(today, -20);

function isCountedByApply(after: AccountFile, known: AccountOutputs | null): boolean {
  const change = buildAccountChange(toAccountInputs(after), known);
  return findOverLimit([change], none, { enabledMembers: 1000, today, takenOn: new Map() }) !== null;
}

/** The state after an apply of a file has done all of it: notify and review leave the audit of the adoption there. */
function settle(file: AccountFile): AccountOutputs {
  const inputs = toAccountInputs(file);
  const isKept = file.stage === 'notify' || file.stage === 'review';
  const auditedOn = isKept ? addDays(file.evidence.auditedOn, -7) : file.evidence.auditedOn;
  const { desired, restore } = inputs;
  return noteRestore({ reached: desired, asked: desired, isSettled: true, auditedOn }, restore);
}

function inStage(stage: Stage, auditedOn = lastAudit): AccountFile {
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: addDays(today, -60) });
  const desired = buildDesiredState(stage, file.restore, file.savings);
  return { ...file, stage, desired, evidence: { ...file.evidence, auditedOn } };
}

const taken = settle(inStage('delicense'));

test('new evidence within a stage counts: the apply takes what somebody has given back since', () => {
  expect(isCountedByApply(inStage('delicense', today), taken)).toBe(true);
});

test('new evidence that was refused, or failed halfway, counts when it is tried again', () => {
  const { auditedOn: _, ...refused } = { ...taken, isSettled: false };
  expect(isCountedByApply(inStage('delicense', today), refused)).toBe(true);
  expect(isCountedByApply(inStage('delicense', today), { ...refused, auditedOn: today })).toBe(true);
});

test('a block that the state still has counts, where a killed run may have given sign-in back', () => {
  const restored = addApplyNote(taken, { desired: inStage('restore').desired, at: today }, today);
  expect(isCountedByApply(inStage('disable', today), restored)).toBe(true);
});

const rescue = {
  ...inStage('delicense'),
  desired: { ...inStage('delicense').desired, licenses: ['SPE_E3'] },
  mailbox: { lostFrom: today, lostBy: today },
};

test.each<[string, AccountFile, AccountOutputs | null]>([
  ['a rescue', rescue, taken],
  ['a rescue that failed', rescue, { ...taken, asked: rescue.desired, isSettled: false }],
  ['restore', inStage('restore', today), { ...taken, isSettled: false }],
  ['keep', inStage('keep', today), taken],
  ['a step back', inStage('disable'), taken],
  [
    'what a killed run has done',
    inStage('delicense', today),
    addApplyNote(taken, { desired: taken.asked, at: today }, today),
  ],
  ['an account that enters the plan', inStage('notify', today), null],
])('%s counts in no cap', (_, file, known) => {
  expect(isCountedByApply(file, known)).toBe(false);
});

/** What a stage asks for, but for what a reviewer keeps. */
const anyChange = fc
  .record({
    file: anyAccountFile,
    stage: fc.constantFrom(...stages),
    before: fc.record({ isSignInKept: fc.boolean(), isMailKept: fc.boolean(), areLicensesKept: fc.boolean() }),
    after: fc.record({ isSignInKept: fc.boolean(), isMailKept: fc.boolean(), areLicensesKept: fc.boolean() }),
    days: fc.integer({ min: 0, max: 10 }),
    isNew: fc.boolean(),
  })
  .map(({ file, stage, before, after, days, isNew }) => ({
    before: isNew ? null : keep({ ...file, evidence: { ...file.evidence, auditedOn: lastAudit } }, before),
    after: keep({ ...file, stage, evidence: { ...file.evidence, auditedOn: addDays(lastAudit, days) } }, after),
  }));

type Kept = { isSignInKept: boolean; isMailKept: boolean; areLicensesKept: boolean };

function keep(file: AccountFile, { isSignInKept, isMailKept, areLicensesKept }: Kept): AccountFile {
  const desired = buildDesiredState(file.stage, file.restore, file.savings);
  const all = buildDesiredState('notify', file.restore, file.savings);
  return {
    ...file,
    desired: {
      accountEnabled: isSignInKept ? all.accountEnabled : desired.accountEnabled,
      mailbox: isMailKept ? all.mailbox : desired.mailbox,
      licenses: areLicensesKept ? all.licenses : desired.licenses,
    },
  };
}

function listCodes(before: AccountFile | null, after: AccountFile): string[] {
  return listProblemCodes({ main: [before], head: after, since: addDays(today, -400) }, { policy: none });
}

test('the apply counts what the check of the pull request has counted, for every change that may be merged', () => {
  const counted = { yes: 0, no: 0 };
  fc.assert(
    fc.property(anyChange, ({ before, after }) => {
      const codes = listCodes(before, after);
      fc.pre(!codes.includes('stage-jump'));
      const isCounted = codes.includes('over-limit');
      expect(isCountedByApply(after, before && settle(before))).toBe(isCounted);
      // What the file takes by itself is never left out.
      if (isTakingStage(after.stage) && before && computeEffectiveDesired(before).accountEnabled)
        expect(isCounted || computeEffectiveDesired(after).accountEnabled).toBe(true);
      counted[isCounted ? 'yes' : 'no'] += 1;
    }),
    { numRuns: 300 },
  );
  expect(Math.min(counted.yes, counted.no)).toBeGreaterThan(15);
});
