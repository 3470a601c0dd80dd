import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Wrong arguments of people and scripts: each ends at once with a sentence and exit code 2, and writes nothing.

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dormant-arguments-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function typed(...args: string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [dormant, ...args], {
    cwd: folder,
    env: { GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

test.each([
  ...['audit', 'conceal', 'propose', 'apply'].map((command) => [command, '--', '../contoso']),
  ['restore', '../contoso', 'ana@contoso.com', '--reason', 'x'],
  ['audit'],
  ['audit', 'contoso', '--unknown'],
  ['audit', 'contoso', '--today'],
  ['exempt', '--from-issue', '1; rm -rf /'],
  ['nothing-of-the-kind'],
  ['--repo'],
])('dormant %j %j %j is refused with a sentence', { concurrent: true }, async (...args) => {
  const { exitCode, stderr } = await typed(...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/\S/) });
  expect(stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(await readdir(folder)).toEqual([]);
});

test('a reader that has seen enough is no error', async () => {
  const { exitCode, stderr } = await execa(
    'bash',
    ['-c', 'set -o pipefail; "$0" "$1" --help | true', process.execPath, dormant],
    { cwd: folder },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
