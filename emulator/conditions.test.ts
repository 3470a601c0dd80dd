import { expect, test } from 'vitest';
import { evaluateCondition, parseCondition } from './conditions.ts';

test.each([
  ['A -eq 1 -and B -eq 2', true],
  ['A -eq 1 -and B -eq 3', false],
  ['A -eq 3 -or B -eq 2', true],
  ['a -EQ "1" AND b -eq \'2\'', true],
  ['-not (A -eq 1)', false],
  ['not A -eq 3 and B -eq 2', true],
  ['A -eq 3 -or A -eq 1 -and B -eq 3', false],
  ['(A -eq 3 -or A -eq 1) -and B -eq 2', true],
  ['A -in ["3","1"]', true],
  ['A -eq "(1) -or B"', false],
])('%s is %s where A is 1 and B is 2', (text, expected) => {
  const values: Record<string, string> = { a: '1', b: '2' };
  const decided = evaluateCondition(parseCondition(text), (condition) =>
    condition.values.includes(values[condition.property.toLowerCase()] ?? ''),
  );
  expect(decided).toBe(expected);
});

test.each([
  ['-not (A -eq 1)', null],
  ['A -eq 1 -and B -eq 2', null],
  ['A -eq 1 -or B -eq 2', true],
  ['-not (A -eq 1 -and B -eq 2)', null],
])('%s is %s where only B is known', (text, expected) => {
  const decided = evaluateCondition(parseCondition(text), ({ property }) => (property === 'B' ? true : null));
  expect(decided).toBe(expected);
});

test.each(['', 'A', 'A -eq', '(A -eq 1', 'A -eq 1 B', 'A -eq 1 -and', 'A -in ["1"', 'A -eq "1'])(
  '%j is not a valid condition',
  (text) => {
    expect(() => parseCondition(text)).toThrow(SyntaxError);
  },
);
