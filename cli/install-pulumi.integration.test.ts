import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { findAzureadArchive, getAzureadFolder } from '../stacks/engine/azuread-plugin.ts';
import { type Archive, versions } from '../stacks/engine/pulumi-cli/checksums.ts';
import { getInstallFolder } from '../stacks/engine/pulumi-cli/install-archive.ts';
import { findPulumiArchive } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { aStack } from './doctor/stack.fixture.ts';

const script = fileURLToPath(new URL('install-pulumi.ts', import.meta.url));
const archives = { pulumi: await findPulumiArchive(), azuread: await findAzureadArchive() };
const isPinned = archives.pulumi !== null && archives.azuread !== null;

test.skipIf(!isPinned)('in a job that may sign in, what it starts sees none of its tokens', async () => {
  const { cache, env } = await aMachine();
  await run([], {
    ...env,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-token',
    GITHUB_TOKEN: 'a-token',
    ARM_CLIENT_SECRET: 'a-token',
  });
  const seen = await readFile(join(cache, 'seen'), 'utf8');
  expect(seen).toContain('PATH=');
  expect(seen).not.toContain('a-token');
});

test.skipIf(!isPinned)('for a stack, the plugin is installed where its policy has a quarantine', async () => {
  const { env } = await aMachine();
  const stack = await aStack();
  const install = () => run(['--repo', stack.repository.root, 'contoso'], env);
  expect(await install()).toBe(`Pulumi ${versions.pulumi}: ${program(archives.pulumi, env)}`);
  await stack.edit('policy/policy.yaml', 'quarantine: off', 'quarantine: report-only');
  expect(await install()).toMatch(/\nazuread plugin [\d.]+: /);
  await stack.edit('policy/policy.yaml', 'quarantine: report-only', 'quarantine: perhaps');
  expect(await install()).toMatch(/\nThe files of contoso cannot be read, so the azuread plugin is left out\.$/);
  await stack.close();
});

/** Both are installed; the CLI leaves its environment in `seen`. */
async function aMachine() {
  const cache = await mkdtemp(join(tmpdir(), 'install-pulumi-'));
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, XDG_CACHE_HOME: cache };
  const pulumi = program(archives.pulumi, env);
  await mkdir(dirname(pulumi), { recursive: true });
  await writeFile(pulumi, `#!/bin/sh\nenv > '${join(cache, 'seen')}'\necho v${versions.pulumi}\n`);
  await chmod(pulumi, 0o755);
  const plugin = archives.azuread === null ? cache : getAzureadFolder(archives.azuread, env);
  await mkdir(plugin, { recursive: true });
  await writeFile(join(plugin, 'pulumi-resource-azuread'), '');
  return { cache, env };
}

function program(archive: Archive | null, env: NodeJS.ProcessEnv): string {
  return join(getInstallFolder(env, 'pulumi', versions.pulumi, archive?.sha256 ?? ''), 'bin', 'pulumi');
}

async function run(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return (await execa(process.execPath, [script, ...args], { env, extendEnv: false })).stdout;
}
