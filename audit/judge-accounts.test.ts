import { expect, test } from 'vitest';
import type { Evidence } from '../policy/evidence.ts';
import { anAccount, aRun, daysAgo, lastSeen, signedIn, theRules } from '../policy/tenant.fixture.ts';
import { createAccountSorter } from './judge-accounts.ts';

const silent = anAccount({
  usage: lastSeen({ exchange: daysAgo(200) }),
  signIns: signedIn(daysAgo(200)),
});

function sortedTwice(first: Evidence, again: Evidence) {
  const sorter = createAccountSorter(theRules(), aRun(), new Set());
  sorter.take(first);
  sorter.takeAgain(again);
  return sorter.getSorted();
}

test('the same account again changes nothing', () => {
  const { counts, inactive } = sortedTwice(silent, structuredClone(silent));
  expect(inactive).toMatchObject([{ evidence: silent }]);
  expect(counts).toMatchObject({ accounts: 1, verdicts: { inactive: 1 } });
});

test.each<[string, Partial<Evidence>]>([
  ['another title', { jobTitle: 'Chief Executive Officer' }],
  ['blocked', { accountEnabled: false }],
  ['without its licences', { licenses: [] }],
  ['another sign-in', { signIns: signedIn(daysAgo(120)) }],
  ['a property that cannot be read', { incomplete: ['mail'] }],
])('an account that comes again with %s is doubtful', (_, change) => {
  const { counts, inactive } = sortedTwice(silent, { ...silent, ...change });
  expect(inactive).toEqual([]);
  expect(counts.reasons['account-incomplete']).toBe(1);
});

test('of two readings of which a crowded page left the sign-ins out of one, the other holds', () => {
  const crowded: Evidence = { ...silent, signIns: { kind: 'missing' } };
  expect(sortedTwice(silent, crowded).inactive).toMatchObject([{ evidence: silent }]);
  expect(sortedTwice(crowded, silent).inactive).toMatchObject([{ evidence: silent }]);
  const back: Evidence = { ...silent, signIns: signedIn(daysAgo(3)) };
  expect(sortedTwice(crowded, back).counts.verdicts.active).toBe(1);
});
