import { expect, test } from 'vitest';
import { foldId, type IdKey, isSameId, isSameUpn, type UserId, type UserPrincipalName } from './identifiers.ts';

const id: UserId = '6F6AD3A2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const userPrincipalName: UserPrincipalName = 'Ana.Reyes@contoso.com';

test('an id is the same in any case', () => {
  expect(foldId(id)).toBe('6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e');
  expect(isSameId(id, id.toLowerCase())).toBe(true);
  expect(isSameId(id, id.replace('6', '7'))).toBe(false);
});

test.each([
  ['Ana.Reyes@contoso.com', 'ana.reyes@CONTOSO.com', true],
  ['andr\u00e9@contoso.com', 'andre\u0301@contoso.com', true],
  ['andr\u00e9@contoso.com', 'andre@contoso.com', false],
  ['ana.reyes@contoso.com', 'ana_reyes@contoso.com', false],
])('%s and %s are one name: %s', (one, other, isSame) => {
  expect(isSameUpn(one, other)).toBe(isSame);
});

test('an id where a name is wanted, a name where an id is wanted, and an id as it was read for a key are type errors', () => {
  const known = new Map<IdKey, string>([[foldId(id), 'Ana Reyes']]);
  // @ts-expect-error An id is no name.
  expect(isSameUpn(id, userPrincipalName)).toBe(false);
  // @ts-expect-error A name is no id.
  expect(known.get(foldId(userPrincipalName))).toBeUndefined();
  // @ts-expect-error The key is the folded id.
  expect(known.get(id)).toBeUndefined();
  // @ts-expect-error No id is ever a name.
  expect(id === userPrincipalName).toBe(false);
  expect(known.get(foldId(id))).toBe('Ana Reyes');
});
