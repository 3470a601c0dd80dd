import { expect, test } from 'vitest';
import { mergeGenerated, type Versions } from './merge-generated.ts';

const decide = (versions: Versions, merged: string | null = null) => mergeGenerated(versions, async () => merged);

test.each<[string, Versions, object]>([
  ['nothing is new', { base: 'a', ours: 'mine', theirs: 'a' }, { kind: 'unchanged' }],
  ['the team has it already', { base: 'a', ours: 'b', theirs: 'b' }, { kind: 'unchanged' }],
  ['it is new', { base: null, ours: null, theirs: 'b' }, { kind: 'added', text: 'b' }],
  ['only the new version changes it', { base: 'a', ours: 'a', theirs: 'b' }, { kind: 'updated', text: 'b' }],
  ['it is dropped', { base: 'a', ours: 'a', theirs: null }, { kind: 'removed' }],
  ['both have dropped it', { base: 'a', ours: null, theirs: null }, { kind: 'unchanged' }],
])('a generated file when %s', async (_, versions, outcome) => {
  expect(await decide(versions)).toEqual(outcome);
});

test.each<[string, Versions]>([
  ['you have removed it', { base: 'a', ours: null, theirs: 'b' }],
  ['you have changed it', { base: 'a', ours: 'mine', theirs: null }],
  ['you have a file of that name', { base: null, ours: 'mine', theirs: 'b' }],
  ['the same lines', { base: 'a', ours: 'mine', theirs: 'b' }],
])('a file that nobody but the team can decide about is left, and named: %s', async (words, versions) => {
  expect(await decide(versions)).toEqual({ kind: 'left', because: expect.stringContaining(words) });
});

test('where both have changed it, the lines of both are in it', async () => {
  expect(await decide({ base: 'a', ours: 'mine', theirs: 'b' }, 'both')).toEqual({ kind: 'merged', text: 'both' });
});
