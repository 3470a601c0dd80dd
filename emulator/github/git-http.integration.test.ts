import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { type EmptyRepository, startEmptyRepository } from './empty-repository.ts';

let github: EmptyRepository;
let folder: string;
beforeEach(async () => {
  github = await startEmptyRepository('contoso/dormant-contoso', createClock('2026-12-07T08:00:00Z'));
  folder = await mkdtemp(join(tmpdir(), 'dormant-clone-'));
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

/** As somebody with this token; null: with none. */
const git = (token: string | null, ...args: string[]) => {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const header = token === null ? [] : ['-c', `http.${github.url}/.extraheader=AUTHORIZATION: basic ${basic}`];
  const person = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com'];
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' };
  return promisify(execFile)('git', ['-C', folder, ...person, ...header, ...args], { env });
};

async function pushMain(...files: string[]): Promise<void> {
  await git(null, 'init', '--quiet', '--initial-branch=main');
  await git(null, 'remote', 'add', 'origin', github.remote);
  for (const file of files) await writeFile(join(folder, file), 'x'.repeat(200_000));
  await git(null, 'add', '--all');
  await git(null, 'commit', '--quiet', '--message', 'First');
  await git(github.token, 'push', '--quiet', 'origin', 'main');
}

const ask = async (path: string, body?: object) => {
  const response = await fetch(`${github.url}/repos/${github.repository}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${github.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json() as Promise<Record<string, string>>;
};

async function openPull(): Promise<string> {
  await pushMain('one.txt');
  await git(null, 'switch', '--quiet', '--create', 'topic');
  await git(null, 'commit', '--quiet', '--allow-empty', '--message', 'Second');
  await git(github.token, 'push', '--quiet', 'origin', 'topic');
  const asked = { title: '<b>Title</b>', body: '<script>alert(1)</script>', head: 'topic', base: 'main' };
  return (await ask('/pulls', asked)).html_url ?? '';
}

test('what is pushed is what a clone has, under both names of the repository', async () => {
  await pushMain('one.txt', 'two.txt');
  for (const remote of [github.remote, github.remote.replace(/\.git$/, '')]) {
    const { stdout } = await git(github.token, 'ls-remote', '--heads', remote);
    expect(stdout).toMatch(/^[0-9a-f]{40}\trefs\/heads\/main\n$/);
  }
  await git(github.token, 'clone', '--quiet', github.remote, 'again');
  expect((await git(null, '-C', 'again', 'ls-files')).stdout).toBe('one.txt\ntwo.txt\n');
  expect(await ask('')).toMatchObject({ private: true, default_branch: 'main' });
});

test('the first branch that is pushed becomes the default one, whatever it is called, and a later one does not', async () => {
  expect(await ask('')).toMatchObject({ default_branch: 'main' });
  await git(null, 'init', '--quiet', '--initial-branch=trunk');
  await git(null, 'commit', '--quiet', '--allow-empty', '--message', 'First');
  await git(github.token, 'push', '--quiet', github.remote, 'trunk');
  expect(await ask('')).toMatchObject({ default_branch: 'trunk' });
  await git(github.token, 'push', '--quiet', github.remote, 'HEAD:main');
  expect(await ask('')).toMatchObject({ default_branch: 'trunk' });
  expect((await git(github.token, 'ls-remote', '--symref', github.remote, 'HEAD')).stdout).toContain(
    'refs/heads/trunk',
  );
});

test.each([
  ['nobody is asked for a password', null, 'could not read Username'],
  ['a wrong token finds nothing', 'ghp_wrong', 'not found'],
])('a private repository is shown to nobody else: %s', async (_, token, told) => {
  await expect(git(token, 'ls-remote', github.remote)).rejects.toMatchObject({ stderr: expect.stringContaining(told) });
});

test('a pull request has a page at its address, where nothing in its text becomes code, and a button that merges it', async () => {
  const address = await openPull();
  expect(address).toBe(`${github.url}/contoso/dormant-contoso/pull/1`);
  const page = await fetch(address);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await page.text();
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).not.toMatch(/<script|<b>/);

  const press = (headers: Record<string, string> = {}) => fetch(`${address}/merge`, { method: 'POST', headers });
  expect((await press({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(await (await press()).text()).toContain('Merged on 2026-12-07');
  expect(await ask('/pulls/1')).toMatchObject({ state: 'closed', merged_at: expect.stringMatching(/^2026-12-07/) });
  const [list = ''] = [await (await fetch(`${github.url}/contoso/dormant-contoso`)).text()];
  expect(list).toContain('&lt;b&gt;Title&lt;/b&gt;');
  expect((await press()).status).toBe(405);
});
