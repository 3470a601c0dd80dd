import { expect, test } from 'vitest';
import type { Immutability } from '../../../forge/store/record-store.ts';
import { recordKeys } from '../../../policy/records/record.fixture.ts';
import { judgeImmutability, judgeKeys } from './records.ts';

const aHold = (days: number, mode = 'COMPLIANCE'): Immutability => ({ kind: 'days', days, mode });

test.each<[string, Immutability | 'folder', number | undefined, string, RegExp]>([
  ['a folder holds nobody back', 'folder', 730, 'warn', /whoever may write there can change and delete/],
  ['a store without retention is told', { kind: 'none' }, 730, 'warn', /nothing there is immutable/],
  [
    'an unknown retention is told with its reason',
    { kind: 'unknown', because: 'of this' },
    730,
    'warn',
    /not known.*of this/,
  ],
  ['a retention up to the day of erasure is right', aHold(730), 730, 'pass', /immutable for 730 days \(COMPLIANCE\)$/],
  [
    'one day more, and nobody could be erased in time',
    aHold(731),
    730,
    'fail',
    /731 days.*after 730: nobody could be erased/,
  ],
  ['where nobody is erased any retention is right', aHold(3650), undefined, 'pass', /3650 days/],
  ['a retention that some may lift is said to be one', aHold(30, 'GOVERNANCE'), 730, 'pass', /which some may lift/],
  ['so is an unlocked one of Azure', aHold(30, 'Unlocked'), 730, 'pass', /which some may lift/],
])('%s', (_, found, eraseAfterDays, status, says) => {
  expect(judgeImmutability(found, eraseAfterDays)).toMatchObject({ status, says: expect.stringMatching(says) });
});

test('a kind of record that no key signs, or only one of the past, is named with the line that makes one', () => {
  const until = '2026-12-06';
  const past = recordKeys.map((key) => (key.signs === 'apply' ? { ...key, until } : key));
  expect(judgeKeys('contoso', recordKeys, '2026-12-07')).toMatchObject({ status: 'pass' });
  expect(judgeKeys('contoso', past, until)).toMatchObject({ status: 'pass' });
  expect(judgeKeys('contoso', past, '2026-12-07')).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('no key signs records of apply:'),
    fix: expect.stringContaining(
      'key new contoso --records apply | gh secret set DORMANT_RECORDS_KEY --env contoso-apply',
    ),
  });
});
