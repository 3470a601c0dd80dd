// The keys of a stack by their commands, on a real clone: what tenant.yaml says, and who ever sees a private half.
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPrivateKey, verifySignature } from '../../forge/facts-key.ts';
import { loadTenant } from '../../policy/files/stack-files.ts';
import type { Signing } from '../../policy/schemas/signing.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { aRepository, type ScratchRepository } from '../init/repository.fixture.ts';
import { readToday } from '../today.ts';
import { createKeyCommand } from './key.ts';

const path = 'stacks/contoso/tenant.yaml';
let repository: ScratchRepository;

beforeEach(async () => {
  repository = await aRepository();
  const flags = ['--tenant-id', '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', '--sender', 'it@contoso.com'];
  const ids = ['--audit-client-id', 'aaaaaaaa-0000-4000-8000-000000000001'];
  ids.push('--apply-client-id', 'aaaaaaaa-0000-4000-8000-000000000002');
  const { exitCode } = await dormant('init', 'contoso', ...flags, ...ids, '--reviewers', '@contoso/it');
  expect(exitCode).toBe(0);
  await git('init', '--quiet', '--initial-branch=main');
  await commit('adopt');
});
const wasTerminal = process.stdout.isTTY;
afterEach(() => {
  process.stdout.isTTY = wasTerminal;
  return repository.remove();
});

const program = join(import.meta.dirname, '../dormant.ts');
const dormant = (...args: string[]) =>
  execa(process.execPath, [program, ...args, '--repo', repository.root], {
    env: { CI: 'true', GITHUB_ACTIONS: undefined, NO_COLOR: '1' },
    reject: false,
    stdin: 'ignore',
  });
const git = async (...args: string[]) => {
  const who = ['-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com', '-c', 'commit.gpgSign=false'];
  return (await execa('git', ['-C', repository.root, ...who, ...args])).stdout;
};
const commit = async (message: string) => {
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', `--message=${message}`);
  return git('rev-parse', 'HEAD');
};
const signing = async (): Promise<Signing | undefined> =>
  (await loadTenant(openWorkingTree(repository.root), 'contoso')).value.signing;
const year = readToday().slice(0, 4);

test('a new key: the private half goes through the pipe and nowhere else, the public half into tenant.yaml', async () => {
  const { stdout, stderr, exitCode } = await dormant('key', 'new', 'contoso');
  expect(exitCode).toBe(0);
  const { publicKey, sign } = readPrivateKey(stdout);
  expect(await signing()).toEqual({ current: { name: `contoso-${year}a`, publicKey } });
  expect(verifySignature('x', sign('x'), publicKey)).toBe(true);
  expect(stdout.split('\n')).toHaveLength(1);
  expect(stderr).toContain(`contoso-${year}a is listed as current`);
  const written = (await repository.everything()).map(([, text]) => text).join('\n') + stderr;
  expect(written).not.toContain(stdout);
  const change = await git('diff', '--numstat', '--', path);
  expect(change).toMatch(/^3\t0\t/);
});

test('a new key for records is of its kind, and goes through the pipe as well', async () => {
  const without = await dormant('key', 'new', 'contoso', '--records', 'audit');
  expect([without.exitCode, without.stdout, without.stderr]).toEqual([
    2,
    '',
    expect.stringContaining('Say under `records:`'),
  ]);
  await appendFile(join(repository.root, path), 'records: # kept for years\n  store: { folder: /mnt/records }\n');
  const kinds = ['audit', 'apply', 'audit'] as const;
  const made = [];
  for (const kind of kinds) made.push((await dormant('key', 'new', 'contoso', '--records', kind)).stdout);
  const { records } = (await loadTenant(openWorkingTree(repository.root), 'contoso')).value;
  expect(records?.keys).toEqual([
    { name: `contoso-audit-${year}a`, publicKey: readPrivateKey(made[0] ?? '').publicKey, signs: 'audit' },
    { name: `contoso-apply-${year}a`, publicKey: readPrivateKey(made[1] ?? '').publicKey, signs: 'apply' },
    { name: `contoso-audit-${year}b`, publicKey: readPrivateKey(made[2] ?? '').publicKey, signs: 'audit' },
  ]);
  expect(await readFile(join(repository.root, path), 'utf8')).toMatch(
    /^records:\n {2}# kept for years\n {2}store: \{ folder: \/mnt\/records \}\n {2}keys:\n/m,
  );
  expect(await signing()).toBeUndefined();
});

