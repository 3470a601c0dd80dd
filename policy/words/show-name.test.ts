import { expect, test } from 'vitest';
import { findHidingStyle, formatInitials, formatShownName, toShownPerson } from './show-name.ts';

const id = '6F6AD3A2-0000-4000-8000-00000000000a';

test.each([
  ['Ana Reyes', 'A. R.'],
  ['ana reyes', 'A. R.'],
  ['Ana María de la Cruz', 'A. C.'],
  ['Madonna', 'M.'],
  ['Dr. Ana Reyes', 'A. R.'],
  ['Prof. Dr.-Ing. Ana Reyes', 'A. R.'],
  ['Ana Reyes (Contractor)', 'A. R.'],
  ['Ana Reyes [EXT]', 'A. R.'],
  ['Reyes, Ana', 'A. R.'],
  ['Reyes, Ana (Sales)', 'A. R.'],
  ['Ana Reyes, Sales and Marketing', 'A. R.'],
  ['Ana  Reyes', 'A. R.'],
  ["O'Neil", 'O.'],
  ['élodie Ångström', 'É. Å.'],
  // A letter and its accent, written as two signs.
  ['E\u0301lodie A\u030angstro\u0308m', 'É. Å.'],
  // An accent that no composed letter has stays with its letter.
  ['q\u0323ana reyes', 'Q\u0323. R.'],
  ['محمد علي', 'م. ع.'],
  ['山田 太郎', '山. 太.'],
  ['山田太郎', '山.'],
  ['김 철수', '김. 철.'],
  // Beyond the first plane: two code units, one letter.
  ['𠮷野 家', '𠮷. 家.'],
  ['𐐷𐐰 Smith', '𐐏. S.'],
  // A family is one grapheme of seven signs.
  ['👨‍👩‍👧‍👦 Reyes', '👨‍👩‍👧‍👦. R.'],
  ['स्नेहा देवी', 'स्ने. दे.'],
  ['Dr.', 'D.'],
  ['(Ana)', 'A.'],
  ['7 Eleven', '7. E.'],
  ['svc-backup', 'S.'],
  ['  ', ''],
  ['', ''],
  ['---', ''],
  ['\uD800', ''],
])('the initials of %s are %s', (name, initials) => {
  expect(formatInitials(name)).toBe(initials);
});

test('two people with the same initials are told apart by the start of their ids', () => {
  expect(formatShownName('initials', { id, displayName: 'Ana Reyes' })).toBe('A. R. · 6f6ad3a2');
  expect(toShownPerson('initials', { id, displayName: 'Ana Reyes' })).toEqual({
    displayName: 'A. R.',
    userPrincipalName: '6f6ad3a2',
  });
});

test('somebody without a name is called by the start of the id', () => {
  expect(formatShownName('initials', { id, displayName: '' })).toBe('6f6ad3a2');
});

test('by id only, nothing of the name is left', () => {
  expect(formatShownName('id-only', { id, displayName: 'Ana Reyes' })).toBe(id);
  expect(toShownPerson('id-only', { id, displayName: 'Ana Reyes' })).toEqual({
    displayName: '',
    userPrincipalName: id,
  });
});

test.each([
  ['initials', 'L. P.'],
  ['id-only', 'their manager'],
] as const)('with %s, a manager whose id is not known is %s', (style, shown) => {
  expect(formatShownName(style, { id: null, displayName: 'Lee Park' }, 'their manager')).toBe(shown);
});

test.each([
  [undefined, null],
  [{}, null],
  [{ names: 'full' }, null],
  [{ names: 'initials' }, 'initials'],
  [{ names: 'id-only' }, 'id-only'],
] as const)('the policy’s privacy %j hides names as %s', (privacy, style) => {
  expect(findHidingStyle(privacy === undefined ? {} : { privacy })).toBe(style);
});
