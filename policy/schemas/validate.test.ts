import Type from 'typebox';
import { expect, test } from 'vitest';
import { Currency, DaySchema, Guid, literals, nullable, strictObject } from './parts.ts';
import { listSchemaFaults } from './validate.ts';

const Sample = strictObject({
  id: Type.Optional(Guid),
  currency: Type.Optional(Currency),
  mail: Type.Optional(Type.String({ format: 'email' })),
  kind: Type.Optional(literals(['user', 'shared'])),
  seen: Type.Optional(nullable(DaySchema)),
  person: Type.Optional(nullable(strictObject({ name: Type.String(), mail: nullable(Type.String()) }))),
  share: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  limit: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  skus: Type.Optional(Type.Array(Type.String({ maxLength: 5 }), { uniqueItems: true })),
  prices: Type.Optional(Type.Record(Type.String(), Type.Number())),
});

test.each<[string, unknown, string]>([
  ['a GUID', { id: 'x' }, 'id: found "x", allowed: a GUID such as 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e'],
  ['a currency', { currency: 'usd' }, 'currency: found "usd", allowed: an ISO 4217 code such as USD'],
  ['a mail address', { mail: 'ana' }, 'mail: found "ana", allowed: email'],
  ['a word of a list', { kind: 'usr' }, 'kind: found "usr", allowed: user, shared'],
  ['a day or nothing', { seen: '2026-02-30' }, 'seen: found "2026-02-30", allowed: a day in UTC, YYYY-MM-DD or null'],
  ['a day, not a number', { seen: 20260230 }, 'seen: found 20260230, allowed: a day in UTC, YYYY-MM-DD or null'],
  ['a person or nothing', { person: 'Ana' }, 'person: found "Ana", allowed: object or null'],
  ['a share', { share: 1.5 }, 'share: found 1.5, allowed: at most 1'],
  ['more than nothing', { limit: 0 }, 'limit: found 0, allowed: more than 0'],
  ['short names', { skus: ['ABCDEF'] }, 'skus.0: found "ABCDEF", allowed: at most 5 characters'],
  ['each name once', { skus: ['A', 'A'] }, 'skus: found ["A","A"], allowed: each item once'],
  ['a price', { prices: { A: 'x' } }, 'prices.A: found "x", allowed: number'],
])('where %s is asked for, the sentence says what was found and what is allowed', (_what, value, message) => {
  expect(listSchemaFaults(Sample, value).map((fault) => fault.message)).toEqual([message]);
});

test('inside of an object that may be null, the fault is told and not the choice', () => {
  const faults = listSchemaFaults(Sample, { person: { name: 'Lee', mail: 3, phone: 1 } });
  expect(faults).toEqual([
    { keys: ['person', 'phone'], message: 'person has no key "phone"; allowed: name, mail' },
    { keys: ['person', 'mail'], message: 'person.mail: found 3, allowed: string or null' },
  ]);
  expect(listSchemaFaults(Sample, { person: {} }).map(({ message }) => message)).toEqual([
    'person lacks "name"',
    'person lacks "mail"',
  ]);
});

const Choices = strictObject({
  groups: Type.Array(
    Type.Union([
      strictObject({ id: Guid, givesMore: Type.Optional(literals(['accepted'])) }),
      strictObject({ name: Type.String(), givesMore: Type.Optional(literals(['accepted'])) }),
    ]),
  ),
});
const either = 'allowed: an object with id or an object with name';

test.each<[string, unknown, string]>([
  ['of none of them', { nam: 'A' }, `found {"nam":"A"}, ${either}`],
  ['of both', { name: 'A', id: 'x' }, `found {"name":"A","id":"x"}, ${either}`],
  ['in no object', 'A', `found "A", ${either}`],
])(
  'where one of several objects is asked for, and the keys are those %s, the choice is told once',
  (_, entry, words) => {
    expect(listSchemaFaults(Choices, { groups: [entry] })).toEqual([
      { keys: ['groups', 0], message: `groups.0: ${words}` },
    ]);
  },
);

test('of the object whose key is there the fault itself is told, each entry of a list by itself', () => {
  const good = { name: 'A' };
  const groups = [good, { id: 'x' }, ...Array(8).fill(good), { name: 'A', givesMore: 'yes' }];
  expect(listSchemaFaults(Choices, { groups }).map(({ message }) => message)).toEqual([
    'groups.1.id: found "x", allowed: a GUID such as 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
    'groups.10.givesMore: found "yes", allowed: accepted',
  ]);
});

test('keys lead to the value: numbers for lists, and slashes in names survive', () => {
  expect(listSchemaFaults(Sample, { skus: ['A', 7] })[0]?.keys).toEqual(['skus', 1]);
  expect(listSchemaFaults(Sample, { prices: { 'a/b~c': 'x' } })[0]?.keys).toEqual(['prices', 'a/b~c']);
});

test('a long value is cut in the sentence', () => {
  const [fault] = listSchemaFaults(Sample, { kind: 'x'.repeat(1000) });
  expect(fault?.message.length).toBeLessThan(120);
});

test('a value that fits has no faults, and an absent one may be absent', () => {
  expect(listSchemaFaults(Sample, {})).toEqual([]);
  expect(listSchemaFaults(Sample, { seen: null, person: null, share: 0.05, skus: [] })).toEqual([]);
});
