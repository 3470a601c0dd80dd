import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNpmRegistry } from './npm-registry.fixture.ts';
import { publishPackages } from './publish-packages.ts';

let folder: string;
let registry: Awaited<ReturnType<typeof startNpmRegistry>>;
const name = '@contoso/tiny';
const spec = `${name}@1.0.0`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dormant-publish-'));
  registry = await startNpmRegistry();
  // As `npm run -s` has it.
  vi.stubEnv('npm_config_loglevel', 'silent');
  for (const [key, value] of Object.entries(registry.env)) vi.stubEnv(key, value);
  vi.stubEnv('npm_config_fetch_retries', '0');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function pack(description: string): Promise<string> {
  const manifest = { name, version: '1.0.0', description, publishConfig: { access: 'public' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const { stdout } = await execa('npm', ['pack', '--json', `--pack-destination=${folder}`], { cwd: folder });
  return join(folder, JSON.parse(stdout)[0].filename);
}

test('by the identity of a run alone each version is uploaded once, never with other bytes, and by a dry run not at all', async () => {
  const sentences: string[] = [];
  const publish = async (tarball: string, isDryRun = false) =>
    publishPackages([{ spec, tarball }], { isDryRun, say: (sentence) => sentences.push(sentence) });
  const tarball = await pack('A tiny package.');
  await publish(tarball, true);
  expect(registry.uploads).toEqual([]);
  await publish(tarball);
  await publish(tarball);
  expect(registry.uploads).toEqual([name]);
  expect(sentences).toEqual([
    `${spec} could be published.`,
    `${spec} is published.`,
    `${spec} is published already, with these bytes.`,
  ]);
  await expect(publish(await pack('Another one.'))).rejects.toThrow(/with other bytes: sha512-.+ Raise the version\./);
  expect(registry.uploads).toEqual([name]);
});

test('where the registry cannot be asked, nothing is said to be published', async () => {
  const tarball = await pack('A tiny package.');
  registry.stop();
  const publishing = publishPackages([{ spec: '@contoso/other@1.0.0', tarball }], { isDryRun: false, say: () => {} });
  await expect(publishing).rejects.toThrow('ECONNREFUSED');
});
