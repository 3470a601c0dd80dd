import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { readWorkflows } from '../doctor/workflows.ts';
import { createRepository } from './create-repository.ts';

async function make(main?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'new-repository-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return createRepository(folder, { main, hasLockfile: false, say: () => {} });
}

test.each([
  [undefined, 'main'],
  ['trunk', 'trunk'],
  ['2026/next', '2026/next'],
])(
  'a new repository whose default branch is %s: what a push or a pull request starts, starts on it',
  async (main, name) => {
    const { folder } = await make(main);
    const limited = (await readWorkflows(folder)).filter(({ branches }) => branches.length > 0);
    expect(limited.map(({ path, branches }) => [path.split('/').at(-1), new Set(branches)])).toEqual(
      ['apply.yml', 'ask.yml', 'ci.yml', 'exemption.yml'].map((file) => [file, new Set([name])]),
    );
    const { stdout } = await execa('git', ['-C', folder, 'symbolic-ref', '--short', 'HEAD']);
    expect(stdout).toBe(name);
  },
);

test('what the guides write beside the repository’s files is ignored by git', async () => {
  const { folder } = await make();
  await execa('git', ['-C', folder, 'init', '--quiet']);
  const ignored = async (path: string) =>
    (await execa('git', ['-C', folder, 'check-ignore', '--quiet', path], { reject: false })).exitCode === 0;
  for (const path of ['outputs.json', 'exchange.ps1', 'history.json', 'import.json', 'out/contoso/audit.json'])
    expect([path, await ignored(path)]).toEqual([path, true]);
  for (const path of ['bootstrap/Pulumi.contoso.yaml', 'stacks/contoso/tenant.yaml'])
    expect([path, await ignored(path)]).toEqual([path, false]);
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toMatch(/\n$/);
});
