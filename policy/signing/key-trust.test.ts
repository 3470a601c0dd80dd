import { expect, test } from 'vitest';
import { findTrustDay, listNewWitnesses, updateAppliedRecord } from './key-trust.ts';
import { aFactsKey, aSigning } from './signing.fixture.ts';

const since = 'a'.repeat(40);
const signing = aSigning({ since, next: aFactsKey('next') });
const record = updateAppliedRecord(null, { commit: 'c1', signing: aSigning({ since }) }, '2026-12-01');

test('a key is named for a week after an apply first saw it; one that was known before is not', () => {
  expect(listNewWitnesses(signing, record, '2026-12-08')).toEqual([{ what: 'the key next', trustedOn: '2026-12-15' }]);
  const later = updateAppliedRecord(record, { commit: 'c2', signing }, '2026-12-08');
  expect(listNewWitnesses(signing, later, '2026-12-14')).toHaveLength(1);
  expect(listNewWitnesses(signing, later, '2026-12-15')).toEqual([]);
});

test('what is new counts from the day on which it was seen first, not from the last', () => {
  const again = updateAppliedRecord(record, { commit: 'c2', signing: aSigning({ since }) }, '2026-12-20');
  expect(again).toEqual({ ...record, commit: 'c2', begun: 'c2' });
});

test('without a record nothing is trusted at first use: neither a key nor what is from before signing', () => {
  const seen = { record: null, today: '2026-12-08' };
  expect(findTrustDay('tests', signing, seen)).toBe('2026-12-15');
  expect(findTrustDay(null, signing, seen)).toBe('2026-12-15');
  expect(findTrustDay('tests', signing, { ...seen, record })).toBe('2026-12-08');
  expect(findTrustDay(null, signing, { ...seen, record })).toBe('2026-12-08');
});

test('a key that takes the place of another is known by its half, not by its name', () => {
  const stolen = aSigning({ since, current: { ...aFactsKey('mallory'), name: 'tests' } });
  expect(findTrustDay('tests', stolen, { record, today: '2026-12-08' })).toBe('2026-12-15');
});
