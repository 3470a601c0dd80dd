import { expect, test } from 'vitest';
import { createNameHider, type KnownPerson } from './hide-names.ts';

const ana: KnownPerson = {
  id: '6f6ad3a2-0000-4000-8000-00000000000a',
  displayName: 'Ana Reyes',
  userPrincipalName: 'ana.reyes@contoso.com',
  mail: 'a.reyes@contoso.com',
  givenName: 'Ana',
  surname: 'Reyes',
};
const lee: KnownPerson = { id: null, displayName: 'Lee Park', mail: 'lee.park@contoso.com' };
const will: KnownPerson = { id: '77777777-0000-4000-8000-00000000000b', displayName: 'Will No' };
const yamada: KnownPerson = { id: '88888888-0000-4000-8000-00000000000c', displayName: '山田太郎' };
const sales: KnownPerson = { id: '99999999-0000-4000-8000-00000000000d', displayName: 'Sales' };
const people = [ana, lee, will, yamada, sales];

const initials = createNameHider('initials', people);
const idOnly = createNameHider('id-only', people);

test.each([
  ['Ana Reyes is on leave', 'A. R. · 6f6ad3a2 is on leave'],
  ['ANA REYES is on leave', 'A. R. · 6f6ad3a2 is on leave'],
  ['ask Lee Park, or Ana Reyes', 'ask L. P., or A. R. · 6f6ad3a2'],
  ['policy.yaml lists "ana.reyes@contoso.com"', 'policy.yaml lists "A. R. · 6f6ad3a2"'],
  ['write to A.REYES@contoso.com', 'write to A. R. · 6f6ad3a2'],
  ['write to nobody.known@contoso.com', 'write to (an address)'],
  [
    'is also in stacks/contoso/archive/Ana Reyes.yaml; one goes',
    'is also in stacks/contoso/archive/(a file); one goes',
  ],
  ['with 山田太郎さん', 'with 山. · 88888888さん'],
  // A department, a title and a longer name that only look like one.
  ['the department Reyes, and Ana Reyesson', 'the department Reyes, and Ana Reyesson'],
  ['no activity in Sales; will be asked', 'no activity in Sales; will be asked'],
  ['', ''],
])('%s: nobody who is known is named', (text, shown) => {
  expect(initials(text)).toBe(shown);
});

test('by id only, an id stands for who has one, and the rest is a name', () => {
  expect(idOnly('Ana Reyes and Lee Park')).toBe(`${ana.id} and (a name)`);
});

test('a file that is named by an id is named', () => {
  const path = 'stacks/contoso/accounts/6f6ad3a2-0000-4000-8000-00000000000a.yaml';
  expect(idOnly(`see ${path}.`)).toBe(`see ${path}.`);
});

test('a sentence about somebody has no word of their name, and keeps everybody else’s words', () => {
  expect(initials('Reyes is back, Ana says', [ana])).toBe('A. R. · 6f6ad3a2 is back, A. R. · 6f6ad3a2 says');
  expect(initials('Park is back', [ana])).toBe('Park is back');
  expect(initials('no activity; will be asked, Will', [will])).toBe('no activity; will be asked, W. N. · 77777777');
});

test('of two people with one name nobody is meant for certain', () => {
  const other = {
    ...ana,
    id: '11111111-0000-4000-8000-00000000000e',
    userPrincipalName: 'ana2@contoso.com',
    mail: null,
  };
  const hide = createNameHider('initials', [ana, other]);
  expect(hide('Ana Reyes is back')).toBe('(a name) is back');
  expect(hide('Ana Reyes is back', [other])).toBe('(a name) is back');
});

test('a letter that has more signs in lower case moves no other one', () => {
  const deniz = { id: ana.id, displayName: 'İlkay Reyes' };
  expect(createNameHider('initials', [deniz])('İİ: İlkay Reyes, İ')).toBe('İİ: İ. R. · 6f6ad3a2, İ');
});
