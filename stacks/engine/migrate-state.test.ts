import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAccountFile } from '../../policy/random-file.fixture.ts';
import { beginAppliedRecord } from '../../policy/signing/key-trust.ts';
import {
  type AccountOutputs,
  accountType,
  buildAccountChange,
  buildInitialOutputs,
  packInputs,
  packOutputs,
  toAccountInputs,
  unpackInputs,
  unpackOutputs,
} from '../account/account-state.ts';
import { noteRestore } from '../account/taken-state.ts';
import { packNotes, signingRecordType } from '../signing-record-state.ts';
import { migrateResource, renameCommitsOf } from './migrate-state.ts';

const urn = 'urn:pulumi:contoso::dormant::m365:index:Account::ana';

test('what this version wrote stays as it is, and what an earlier one wrote means the same afterwards', () => {
  fc.assert(
    fc.property(anyAccountFile, fc.boolean(), (file, isSettled) => {
      const inputs = toAccountInputs(file);
      const reached = fc.sample(fc.constantFrom(inputs.desired, buildInitialOutputs(inputs).reached), 1)[0];
      const known: AccountOutputs = { ...buildInitialOutputs(inputs), isSettled, reached: reached ?? inputs.desired };
      const outputs = noteRestore(known, inputs.restore);
      const written = { urn, type: accountType, inputs: packInputs(inputs), outputs: packOutputs(outputs) };
      expect(migrateResource(written)).toBe(written);
      const { restore: _, ...earlier } = outputs;
      const { restore: ofFile } = inputs;
      const noted = { ...earlier, mailboxBefore: ofFile.mailbox };
      for (const older of [
        { ...written, inputs, outputs },
        { ...written, inputs, outputs: earlier },
        { ...written, outputs: packOutputs(noted) },
      ]) {
        const now = migrateResource(older);
        expect([unpackInputs(now.inputs), unpackOutputs(now.outputs)]).toEqual([inputs, outputs]);
        expect(migrateResource(now)).toBe(now);
        expect(buildAccountChange(inputs, unpackOutputs(now.outputs))).toEqual(
          buildAccountChange(inputs, unpackOutputs(older.outputs)),
        );
      }
    }),
  );
});

test('the record of applies is written in today’s format, and one of a newer format ends the run', () => {
  const record = beginAppliedRecord(null, 'c1', { isRewound: false });
  const written = { urn, type: signingRecordType, inputs: packNotes(record), outputs: packNotes(record) };
  expect(migrateResource(written)).toBe(written);
  const { format: _, begun: __, ...first } = { ...record, commit: 'c1' };
  const notes = JSON.stringify(first);
  const now = migrateResource({ ...written, inputs: { notes }, outputs: { notes } });
  expect(now).toEqual({ ...written, inputs: { record: notes }, outputs: packNotes({ ...record, commit: 'c1' }) });
  const newer = { ...written, outputs: packNotes({ ...record, format: record.format + 1 }) };
  expect(() => migrateResource(newer)).toThrow(expect.objectContaining({ code: 'state-newer' }));
});

test('other resources, and what is not there yet, are left alone', () => {
  for (const resource of [
    { urn, type: 'pulumi:pulumi:Stack' },
    { urn, type: accountType, inputs: {} },
  ])
    expect(migrateResource(resource)).toBe(resource);
});

test('a note of applies changes only where a commit that it names has a new id', () => {
  const [old, now] = ['a'.repeat(40), 'b'.repeat(40)];
  const record = { ...beginAppliedRecord(null, old, { isRewound: false }), signing: {}, seen: { [old]: '2026-01-01' } };
  const written = { urn, type: signingRecordType, inputs: packNotes(record), outputs: packNotes(record) };
  expect(renameCommitsOf(written, new Map())).toBe(written);
  expect(renameCommitsOf(written, new Map([[now, old]]))).toBe(written);
  const renamed = { ...record, begun: now, seen: { [now]: '2026-01-01' } };
  expect(renameCommitsOf(written, new Map([[old, now]]))).toEqual({ ...written, outputs: packNotes(renamed) });
});
