import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInput } from '../../policy/errors.ts';
import { parseAccountFile, serialiseAccountFile } from '../../policy/files/account-file.ts';
import { anyAccountFile } from '../../policy/random-file.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { createBlobReader } from './read-blob.ts';

/** What people and attackers put into a file: another stage in a comment, in a text, in quotes, over two lines. */
const anyInsert = fc.constantFrom(
  ...[
    'stage: disable\n',
    '"stage": review\n',
    '# stage: keep\n',
    '"\nstage: review"',
    '\r\n',
    '\n',
    ' ',
    '\t',
    '"',
    "'",
  ],
  ...['{', '}', ', ', ': ', '- ', '|\n', '>\n', '#', '&a ', '*a', '!!str ', '---\n', '...\n', '\uFEFF', '\u0000', 'é'],
);
const anyEdit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removes: fc.nat(30), inserts: anyInsert });

function edit(text: string, { at, removes, inserts }: { at: number; removes: number; inserts: string }): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserts + text.slice(start + removes);
}

test('what history reads of a version is what the parser of account files reads, or the version is invalid', () => {
  let valid = 0;
  fc.assert(
    fc.property(anyAccountFile, fc.array(anyEdit, { maxLength: 2 }), (file, edits) => {
      const text = edits.reduce(edit, serialiseAccountFile(file));
      const found = createBlobReader(new Map([['blob', text]]))('blob');
      expect(found).toEqual(parseOrNull(text));
      if (found !== null) valid += 1;
    }),
    { numRuns: 400 },
  );
  expect(valid).toBeGreaterThan(40);
});

function parseOrNull(text: string): AccountFile | null {
  try {
    return parseAccountFile('ana.yaml', text);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    return null;
  }
}

test('a blob that is none, or no text, is no account file', () => {
  const read = createBlobReader(new Map([['blob', 'mailbox: shared']]));
  expect([read(null), read('other'), read('blob')]).toEqual([null, null, null]);
});
