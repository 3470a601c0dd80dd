// After main's history was rewritten the state's note of applies is read by the new ids.
import { expect, test } from 'vitest';
import { parseCommitMap, renameCommits } from './commit-map.ts';
import type { AppliedRecord } from './key-trust.ts';
import { aFactsKey, aSigning } from './signing.fixture.ts';

const old = (letter: string) => letter.repeat(40);
const now = (letter: string) => `${letter.repeat(39)}0`;
const map = parseCommitMap(`old new\n${['a', 'b', 'c', 'd'].map((each) => `${old(each)} ${now(each)}\n`).join('')}`);

const eve = { ...aFactsKey('eve'), commit: old('d') };
const record: AppliedRecord = {
  format: 2,
  commit: old('a'),
  begun: old('b'),
  signing: aSigning({ since: old('c'), revoked: [eve] }),
  seen: {
    [aFactsKey().publicKey]: '2026-01-01',
    [eve.publicKey]: '2026-01-02',
    [old('c')]: '2026-01-03',
    [old('b')]: '2026-01-04',
  },
};

test('what was applied, the beginning of signing and revocations are called by their new ids', () => {
  expect(renameCommits(record, map)).toMatchObject({
    ...{ commit: now('a'), begun: now('b') },
    signing: { since: now('c'), revoked: [{ commit: now('d') }] },
  });
});

test('the beginning of signing and a revoked key have to be known for a week again, and a key and a proposal do not', () => {
  expect(renameCommits(record, map).seen).toEqual({ [aFactsKey().publicKey]: '2026-01-01', [now('b')]: '2026-01-04' });
});

test('a map that names none of the commits changes nothing, and applied twice it is as once', () => {
  expect(renameCommits(record, new Map())).toEqual(record);
  const once = renameCommits(record, map);
  expect(renameCommits(once, map)).toEqual(once);
});

test('a commit that went has no new id, and a file that is no map is refused', () => {
  expect(parseCommitMap(`${old('a')} ${'0'.repeat(40)}\n`)).toEqual(new Map());
  expect(() => parseCommitMap('abc def\n')).toThrow(expect.objectContaining({ code: 'commit-map', exitCode: 2 }));
});
