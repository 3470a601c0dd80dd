import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAccountFile } from '../policy/a-random-file.ts';
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

test('a state that was written before accounts became texts is still read', () => {
  const before = {
    reached: { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] },
    asked: { accountEnabled: false, mailbox: 'shared', licenses: [] },
    isSettled: false,
  };
  expect(unpackedOutputs(before)).toEqual(before);
});
