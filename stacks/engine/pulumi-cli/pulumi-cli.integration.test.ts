import { writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { version } from '@pulumi/pulumi/version.js';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { buildPulumi } from './pulumi-build.ts';
import { ensurePulumi } from './pulumi-cli.ts';

let home = '';
let path = '';
const root = () => join(home, '.pulumi', 'versions', version);
const program = () => join(root(), 'bin', 'pulumi');
/** How long a server of this process may take to answer. */
const probeMs = 120_000;
const nobodyAnswers = { installerUrl: 'http://127.0.0.1:1/install.sh', say: () => undefined };

beforeEach(async () => {
  const machine = await mkdtemp(join(tmpdir(), 'pulumi-cli-'));
  home = join(machine, 'home');
  path = join(machine, 'path');
  await mkdir(path, { recursive: true });
  vi.stubEnv('HOME', home);
  vi.stubEnv('PATH', path);
});
afterEach(() => vi.unstubAllEnvs());

test('takes the CLI that stands in the home folder, without asking the network', async () => {
  await executable(program(), `echo v${version}`);
  const command = await ensurePulumi({ installerUrl: 'http://never.invalid' });
  expect(command.command).toBe(program());
});

test('takes a pulumi on the PATH when it is of exactly this version', async () => {
  await executable(join(path, 'pulumi'), `echo v${version}`);
  const command = await ensurePulumi(nobodyAnswers);
  expect(command.command).toBe('pulumi');
  expect(command.version?.version).toBe(version);
});

test('does not take a newer pulumi on the PATH', async () => {
  await executable(join(path, 'pulumi'), 'echo v3.999.0');
  await expect(ensurePulumi(nobodyAnswers)).rejects.toMatchObject({ code: 'pulumi-cli-missing' });
});

test('replaces a file that was left half written', async () => {
  await executable(program(), 'exit 1');
  await executable(join(path, 'go'), goThatBuilds());
  const command = await ensurePulumi(nobodyAnswers);
  expect(command.version?.version).toBe(version);
});

test('downloads where the installer answers', async () => {
  const installerUrl = await server((_, response) => response.end());
  const download = (to: string) => executable(join(to, 'bin', 'pulumi'), `echo v${version}`);
  const command = await ensurePulumi({ installerUrl, probeMs, download, say: () => undefined });
  expect(command.command).toBe(program());
});

test('builds when the download fails on its way, and says why', async () => {
  const installerUrl = await server((_, response) => response.end());
  await executable(join(path, 'go'), goThatBuilds());
  const sentences: string[] = [];
  const download = () => Promise.reject(new Error('curl: (7) no route to host\nstack'));
  const command = await ensurePulumi({
    installerUrl,
    probeMs,
    download,
    say: (sentence) => sentences.push(sentence),
  });
  expect(command.command).toBe(program());
  expect(sentences).toContain('the Pulumi CLI could not be downloaded: curl: (7) no route to host');
});

test('a network that swallows packets holds it up for no longer than the probe', async () => {
  const installerUrl = await server(() => undefined);
  await executable(join(path, 'go'), goThatBuilds());
  // Without the probe this would never end.
  const command = await ensurePulumi({ installerUrl, probeMs: 100, say: () => undefined });
  expect(command.command).toBe(program());
});

test('says what to install when there is neither internet nor Go', async () => {
  await expect(ensurePulumi(nobodyAnswers)).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
    message: expect.stringContaining('there is no go on the PATH'),
    remedy: expect.stringContaining('https://go.dev/dl/'),
  });
});

test('passes on what a Go that is too old says', async () => {
  await executable(join(path, 'go'), 'echo "go: go.mod requires go >= 1.25.11 (running go 1.19)" >&2; exit 1');
  await expect(ensurePulumi(nobodyAnswers)).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
    message: expect.stringContaining('requires go >= 1.25.11 (running go 1.19)'),
  });
});

