import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { anyAccountFile } from '../../policy/random-file.fixture.ts';
import type { RestoreState, Stage } from '../../policy/schemas/account.ts';
import { anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import { accountResource } from '../provider/account-resource.ts';
import {
  buildAccountChange,
  buildInitialOutputs,
  needsApply,
  packInputs,
  packOutputs,
  toAccountInputs,
  unpackInputs,
  unpackOutputs,
} from './account-state.ts';

test('what goes through the engine as text comes back as it was, whatever people are called', () => {
  fc.assert(
    fc.property(anyAccountFile, (file) => {
      const inputs = toAccountInputs(file);
      expect(unpackInputs(packInputs(inputs))).toEqual(inputs);
      const outputs = buildInitialOutputs(inputs);
      expect(unpackOutputs(packOutputs(outputs))).toEqual(outputs);
    }),
  );
});

test('only a file that saves a mailbox says more than before, so that no state changes for it', () => {
  const plain = { ...aDelicensedFile(), savings: { monthly: 36, currency: 'USD', heldBack: [] } };
  expect(toAccountInputs(plain)).not.toHaveProperty('saved');
  const heldBack = [
    { skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' as const },
    { skuPartNumber: 'EMS', reason: 'kept-by-reviewer' as const },
  ];
  const saving = { ...plain, savings: { ...plain.savings, heldBack } };
  expect(toAccountInputs(saving).saved).toEqual(['SPE_E3']);
  expect(toAccountInputs({ ...saving, stage: 'restore' })).not.toHaveProperty('saved');
});

function aDelicensedFile() {
  return anInForceFile({ account: anAccount(), stage: 'delicense', since: today }).file;
}

test('a state that was written before accounts became texts is still read', () => {
  const before = {
    reached: { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] },
    asked: { accountEnabled: false, mailbox: 'shared', licenses: [] },
    isSettled: false,
  };
  expect(unpackOutputs(before)).toEqual(before);
});

const { file } = anInForceFile({ account: anAccount(), stage: 'delicense', since: today });
const oneDrive = { gigabytes: 3.1, files: 812, lastUse: null };

test.each([
  ['what its file says of its OneDrive', { oneDrive }, { gigabytes: 3.1 }],
  ['that nobody knows of it', { oneDrive: { ...oneDrive, gigabytes: null } }, { gigabytes: null }],
  ['nothing where there is none', {}, null],
  ['nothing of one that was released', { oneDrive, desired: { ...file.desired, oneDrive: 'release' as const } }, null],
  ['nothing before anything is taken', { oneDrive, stage: 'review' as const }, null],
])('the apply knows %s', (_, change, known) => {
  const inputs = toAccountInputs({ ...file, ...change });
  expect(buildAccountChange(inputs, null).oneDrive).toEqual(known);
  expect('oneDrive' in inputs).toBe(known !== null);
});

test('inputs of a state from before are still good, and those that say more make no update', () => {
  const before = packInputs(toAccountInputs(file));
  expect(accountResource.check(before)).toEqual([]);
  const outputs = { ...buildInitialOutputs(toAccountInputs(file)), asked: file.desired };
  const now = packInputs(toAccountInputs({ ...file, oneDrive }));
  expect(accountResource.check(now)).toEqual([]);
  expect(accountResource.diff(packOutputs(outputs), now)).toBe(false);
});

const license = (skuPartNumber: string) => ({
  ...{ skuPartNumber, skuId: idOf(skuPartNumber), assignedByGroup: null, disabledPlans: [] },
});
const belongings = (...skus: string[]): RestoreState => ({
  ...{ accountEnabled: true, mailbox: 'user', licenses: skus.map(license) },
});
const aFileWith = (stage: Stage, restore: RestoreState) => anAccountFile(stage, { restore });
const inputsOf = (stage: Stage, restore: RestoreState) => toAccountInputs(aFileWith(stage, restore));
const nothingTaken = { licenses: [], accountEnabled: true, mailbox: 'unchanged' as const };

test('of an account of which nothing was taken the file says what it has, and nothing is given to it', () => {
  const known = {
    ...buildInitialOutputs(inputsOf('keep', { ...belongings(), accountEnabled: false })),
    isSettled: true,
  };
  const change = buildAccountChange(inputsOf('restore', belongings('SPE_E3')), known);
  expect(change.from).toEqual(change.to);
  expect(change.attempted).toBeNull();
});

test('once something is taken, the state says what it had: a licence that the file adds can be taken, and is not given', () => {
  const taken = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const known = { reached: taken, asked: taken, isSettled: true, restore: belongings('SPE_E3') };
  const given = buildAccountChange(inputsOf('restore', belongings('SPE_E3', 'EMS')), known);
  expect(given.to.licenses).toEqual(['SPE_E3', 'EMS']);
  expect(given.from.licenses).toEqual(['EMS']);
  const more = buildAccountChange(inputsOf('delicense', belongings('SPE_E3', 'EMS')), known);
  expect([more.from.licenses, more.to.licenses]).toEqual([['EMS'], []]);
  expect(more.restore).toEqual(belongings('SPE_E3', 'EMS'));
});

test('a product is the same by its skuId, whatever the state and a file that was written anew call it', () => {
  const taken = { accountEnabled: false, mailbox: 'shared' as const, licenses: ['CPC_OLD'] };
  const { licenses } = belongings('SPE_E3', 'CPC');
  const noted = licenses.map((one) => ({ ...one, skuPartNumber: `${one.skuPartNumber}_OLD` }));
  const known = { reached: taken, asked: taken, isSettled: true, restore: { ...belongings(), licenses: noted } };
  const { restore, from, to } = buildAccountChange(inputsOf('restore', belongings('SPE_E3', 'CPC')), known);
  expect(restore).toEqual(belongings('SPE_E3', 'CPC'));
  expect([from.licenses, to.licenses]).toEqual([['CPC'], ['SPE_E3', 'CPC']]);
});

test('whoever could not sign in before is not enabled by a file that says otherwise', () => {
  const taken = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const restore = { ...belongings('SPE_E3'), accountEnabled: false };
  const change = buildAccountChange(inputsOf('restore', belongings('SPE_E3')), {
    ...{ reached: taken, asked: taken, isSettled: true, restore },
  });
  expect(change.to).toEqual({ ...nothingTaken, accountEnabled: false, licenses: ['SPE_E3'] });
});

test('a new restore of an account that the state does not know gives what main’s history says was taken, or nothing', () => {
  const file = aFileWith('restore', belongings('SPE_E3', 'EMS'));
  const alone = buildAccountChange(toAccountInputs(file), null);
  expect([alone.from, alone.attempted]).toEqual([alone.to, null]);
  const { attempted, to } = buildAccountChange(toAccountInputs(file, aFileWith('delicense', belongings('EMS'))), null);
  expect(attempted).toEqual({ accountEnabled: false, mailbox: 'shared', licenses: [] });
  expect(to.licenses).toEqual(['EMS']);
});

test('a state from before it noted all of this is read as it was', () => {
  const taken = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const known = { reached: taken, asked: taken, isSettled: true, mailboxBefore: 'user' as const };
  const change = buildAccountChange(inputsOf('restore', { ...belongings('SPE_E3'), mailbox: 'room' }), known);
  expect(change.restore).toEqual(belongings('SPE_E3'));
});

test('a state from before groups could be left goes on: the account is in all of them, and is taken out of them now', () => {
  const [direct, given] = [file.restore.licenses[0], { assignedByGroup: idOf('Office'), skuPartNumber: 'SPE_E5' }];
  if (direct === undefined) throw new Error('Ana has a licence');
  const license = { ...direct, ...given, skuId: idOf('SPE_E5') };
  const before = { ...file.restore, licenses: [direct, license] };
  const taken = { accountEnabled: false, mailbox: 'shared' as const, licenses: ['SPE_E5'] };
  const known = { reached: taken, asked: taken, isSettled: true, restore: before };
  const groups = [{ id: idOf('Office'), displayName: 'Office' }];
  const desired = { ...taken, licenses: [], groups: [] };
  const inputs = toAccountInputs({ ...file, restore: { ...before, groups }, desired });
  expect(needsApply(known, inputs)).toBe(true);
  const change = buildAccountChange(inputs, known);
  expect(change).toMatchObject({ from: taken, to: desired, restore: { groups } });
  expect(change.from).not.toHaveProperty('groups');
  const back = buildAccountChange({ ...inputs, stage: 'restore' }, known);
  expect(back.to).toEqual({
    ...{ accountEnabled: true, mailbox: 'unchanged', licenses: [direct.skuPartNumber, 'SPE_E5'] },
  });
});
