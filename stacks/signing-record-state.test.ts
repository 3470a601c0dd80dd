// What the state notes of applies, and what becomes of a note in another format.
import { expect, test } from 'vitest';
import { beginAppliedRecord, updateAppliedRecord } from '../policy/signing/key-trust.ts';
import { aSigning } from '../policy/signing/signing.fixture.ts';
import { findMissingCommit, requireContained } from './contained-main.ts';
import type { MainBase } from './main-base.ts';
import {
  beginRecord,
  findAppliedRecord,
  isBeginDue,
  isRecordDue,
  packNotes,
  type SeenSigning,
  signingRecordType,
} from './signing-record-state.ts';
import { tipWith } from './trusted-files.fixture.ts';

const signing = aSigning();
const ended = updateAppliedRecord(null, { commit: 'c1', signing }, '2026-12-01');
const again: SeenSigning = { commit: 'c1', signing, today: '2026-12-07', isRewound: false };
const readAs = (outputs: object) => findAppliedRecord([{ urn: 'signing', type: signingRecordType, outputs }]);

test('a run notes its commit before its first write, and at its end that it has gone through', () => {
  const begun = beginAppliedRecord(ended, 'c2', { isRewound: false });
  expect(begun).toEqual({ ...ended, begun: 'c2' });
  expect(beginAppliedRecord(null, 'c1', { isRewound: false })).toMatchObject({ commit: null, begun: 'c1', seen: {} });
  expect(updateAppliedRecord(begun, { commit: 'c2', signing }, '2026-12-07')).toEqual({
    ...{ ...ended, commit: 'c2', begun: 'c2' },
  });
});

test('a tip that was gone through is noted no second time', () => {
  expect([isBeginDue(ended, again), isRecordDue(ended, again)]).toEqual([false, false]);
  expect([isBeginDue(null, again), isRecordDue(null, again)]).toEqual([true, true]);
  expect(isRecordDue(null, { ...again, signing: null })).toBe(false);
});

test('whom a run changes is noted until a run that reports it ends; a run that says nothing of it leaves it noted', () => {
  const before = { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] } as const;
  const unreported = { ana: { ...before, licenses: [...before.licenses] } };
  const begun = beginAppliedRecord(ended, 'c1', { isRewound: false, unreported });
  expect(begun).toEqual({ ...ended, unreported });
  expect([isBeginDue(ended, { ...again, unreported }), isRecordDue(begun, again)]).toEqual([true, false]);
  expect(updateAppliedRecord(begun, { commit: 'c1', signing }, '2026-12-07')).toEqual(begun);
  expect(isRecordDue(begun, { ...again, unreported: {} })).toBe(true);
  expect(updateAppliedRecord(begun, { commit: 'c1', signing, unreported: {} }, '2026-12-07')).toEqual(ended);
});

test('a run that another one has overtaken notes nobody, because the other has reported them', () => {
  const unreported = { ana: { accountEnabled: true, mailbox: 'unchanged' as const, licenses: [] } };
  expect(beginRecord(ended, { ...again, unreported, plannedAfter: 'c0' })).toEqual(ended);
  expect(beginRecord(ended, { ...again, unreported, plannedAfter: 'c1' })).toEqual({ ...ended, unreported });
});

test('a rewind forgets what main no longer has, so that a killed one need not be said twice', () => {
  expect(beginAppliedRecord(ended, 'c0', { isRewound: true })).toMatchObject({ commit: null, begun: 'c0' });
  expect(beginAppliedRecord(ended, 'c1', { isRewound: true })).toEqual(ended);
});

test('a note of the format before this one is read, and due to be written anew', () => {
  const { commit, seen } = ended;
  const record = readAs({ notes: JSON.stringify({ commit, signing, seen }) });
  expect(record).toEqual({ ...ended, format: 1 });
  expect([isBeginDue(record, again), isRecordDue(record, again)]).toEqual([true, true]);
});

test('code from before this format does not find its note, and ends', () => {
  const { notes } = packNotes(ended) as { notes?: string };
  expect(() => JSON.parse(String(notes))).toThrow(SyntaxError);
});

test('a note of a format that is not known yet ends the run', () => {
  expect(() => readAs(packNotes({ ...ended, format: 3 }))).toThrow(expect.objectContaining({ code: 'state-newer' }));
});

test.each<[string, Pick<typeof ended, 'commit' | 'begun'>, Partial<MainBase>, string | null]>([
  ['contains both', { commit: 'c1', begun: 'c2' }, tipWith('c0', 'c1', 'c2'), null],
  ['is older than what was gone through', { commit: 'c2', begun: 'c2' }, tipWith('c0', 'c1'), 'c2'],
  ['is older than what was begun', { commit: 'c1', begun: 'c2' }, tipWith('c0', 'c1'), 'c2'],
  ['is beside it', { commit: 'c1', begun: 'c1' }, tipWith('c0', 'x1'), 'c1'],
  ['was rewound on purpose', { commit: 'c1', begun: 'c1' }, { ...tipWith('c0'), isRewound: true }, null],
])('where main %s, %o is missed: %s', (_, commits, tip, missing) => {
  const main = { ...aMain, ...tip };
  const record = { ...ended, ...commits };
  expect(findMissingCommit(main, record)).toBe(missing);
  const require = () => requireContained(main, record);
  if (missing === null) expect(require).not.toThrow();
  else expect(require).toThrow(expect.objectContaining({ code: 'main-rewritten', where: missing }));
  // A preview is held against the base of a pull request.
  expect(() => requireContained({ ...main, applied: null }, record)).not.toThrow();
});

const aMain: MainBase = {
  ...{
    ...tipWith(),
    ...{ versions: [], lists: [], giveBacks: [], commits: [], policies: [], tenants: [], holidays: [] },
    places: new Map(),
    signing,
    applied: 'c1',
  },
  verify: () => true,
};
