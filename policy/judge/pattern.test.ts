import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureCost } from '../cost.fixture.ts';
import { findFirstMatch, isMatch } from './pattern.ts';

test.each([
  ['chief * officer', 'Chief Executive Officer', true],
  ['chief * officer', 'Chief Officer', false],
  ['chief*', 'chief', true],
  ['vp *', 'VP', false],
  ['svc-*', 'svc-', true],
  ['svc-*', 'asvc-b', false],
  ['*@labs.contoso.com', 'ana@labs.contoso.com', true],
  ['*@labs.contoso.com', 'ana@labs.contoso.com.evil.com', false],
  ['user?@contoso.com', 'user7@contoso.com', true],
  ['user?@contoso.com', 'user@contoso.com', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a.c', 'abc', false],
  ['[a-z]+', '[a-z]+', true],
  ['josé', 'JOSE\u0301', true],
])('the pattern %j matches %j: %s', (pattern, text, expected) => {
  expect(isMatch(pattern, text)).toBe(expected);
});

/** The definition, as slow as it is plain. */
function naive(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('*')) return naive(rest, text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(rest, text.slice(1));
}

test('agrees with the plain definition on any pattern and text', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '@', '*', '?'), maxLength: 9 });
  fc.assert(
    fc.property(few, few, (pattern, text) => {
      expect(isMatch(pattern, text)).toBe(naive(pattern, text));
    }),
    { numRuns: 5000 },
  );
});

test('case never makes a difference, and every text matches itself and *', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((t) => !/[*?]/.test(t));
  fc.assert(
    fc.property(text, (t) => {
      expect(isMatch(t, t)).toBe(true);
      expect(isMatch(t.toLowerCase(), t)).toBe(true);
      expect(isMatch('*', t)).toBe(true);
    }),
  );
});

test('a pattern made to backtrack costs no more than its length times the text’s', () => {
  const pattern = `${'*a'.repeat(127)}b`;
  const text = 'a'.repeat(20_000);
  // The naive matcher and most regular expressions would not come back from this; this takes a millisecond.
  expect(measureCost(() => expect(isMatch(pattern, text)).toBe(false))).toBeLessThan(1000);
});

test('the first pattern that matches is named as it was written', () => {
  expect(findFirstMatch(['ceo', 'Chief *', 'chief*'], 'chief of staff')).toBe('Chief *');
  expect(findFirstMatch(['ceo'], 'cfo')).toBeNull();
  expect(findFirstMatch(['*'], null)).toBeNull();
  expect(findFirstMatch([], 'ceo')).toBeNull();
});

test('a list of patterns answers the same when it is asked again', () => {
  const patterns = ['CEO', 'board *'];
  expect(findFirstMatch(patterns, 'Board member')).toBe('board *');
  expect(findFirstMatch(patterns, 'ceo')).toBe('CEO');
});
