import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { listMissingMigrations, type Migration, migrateYaml } from './migrate-yaml.ts';

const steps: Migration[] = [
  { to: 2, does: 'seconds are named', migrate: ({ wait, ...rest }) => ({ ...rest, wait, seconds: wait }) },
  { to: 3, does: 'wait goes', migrate: ({ wait: _, ...rest }) => rest },
];
const migrate = (text: string) => migrateYaml({ text, document: parseDocument(text) }, steps);

test('a file goes through each step from its own format on, and keeps its comments and its order', () => {
  expect(migrate('# ours\nwait: 5 # long enough\nname: a\n')).toEqual({
    text: '# ours\nname: a\nseconds: 5\nformat: 3\n',
    done: steps,
  });
  expect(migrate('format: 2 # of our own\nwait: 5\nseconds: 7\n')).toEqual({
    text: 'format: 3 # of our own\nseconds: 7\n',
    done: [steps[1]],
  });
});

test('a file of the newest format stays as it is, to the last byte', () => {
  const text = "format:   3\n\nname: 'a'  # two spaces\n";
  expect(migrate(text)).toEqual({ text, done: [] });
});

test('every format that a version writes has the migration that leads to it', () => {
  expect(listMissingMigrations()).toEqual([]);
});
