import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAccountFile } from '../policy/a-random-file.ts';
import { anAccount, anInForceFile, today } from '../policy/a-tenant.ts';
import {
  accountInputs,
  adopted,
  packedInputs,
  packedOutputs,
  unpackedInputs,
  unpackedOutputs,
} from './account.ts';

test('what goes through the engine as text comes back as it was, whatever people are called', () => {
  fc.assert(
    fc.property(anyAccountFile, (file) => {
      const inputs = accountInputs(file);
      expect(unpackedInputs(packedInputs(inputs))).toEqual(inputs);
      const outputs = adopted(inputs);
      expect(unpackedOutputs(packedOutputs(outputs))).toEqual(outputs);
    }),
  );
});

test('only a file that saves a mailbox says more than before, so that no state changes for it', () => {
  const plain = { ...aDelicensedFile(), savings: { monthly: 36, currency: 'USD', heldBack: [] } };
  expect(accountInputs(plain)).not.toHaveProperty('saved');
  const heldBack = [
    { skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' as const },
    { skuPartNumber: 'EMS', reason: 'kept-by-reviewer' as const },
  ];
  const saving = { ...plain, savings: { ...plain.savings, heldBack } };
  expect(accountInputs(saving).saved).toEqual(['SPE_E3']);
  expect(accountInputs({ ...saving, stage: 'restore' })).not.toHaveProperty('saved');
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
  expect(unpackedOutputs(before)).toEqual(before);
});
