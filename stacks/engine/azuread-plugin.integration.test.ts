import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { azureadVersion, ensureAzureadPlugin, findAzureadPlugin } from './azuread-plugin.ts';
import type { Archive } from './pulumi-cli/checksums.ts';

let env: NodeJS.ProcessEnv = {};
beforeEach(async () => {
  env = { ...process.env, XDG_CACHE_HOME: await mkdtemp(join(tmpdir(), 'azuread-cache-')) };
});

test('the plugin of an archive with the pinned hash is installed, and found from then on', async () => {
  const content = await packPlugin('the plugin');
  const archive = anArchive(content, [await serve(content)]);
  const { folder } = await ensureAzureadPlugin({ env, archive });
  expect(await readFile(join(folder ?? '', 'pulumi-resource-azuread'), 'utf8')).toBe('the plugin');
  expect(findAzureadPlugin(archive, env)).toBe(folder);
  expect(await ensureAzureadPlugin({ env, archive: { ...archive, urls: [] } })).toEqual({ folder, absence: null });
});

test('an archive with another hash is none, and the sentence has the hash that it has', async () => {
  const [right, wrong] = [await packPlugin('the plugin'), await packPlugin('another')];
  const archive = anArchive(right, [await serve(wrong)]);
  const { folder, absence } = await ensureAzureadPlugin({ env, archive });
  expect(folder).toBeNull();
  expect(absence).toContain(`another SHA-256 than the pinned one, ${hashOf(wrong)}`);
  expect(absence).toContain('the quarantine stays as it is');
  expect(await readdir(join(env.XDG_CACHE_HOME ?? '', 'dormant'))).toEqual([]);
});

test('one that nobody has vouched for is not asked for', async () => {
  const { folder, absence } = await ensureAzureadPlugin({ env, archive: null });
  expect(folder).toBeNull();
  expect(absence).toMatch(/is not run, because .*checksums\.json has no SHA-256/);
});

test('the places of an archive that do not answer are named', async () => {
  const archive = anArchive(Buffer.from('any'), ['http://127.0.0.1:1/a.tar.gz', 'http://localhost:1/a.tar.gz']);
  const { absence } = await ensureAzureadPlugin({ env, archive });
  expect(absence).toMatch(/127\.0\.0\.1:1: .*; localhost:1: /);
});

async function packPlugin(text: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'azuread-archive-'));
  await writeFile(join(folder, 'pulumi-resource-azuread'), text, { mode: 0o755 });
  await execa('tar', ['-czf', join(folder, 'archive'), '-C', folder, 'pulumi-resource-azuread']);
  return readFile(join(folder, 'archive'));
}

function anArchive(content: Buffer, urls: readonly string[]): Archive {
  return { title: 'azuread plugin', version: azureadVersion, sha256: hashOf(content), urls };
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

async function serve(content: Buffer): Promise<string> {
  const http = createServer((_, response) => response.end(content));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/archive.tar.gz`;
}
