import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { LockedVersion } from './locked-version.ts';
import { startNpmRegistry } from './npm-registry.fixture.ts';
import { aSignatureAudit, buildAuditingPath } from './signature-audit.fixture.ts';
import type { SignatureAudit } from './signature-audit.ts';
import { installVerified } from './verified-version.ts';

// By the real npm, from a registry on this machine.

let registry: Awaited<ReturnType<typeof startNpmRegistry>>;
let root: string;
let locked: LockedVersion;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dormant-verified-'));
  registry = await startNpmRegistry();
  await writeFile(join(root, '.npmrc'), `${registry.setting}\n`);
  locked = await registry.publish(await pack('9.1.0'));
});
afterAll(async () => {
  registry.stop();
  await rm(root, { recursive: true, force: true });
});
afterEach(() => vi.unstubAllEnvs());

/** A version that says so, and would leave a file behind if it ran when it is installed. */
async function pack(version: string): Promise<string> {
  const folder = join(root, 'source');
  await mkdir(folder, { recursive: true });
  const scripts = { install: `node -e "fs.writeFileSync('${root}/was-run', '')"` };
  const manifest = { name: '@dormant-m365/dormant', version, scripts, bin: { dormant: 'bin.js' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'bin.js'),
    `#!/usr/bin/env node\nconsole.log('${version}', ...process.argv.slice(2));\n`,
  );
  const { stdout } = await execa('npm', ['pack', '--json', '--ignore-scripts', `--pack-destination=${root}`], {
    cwd: folder,
  });
  return join(root, JSON.parse(stdout)[0].filename);
}

const folder = () => join(root, 'out', '.upgrade');

async function install(wanted: LockedVersion, answer: SignatureAudit): Promise<void> {
  vi.stubEnv('PATH', await buildAuditingPath(join(root, 'bin'), answer));
  await installVerified(wanted, folder(), root);
}

test('a version whose hash and provenance are right is there by the scripts of a team’s repository, and has run nothing', async () => {
  await install(locked, aSignatureAudit(locked));
  expect(existsSync(join(root, 'was-run'))).toBe(false);
  const args = ['run', '-s', 'dormant', '--prefix', 'out/.upgrade', '--', '--repo', '../..', 'preview', 'contoso'];
  expect((await execa('npm', args, { cwd: root })).stdout).toBe('9.1.0 --repo ../.. preview contoso');
});

test('of a version that npm has in other bytes than the lockfile nothing stays', async () => {
  const other = { ...locked, integrity: `sha512-${'A'.repeat(86)}==` };
  await expect(install(other, aSignatureAudit(other))).rejects.toMatchObject({
    code: 'version-unverified',
    message: expect.stringContaining(locked.integrity),
  });
  expect(existsSync(folder())).toBe(false);
});

test('of a version whose provenance npm has not verified nothing stays', async () => {
  await expect(install(locked, { invalid: [], missing: [], verified: [] })).rejects.toMatchObject({
    code: 'version-unverified',
    message: expect.stringContaining('npm has verified no provenance of it'),
  });
  expect(existsSync(folder())).toBe(false);
});

test('a version that npm does not have is npm’s own reason', async () => {
  const absent = { ...locked, version: '9.9.9' };
  await expect(install(absent, aSignatureAudit(absent))).rejects.toMatchObject({
    code: 'npm-failed',
    message: expect.stringContaining('9.9.9'),
  });
});
