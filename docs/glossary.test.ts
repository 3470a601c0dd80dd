// A word of the glossary is one that the code or a YAML file uses: in an identifier, a key or a text, not only in a comment.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\*\*.+?\*\*) \| (.+?) \|/gm)].map(([, words = '', meaning = '']) => ({
  words: [...words.matchAll(/\*\*(.+?)\*\*/g)].map(([, word = '']) => word),
  meaning,
}));
const terms = rows.flatMap(({ words }) => words);

const code = globSync('{audit,policy,stacks,graph,forge,cli,emulator}/**/*.{ts,yaml}', { cwd: root })
  .filter((path) => !/\.(test|fixture)\.ts$/.test(path))
  .map((path) => removeComments(readFileSync(join(root, path), 'utf8')))
  .join('\n');

/** Lines that are nothing but a comment: what a sentence of theirs says, nobody calls so. */
function removeComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*|#)/.test(line))
    .join('\n');
}

test('has the words that a stranger needs, each once and in a line', () => {
  expect(terms.length).toBeGreaterThan(30);
  expect(new Set(terms).size).toBe(terms.length);
  expect(rows.filter(({ meaning }) => meaning.length > 220)).toEqual([]);
});

test.each(terms)('%s occurs in the code', (term) => {
  // `apply note` is applyNote, apply-note and apply_note, too; `concealment` begins like `concealed`.
  const spelled = term.replace(/(?<=.{6})ment$/, '').split(/[ -]/);
  expect(code).toMatch(new RegExp(spelled.join('[ _-]?'), 'i'));
});
