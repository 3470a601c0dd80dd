import { assert, constantFrom, integer, pre, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { DEFAULT_SWITCHES } from '../options.ts';
import { buildRhythm, findLastDay } from './activity.ts';
import { kinds } from './kinds/catalogue.ts';
import { createPermutation } from './permutation.ts';
import { createTenant } from './tenant.ts';

const tenant = (users: number, seed: string | number = 'a') =>
  createTenant({
    seed,
    users,
    people: [],
    clock: createClock('2026-12-07T08:00:00Z'),
    switches: { ...DEFAULT_SWITCHES },
  });
const million = tenant(1_000_000);

test('a permutation is undone, for any seed and any number below its range', () => {
  assert(
    property(integer(), constantFrom(16, 20, 32), integer({ min: 0 }), (seed, bits, value) => {
      const shuffle = createPermutation(seed, bits);
      const number = value % 2 ** bits;
      const shuffled = shuffle.apply(number);
      return shuffled >= 0 && shuffled < 2 ** bits && shuffle.undo(shuffled) === number;
    }),
  );
});

test('anybody of a million is found by object id and by UPN', () => {
  assert(
    property(integer({ min: 0, max: 999_999 }), (index) => {
      const { id, userPrincipalName } = million.people.get(index);
      if (!million.people.has(index) || userPrincipalName === 'rene.twice@contoso.com') return true;
      const byUpn = million.people.find(userPrincipalName.toUpperCase());
      return million.people.find(id)?.index === index && byUpn?.index === index;
    }),
  );
});

test('no made-up id or UPN leads to anybody', () => {
  const named = new Set(kinds.map((_, at) => million.people.get(at).userPrincipalName.toLowerCase()));
  assert(
    property(string(), (text) => {
      const upn = `${text}@contoso.com`;
      // One of the named people is called con@contoso.com.
      pre(!named.has(upn.toLowerCase()));
      return million.people.find(text) === undefined && million.people.find(upn) === undefined;
    }),
  );
  const { id } = million.people.get(5000);
  expect(million.people.find(`${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
});

test('no two of a hundred thousand share a UPN', () => {
  const upns = new Set<string>();
  for (let index = kinds.length; index < 100_000; index += 1) upns.add(million.people.get(index).userPrincipalName);
  expect(upns.size).toBe(100_000 - kinds.length);
});

test('the same seed makes the same tenant, another one another', () => {
  const names = (seed: string) =>
    Array.from({ length: 300 }, (_, index) => tenant(300, seed).people.get(index).userPrincipalName);
  expect(names('a')).toEqual(names('a'));
  expect(names('a').slice(kinds.length)).not.toEqual(names('b').slice(kinds.length));
});

test('people do not change when the tenant grows', () => {
  const small = tenant(1000).people.get(900);
  expect(million.people.get(900).id).toBe(small.id);
  expect(million.people.get(900).displayName).toBe(small.displayName);
});

test('every manager is somebody who exists, and the line ends at the top', () => {
  const { people } = million;
  for (let index = 0; index < 3000; index += 1) {
    let person = people.get(index);
    for (let step = 0; person.managerId !== null; step += 1) {
      const boss = people.find(person.managerId);
      expect(boss, `the manager of ${person.userPrincipalName}`).toBeDefined();
      expect(step).toBeLessThan(20);
      if (!boss) break;
      person = boss;
    }
  }
});

test('all kinds are there by name, and a tenant too small for them is refused', () => {
  expect(kinds.map((kind) => million.people.requireKind(kind).kind)).toEqual(kinds);
  expect(() => tenant(kinds.length - 1)).toThrow(`at least ${kinds.length} users`);
});

test('somebody active stays active as days go by, a rhythm never skips a beat', () => {
  assert(
    property(
      integer({ min: 1, max: 30 }),
      integer({ min: 0, max: 999 }),
      integer({ min: 20_000, max: 21_000 }),
      (every, phase, day) => {
        const last = findLastDay(buildRhythm(every, phase), day);
        return last !== null && last <= day && day - last < every;
      },
    ),
  );
});