test('a terminal never shows it: nothing is written, and the line that works is said', async () => {
  const before = await repository.everything();
  process.stdout.isTTY = true;
  const inTerminal = new Command('dormant')
    .option('--repo <folder>', '', repository.root)
    .addCommand(createKeyCommand());
  await expect(inTerminal.parseAsync(['key', 'new', 'contoso'], { from: 'user' })).rejects.toMatchObject({
    code: 'facts-key',
    exitCode: 2,
    remedy: 'npx dormant key new contoso | gh secret set DORMANT_FACTS_KEY --env contoso-audit',
  });
  const asJson = await dormant('key', 'new', 'contoso', '--json');
  expect({ code: asJson.exitCode, says: JSON.parse(asJson.stdout).error.code }).toEqual({ code: 2, says: 'facts-key' });
  expect(await repository.everything()).toEqual(before);
});

test('a key that follows in time: listed as next, then promoted, and the one before it retires', async () => {
  await dormant('key', 'new', 'contoso');
  const first = (await signing())?.current;
  await dormant('key', 'new', 'contoso');
  expect(await signing()).toMatchObject({ current: first, next: { name: `contoso-${year}b` } });
  expect(await dormant('key', 'new', 'contoso')).toMatchObject({ exitCode: 2, stdout: '' });
  const { stdout } = await dormant('key', 'promote', 'contoso');
  expect(await signing()).toEqual({
    current: { name: `contoso-${year}b`, publicKey: expect.any(String) },
    retired: [{ ...first, until: readToday() }],
  });
  expect(stdout).toMatch(/^contoso-\d{4}b {2}current {2}good for all that it signs\ncontoso-\d{4}a {2}retired/);
});

test('a stolen key is revoked at main’s tip, or at the commit that is named', async () => {
  const tip = await git('rev-parse', 'main');
  await dormant('key', 'new', 'contoso');
  const first = (await signing())?.current;
  const later = await commit('a key');
  const { stderr } = await dormant('key', 'revoke', 'contoso', `contoso-${year}a`, '--commit', tip.slice(0, 12));
  expect(await signing()).toEqual({ revoked: [{ ...first, commit: tip }] });
  expect(stderr).toContain('let its owners merge the pull request');
  await git('checkout', '--quiet', '--', path);
  await dormant('key', 'revoke', 'contoso', `contoso-${year}a`);
  expect(await signing()).toEqual({ revoked: [{ ...first, commit: later }] });
});

test('a commit that main’s line does not have cannot be named, nor a key that is not listed', async () => {
  await dormant('key', 'new', 'contoso');
  await commit('a key');
  await git('checkout', '--quiet', '-b', 'other');
  const aside = await commit('aside');
  const name = `contoso-${year}a`;
  const before = await repository.read(path);
  for (const args of [[name, '--commit', aside], [name, '--commit', 'f'.repeat(40)], ['nobody'], []])
    expect(await dormant('key', 'revoke', 'contoso', ...args)).toMatchObject({ exitCode: 2 });
  expect(await repository.read(path)).toBe(before);
});

test('the list says what each is good for, and as a document has the public facts only', async () => {
  expect((await dormant('key', 'list', 'contoso')).stdout).toContain('nothing is proposed and nothing is taken');
  const { stdout: secret } = await dormant('key', 'new', 'contoso');
  const { stdout } = await dormant('key', 'list', 'contoso', '--json');
  const { publicKey } = readPrivateKey(secret);
  const key = { name: `contoso-${year}a`, role: 'current', goodFor: 'all that it signs', publicKey };
  expect(JSON.parse(stdout)).toEqual({ stack: 'contoso', since: null, keys: [key] });
});

test('a repository from before notes once at which commit signing began', async () => {
  const tip = await git('rev-parse', 'main');
  await git('checkout', '--quiet', '-b', 'signing');
  await commit('not on main');
  const { stdout, exitCode } = await dormant('init', '--signing', 'contoso');
  expect(exitCode).toBe(0);
  expect(await signing()).toEqual({ since: tip });
  expect(stdout).toContain('npx dormant key new contoso | gh secret set DORMANT_FACTS_KEY --env contoso-audit');
  expect(await dormant('init', '--signing', 'contoso')).toMatchObject({ exitCode: 2 });
  await dormant('key', 'new', 'contoso');
  expect(await signing()).toEqual({ since: tip, current: expect.anything() });
});

test('a file of the stack that cannot be read keeps nobody from revoking a key', async () => {
  await dormant('key', 'new', 'contoso');
  await commit('a key');
  await writeFile(join(repository.root, 'stacks/contoso/accounts/x.yaml'), 'x: [');
  await appendFile(join(repository.root, path), '# theirs\n');
  expect(await dormant('key', 'revoke', 'contoso', `contoso-${year}a`)).toMatchObject({ exitCode: 0 });
  expect(await repository.read(path)).toContain('# theirs');
});
