import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aRepository } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const adele = 'stacks/contoso/accounts/adele.yaml';
const program = join(import.meta.dirname, 'tell-code-change.ts');

it.each([
  ['a proposal', 'pull_request', { [adele]: 'stage: disable\n' }, 'false'],
  ['a proposal with a workflow', 'pull_request', { [adele]: null, '.github/workflows/ci.yml': 'on: push\n' }, 'true'],
  ['code that moves to where an account file was', 'pull_request', { 'cli/a.ts': null, [adele]: 'code\n' }, 'true'],
  ['a merged proposal', 'push', { [adele]: null }, 'true'],
])('%s, at a %s', async (_what, event, changes, code) => {
  const { bare, commit, remove } = await aRepository({ 'cli/a.ts': 'code\n', [adele]: 'stage: notify\n' });
  await commit('main', changes);
  const GITHUB_OUTPUT = join(bare, 'output');
  const env = { PATH: process.env.PATH, GITHUB_EVENT_NAME: event, GITHUB_OUTPUT };
  await execa(process.execPath, [program], { cwd: bare, env, extendEnv: false });
  expect(await readFile(GITHUB_OUTPUT, 'utf8')).toBe(`code=${code}\n`);
  await remove();
});