test('a build that fails ends with the last lines of Go and leaves nothing behind', async () => {
  await executable(join(path, 'go'), '[ "$1" = env ] || { echo "verifying module: checksum mismatch" >&2; exit 1; }');
  await expect(ensurePulumi(nobodyAnswers)).rejects.toMatchObject({
    code: 'pulumi-cli-build',
    message: expect.stringContaining('checksum mismatch'),
  });
  expect(await readdir(root())).toEqual([]);
});

test('clears away what a killed build left, and does not take it', async () => {
  await executable(join(root(), 'building-dead', 'pulumi'), `echo v${version}`);
  await executable(join(path, 'go'), goThatBuilds());
  await ensurePulumi(nobodyAnswers);
  expect(await readdir(root())).toEqual(['bin']);
});

test('builds once when two start at the same time', async () => {
  await executable(join(path, 'go'), goThatBuilds(untilTold));
  const waiting = `waiting for another process that installs the Pulumi CLI ${version}`;
  const sentences: string[] = [];
  const say = (sentence: string) => {
    sentences.push(sentence);
    if (sentence === waiting) goOn();
  };
  const options = { ...nobodyAnswers, say };
  const commands = await Promise.all([ensurePulumi(options), ensurePulumi(options)]);
  expect(commands.map(({ command }) => command)).toEqual([program(), program()]);
  expect((await readFile(join(home, 'builds'), 'utf8')).trim().split('\n')).toHaveLength(1);
  expect(sentences).toContain(waiting);
});

test('tells how many packages are compiled while it builds', async () => {
  await executable(join(path, 'go'), goThatBuilds(`echo one >&2; echo two >&2; ${untilTold}`));
  const sentences: string[] = [];
  const say = (sentence: string) => {
    sentences.push(sentence);
    if (sentence.includes('2 of 3')) goOn();
  };
  await ensurePulumi({ ...nobodyAnswers, say });
  const progress = new RegExp(
    `^building the Pulumi CLI ${version}, once on this machine: 2 of 3 packages compiled, \\d+ s$`,
  );
  expect(sentences).toContainEqual(expect.stringMatching(progress));
});

test('a newer @pulumi/pulumi than the Go module is a sentence with the ways out, and nothing is built', async () => {
  await executable(join(path, 'go'), goThatBuilds());
  const sentences: string[] = [];
  await expect(buildPulumi(root(), '3.999.0', (sentence) => sentences.push(sentence))).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
    message: expect.stringMatching(/^@pulumi\/pulumi is 3\.999\.0\..*builds 3\.\d+\.\d+\.$/),
    remedy: expect.stringMatching(/package\.json.*install.*go\.mod/),
  });
  expect(sentences).toEqual([]);
});

test('the Go module that is built is of the same version as the SDK', async () => {
  const goMod = await readFile(new URL('go.mod', import.meta.url), 'utf8');
  expect(goMod).toContain(`\nrequire github.com/pulumi/pulumi/pkg/v3 v${version}\n`);
});

async function executable(file: string, script: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** A slow build waits for the file that `goOn` writes. */
const untilTold = 'while [ ! -e "$HOME/go-on" ]; do /bin/sleep 0.05; done';
function goOn(): void {
  writeFileSync(join(home, 'go-on'), '');
}

/** A substitute for go: lists three packages, and builds a program that prints the version passed to the linker. */
function goThatBuilds(slowly = ''): string {
  return `case "$1" in
list) echo a; echo b; echo c ;;
build)
  ${slowly}
  echo built >> "$HOME/builds"
  while [ "$1" != -o ]; do [ "$1" = -ldflags ] && flags=$2; shift; done
  printf '#!/bin/sh\\necho %s\\n' "\${flags##*=}" > "$2"; /bin/chmod +x "$2" ;;
esac`;
}

/** The URL of a loopback server. */
async function server(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const http = createServer(listener ?? (() => undefined));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/install.sh`;
}
