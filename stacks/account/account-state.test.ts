import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAccountFile } from '../../policy/random-file.fixture.ts';
import { anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import { accountResource } from '../provider/account-resource.ts';
import {
  buildAccountChange,
  buildInitialOutputs,
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
