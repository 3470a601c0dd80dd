import { expect, test } from 'vitest';
import type { AccountOutputs } from './account-state.ts';
import { addApplyNote, buildAskedState, removeApplyNote, resolveApplyNote } from './apply-note.ts';

const had = { accountEnabled: true, mailbox: 'unchanged' as const, licenses: ['SPE_E3', 'EMS'] };
const blocked = { accountEnabled: false, mailbox: 'shared' as const, licenses: ['SPE_E3', 'EMS'] };
const delicensed = { ...blocked, licenses: ['EMS'] };
const settled: AccountOutputs = { reached: had, asked: had, isSettled: true, wroteAt: null };
const [first, second, third] = ['2026-12-07T08:00:00Z', '2026-12-08T08:00:00Z', '2026-12-09T08:00:00Z'];

test('a note changes nothing of what is known, and goes as it came', () => {
  const noted = addApplyNote(settled, { desired: blocked, at: first }, first);
  expect(noted).toEqual({ ...settled, begun: { desired: blocked, at: first } });
  expect(removeApplyNote(noted)).toEqual(settled);
});

test('a note that is left counts as attempted, from the day of the run that was killed', () => {
  const left = addApplyNote(settled, { desired: blocked, at: first }, first);
  const unsure = { reached: had, asked: blocked, isSettled: false, unsureSince: first };
  expect(resolveApplyNote(left)).toEqual({ ...unsure, wroteAt: first });
  expect(addApplyNote(left, { desired: had, at: second }, second)).toEqual({
    ...{ ...unsure, wroteAt: second },
    begun: { desired: had, at: second },
  });
});

test('of two killed runs everything counts as attempted that either would have taken', () => {
  const taking = addApplyNote(settled, { desired: delicensed, at: first }, first);
  const returning = addApplyNote(taking, { desired: had, at: second }, second);
  expect(resolveApplyNote(returning, third)).toEqual({
    ...{ reached: had, asked: delicensed, isSettled: false, wroteAt: third },
    unsureSince: first,
  });
});

test('where no run was killed there is nothing to take over', () => {
  expect(resolveApplyNote(settled, first)).toBe(settled);
});

test('a run that ends halfway does not forget what a killed one may have taken', () => {
  const change = { attempted: delicensed, unsureSince: first };
  expect(buildAskedState(had, change, false)).toEqual(delicensed);
  expect(buildAskedState(had, change, true)).toEqual(had);
  expect(buildAskedState(had, { ...change, unsureSince: null }, false)).toEqual(had);
});
