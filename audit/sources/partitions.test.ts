import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccountIndex } from './account-index.ts';
import { buildPartitionFilters } from './partitions.ts';

/** What Graph does with these filters, in some total order of names. */
function passes(filter: string | undefined, name: string): boolean {
  if (filter === undefined) return true;
  return filter.split(' and ').every((clause) => {
    const [, operator, text = ''] = /^userPrincipalName (ge|le) '(.*)'$/.exec(clause) ?? [];
    const border = text.replaceAll("''", "'");
    return operator === 'ge' ? name >= border : name <= border;
  });
}

function indexOf(names: readonly string[]) {
  const index = createAccountIndex();
  for (const name of names) index.findOrAdd(name);
  return index;
}

test('a tenant below two parts of 12 pages is listed as a whole', () => {
  const names = Array.from({ length: 23_975 }, (_, at) => `user${at}@contoso.com`);
  expect(buildPartitionFilters(indexOf(names))).toEqual([undefined]);
});

test('100,000 users are listed in eight parts of about the same size', () => {
  const names = Array.from({ length: 100_000 }, (_, at) => `user${(at * 7919) % 100_000}@contoso.com`);
  const filters = buildPartitionFilters(indexOf(names));
  expect(filters).toHaveLength(8);
  const sample = names.slice(0, 4000);
  for (const filter of filters) {
    const size = sample.filter((name) => passes(filter, name)).length;
    expect(size).toBeGreaterThan(400);
    expect(size).toBeLessThan(600);
  }
});

test('whatever the names, known to the report or not, each is in exactly one part', () => {
  const local = fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replaceAll('@', ''));
  const names = fc.uniqueArray(
    fc.tuple(local, fc.constantFrom('a.com', 'b.com')).map((parts) => parts.join('@')),
    {
      minLength: 5,
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(names, names, (reported, others) => {
      const filters = buildPartitionFilters(indexOf(reported), { mostParts: 4, pagesPerPart: 0.002 });
      for (const name of [...reported, ...others]) {
        const parts = filters.filter((filter) => passes(filter, name.toLowerCase()));
        expect(parts).toHaveLength(1);
      }
    }),
  );
});
