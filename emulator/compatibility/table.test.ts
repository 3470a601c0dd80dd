import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clients, clientsFolder } from './clients.ts';
import { readPinnedVersion } from './run-client.ts';
import { readRows, renderRow, replaceTable } from './table.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('every folder of a client is run, and the README has a row for each with the version that the folder pins', () => {
  const folders = readdirSync(clientsFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const named = clients.map((client) => [client.folder, client.package, readPinnedVersion(client), client.reach]);
  expect(named.map(([folder]) => folder).toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
  const rows = readRows(readme).map((row) => row.split(' | ').slice(0, 4));
  expect(rows).toEqual(named.map(([folder, ...others]) => [`| ${folder}`, ...others]));
});

test('all of them ran, and no step of any failed', () => {
  expect(readRows(readme).filter((row) => /not run|\*\*fails/.test(row))).toEqual([]);
});

test('a row says what was done, what the client does not have, and why a step failed, on one line', () => {
  const run = { client: 'a', package: 'b', version: '1', reach: 'proxy', notRun: null, refused: [] } as const;
  const row = renderRow({
    ...run,
    steps: [
      { step: 'sign-in', outcome: 'passed', did: 'secret' },
      { step: 'certificate', outcome: 'passed', did: 'certificate' },
      { step: 'users', outcome: 'failed', did: 'no\n| way' },
      { step: 'batch', outcome: 'absent', did: 'no batch' },
    ],
  });
  expect(row).toBe(
    '| a | b | 1 | proxy | secret, certificate | **fails**: no / way | – | _no batch_ | – | – | – | – | – | – |',
  );
  expect(renderRow({ ...run, notRun: 'no cargo', steps: [] })).toContain('| not run | not run |');
});

test('a new table takes the place of the old one', () => {
  expect(readRows(replaceTable(readme, 'x\ny\nz'))).toEqual(['z']);
  expect(replaceTable(replaceTable(readme, 'x'), 'x')).toBe(replaceTable(readme, 'x'));
});
