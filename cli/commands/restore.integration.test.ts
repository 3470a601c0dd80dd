import { readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { checkStackFiles } from '../check/check-stack.ts';
import { createRestoreCommand } from './restore.ts';

let stack: AStack;
const lines: string[] = [];
const printed = () => lines.join('\n');
beforeEach(async () => {
  stack = await aStack([aPerson()]);
  vi.spyOn(console, 'log').mockImplementation((line) => lines.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  lines.length = 0;
  return stack.remove();
});

const restore = (account: string) =>
  new Command('dormant')
    .option('--repo <folder>', '', stack.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .exitOverride()
    .addCommand(createRestoreCommand().exitOverride())
    .parseAsync(['restore', 'contoso', account, '--in-file', '--reason', 'back after a year'], { from: 'user' });

const who = ['-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com'];
const git = (...args: string[]) => execa('git', ['-C', stack.root, ...who, ...args]);

/** As the audit leaves it half a year after the licences went, merged. */
async function archived(): Promise<{ path: string; archive: string }> {
  const path = await stack.at('delicense');
  const archive = path.replace('/accounts/', '/archive/');
  await stack.write(archive, '');
  await rename(join(stack.root, path), join(stack.root, archive));
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=archive');
  return { path, archive };
}

test('who is in the archive comes out of it, and the check lets that pass', async () => {
  const { path, archive } = await archived();
  await restore('ana.reyes@contoso.com');
  expect(await stack.read(path)).toContain('stage: restore');
  await expect(stack.read(archive)).rejects.toThrow('ENOENT');
  await git('add', '--all');
  expect(await checkStackFiles({ repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-07-01' })).toEqual([]);
});

test('whose file is named by id is found by address in the archive, and comes out under the same name', async () => {
  const { archive } = await archived();
  const { id } = aPerson().evidence;
  const [byId, path] = ['archive', 'accounts'].map((folder) => `stacks/contoso/${folder}/${id}.yaml`);
  await git('mv', archive, byId ?? '');
  await git('commit', '--quiet', '--message=by id');
  await restore('ana.reyes@contoso.com');
  expect(await stack.read(path ?? '')).toContain('stage: restore');
});

test('a new file that asks for a restore of somebody from whom main never took anything does not pass', async () => {
  const path = await stack.at('notify');
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=notify');
  await git('rm', '--quiet', path);
  await git('commit', '--quiet', '--message=forget');
  await stack.at('restore');
  const query = { repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-07-01' };
  expect(await checkStackFiles(query)).toMatchObject([{ path, code: 'stage-jump' }]);
});

test('a name that somebody else has taken since is left to them: the account comes back under another one', async () => {
  const { path, archive } = await archived();
  const id = '00000000-0000-4000-8000-000000000001';
  const theirs = (await stack.read(archive)).replaceAll(/id: [0-9a-f-]{36}/g, `id: ${id}`);
  await stack.write(path, theirs);
  await restore(archive);
  expect(await stack.read(path)).toBe(theirs);
  await expect(stack.read(archive)).rejects.toThrow('ENOENT');
  const [other = ''] = (await readdir(join(stack.root, dirname(path)))).filter((name) => !path.endsWith(name));
  expect(await stack.read(`${dirname(path)}/${other}`)).toContain('stage: restore');
});

/** Main has had the file at disable, and has none of it now. */
async function takenOut(signing = true): Promise<{ path: string; text: string; commit: string }> {
  await git('init', '--quiet', '--initial-branch=main');
  if (!signing) {
    const tenant = 'stacks/contoso/tenant.yaml';
    await stack.write(tenant, (await stack.read(tenant)).replace(/^signing:.*\n/m, ''));
  }
  const path = await stack.at('review');
  await commit('review');
  await stack.at('disable');
  const text = await stack.read(path);
  const at = await commit('disable');
  await git('rm', '--quiet', path);
  await commit('taken out');
  return { path, text, commit: at };
}

async function commit(message: string): Promise<string> {
  await git('add', '--all');
  await git('commit', '--quiet', `--message=${message}`);
  return (await git('rev-parse', 'HEAD')).stdout;
}

test('somebody whose file main no longer has is found in its history, and comes back as an audit signed it', async () => {
  const { path, text, commit: at } = await takenOut();
  await restore('ana.reyes@contoso.com');
  const restored = await stack.read(path);
  expect(restored).toContain('stage: restore');
  expect(restored.match(/^signed: .*/m)?.[0]).toBe(text.match(/^signed: .*/m)?.[0]);
  expect(printed()).toContain(`how it stood at disable in commit ${at.slice(0, 12)}`);
  await git('add', '--all');
  expect(await checkStackFiles({ repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-07-01' })).toEqual([]);
});

test('what came to main by nobody’s signature is not what somebody is given back', async () => {
  const { path, text } = await takenOut();
  await stack.write(
    path,
    text.replace(/accountEnabled: true/, 'accountEnabled: false').replace('disable', 'delicense'),
  );
  await commit('a push');
  await git('rm', '--quiet', path);
  await commit('taken out');
  await restore('ana.reyes@contoso.com');
  expect(await stack.read(path)).toContain('restore:\n  accountEnabled: true');
});

test('without a key the last version that took is written, and nobody vouches for it', async () => {
  const { path } = await takenOut(false);
  await restore('ana.reyes@contoso.com');
  expect(await stack.read(path)).toContain('stage: restore');
  expect(printed()).toContain('nobody vouches');
});

test('who never lost anything by main, or was never on it, is not found', async () => {
  await git('init', '--quiet', '--initial-branch=main');
  const path = await stack.at('notify');
  await commit('notify');
  await git('rm', '--quiet', path);
  await commit('taken out');
  for (const name of ['ana.reyes@contoso.com', 'bo@contoso.com'])
    await expect(restore(name)).rejects.toMatchObject({ code: 'no-such-account', exitCode: 2 });
});

test('a name that two accounts had in turn asks for the object id', async () => {
  const { path, text } = await takenOut();
  const id = '00000000-0000-4000-8000-000000000001';
  await stack.write(path, text.replaceAll(/id: [0-9a-f-]{36}/g, `id: ${id}`));
  await commit('a namesake');
  await git('rm', '--quiet', path);
  await commit('taken out');
  await expect(restore('ana.reyes@contoso.com')).rejects.toMatchObject({
    code: 'no-such-account',
    message: expect.stringContaining(id),
  });
});
