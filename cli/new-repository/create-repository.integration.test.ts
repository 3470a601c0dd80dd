import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    const { folder, next } = await make(main);
    const limited = (await readWorkflows(folder)).filter(({ branches }) => branches.length > 0);
    expect(limited.map(({ path, branches }) => [path.split('/').at(-1), new Set(branches)])).toEqual(
      ['apply.yml', 'ask.yml', 'ci.yml', 'exemption.yml'].map((file) => [file, new Set([name])]),
    );
    expect(next[1]).toContain(`git init --initial-branch=${name} `);
  },
);
