import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { version } from '@pulumi/pulumi/version.js';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Archive } from './checksums.ts';
import { buildPulumi } from './pulumi-build.ts';
import { ensurePulumi } from './pulumi-cli.ts';

let home = '';
let path = '';
/** Where verified programs are; nothing else is put there. */
const cache = () => join(home, '.cache', 'dormant');
const builds = /pulumi-[\d.]+-go\.sum-[0-9a-f]{64}\/bin\/pulumi$/;
const nobodyAnswers = { archive: anArchive(Buffer.from('any'), 'http://127.0.0.1:1/pulumi.tar.gz') };
const packed = await packPulumi();

beforeEach(async () => {
  const machine = await mkdtemp(join(tmpdir(), 'pulumi-cli-'));
  home = join(machine, 'home');
  path = join(machine, 'path');
  await mkdir(path, { recursive: true });
  for (const name of ['tar', 'gzip']) await symlink(await findProgram(name), join(path, name));
  vi.stubEnv('HOME', home);
  vi.stubEnv('PATH', path);
  vi.stubEnv('XDG_CACHE_HOME', '');
});
afterEach(() => vi.unstubAllEnvs());

test('an archive with the pinned hash is unpacked, whole, and found the next time without the network', async () => {
  const requests: string[] = [];
  const url = await serve((request, response) => {
    requests.push(request.url ?? '');
    response.end(packed);
  });
  const archive = anArchive(packed, url);
  const { command } = await ensurePulumi({ env: process.env, archive });
  expect(command).toBe(join(cache(), `pulumi-${version}-${archive.sha256}`, 'bin', 'pulumi'));
  expect(existsSync(join(dirname(command), 'pulumi-language-nodejs'))).toBe(true);
  expect(await readdir(cache())).toEqual([`pulumi-${version}-${archive.sha256}`]);
  await ensurePulumi({ env: process.env, archive });
  expect(requests).toEqual(['/pulumi.tar.gz']);
});

test('an archive with another hash is never unpacked, and the CLI is built from its module', async () => {
  const other = await packPulumi('touch "$HOME/was-run"');
  const url = await serve((_, response) => response.end(other));
  await executable(join(path, 'go'), goThatBuilds());
  const { sentences, say } = aListener();
  const { command } = await ensurePulumi({ env: process.env, archive: anArchive(packed, url), say });
  expect(command).toMatch(builds);
  expect(existsSync(join(home, 'was-run'))).toBe(false);
  expect(await readdir(cache())).toHaveLength(1);
  expect(sentences).toContainEqual(expect.stringContaining(`another SHA-256 than the pinned one, ${hashOf(other)}`));
});

test('where one place has another archive, the next one is asked', async () => {
  const wrong = await serve((_, response) => response.end('<html>a proxy says hello</html>'));
  const right = await serve((_, response) => response.end(packed));
  const archive = { ...anArchive(packed, wrong), urls: [wrong, right] };
  expect((await ensurePulumi({ env: process.env, archive })).command).toContain(archive.sha256);
});

test.each([
  ['is cut off', truncated, /terminated|aborted|closed/],
  ['is cut off without having told its length', truncatedWithoutLength, /another SHA-256/],
  ['stops in the middle', silentAfterHalf, /nothing came for 0\.2 s/],
  ['never answers', () => undefined, /nothing came for 0\.2 s/],
  ['says that there is none', notFound, /the answer is 404/],
] satisfies [string, RequestListener, RegExp][])(
  'a download that %s is given up, and the CLI is built',
  async (_, listener, reason) => {
    const archive = anArchive(packed, await serve(listener));
    await executable(join(path, 'go'), goThatBuilds());
    const { sentences, say } = aListener();
    const { command } = await ensurePulumi({ env: process.env, archive, say, stallMs: 200 });
    expect(command).toMatch(builds);
    expect(sentences).toContainEqual(expect.stringMatching(reason));
    expect(await readdir(cache())).toHaveLength(1);
  },
);

test('a platform without a hash downloads nothing: the CLI is built from its module', async () => {
  await executable(join(path, 'go'), goThatBuilds());
  const { sentences, say } = aListener();
  const { command } = await ensurePulumi({ env: process.env, archive: null, say });
  expect(command).toMatch(builds);
  expect(sentences).toContainEqual(expect.stringMatching(/has to be built: .*checksums\.json has no SHA-256/));
});

test('what others have installed is not run: on the PATH, and where npm’s pulumi and the Automation API put it', async () => {
  const theirs = `echo v${version}; touch "$HOME/was-run"`;
  await executable(join(path, 'pulumi'), theirs);
  await executable(join(home, '.pulumi', 'versions', version, 'bin', 'pulumi'), theirs);
  await expect(ensurePulumi({ env: process.env, ...nobodyAnswers })).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
  });
  expect(existsSync(join(home, 'was-run'))).toBe(false);
});

test('no token of a job reaches what only installs', async () => {
  const secrets = ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_TOKEN', 'AZURE_CLIENT_SECRET', 'DORMANT_FACTS_KEY'];
  for (const name of secrets) vi.stubEnv(name, 'a-secret');
  vi.stubEnv('GOPROXY', 'https://proxy.example');
  await executable(join(path, 'go'), goThatBuilds('/usr/bin/env > "$HOME/seen-by-go"'));
  await ensurePulumi({ env: process.env, ...nobodyAnswers });
  const seen = await readFile(join(home, 'seen-by-go'), 'utf8');
  expect(seen).not.toMatch(/a-secret/);
  expect(seen).toContain('GOPROXY=https://proxy.example');
});

test('replaces a file that was left half written', async () => {
  await executable(join(path, 'go'), goThatBuilds());
  const { command } = await ensurePulumi({ env: process.env, ...nobodyAnswers });
  await executable(command, 'exit 1');
  expect((await ensurePulumi({ env: process.env, ...nobodyAnswers })).version?.version).toBe(version);
});

test('says what to install when there is neither internet nor Go', async () => {
  await expect(ensurePulumi({ env: process.env, ...nobodyAnswers })).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
    message: expect.stringContaining('there is no go on the PATH'),
    remedy: expect.stringContaining('https://go.dev/dl/'),
  });
});

test('passes on what a Go that is too old says', async () => {
  await executable(join(path, 'go'), 'echo "go: go.mod requires go >= 1.25.11 (running go 1.19)" >&2; exit 1');
  await expect(ensurePulumi({ env: process.env, ...nobodyAnswers })).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
    message: expect.stringContaining('requires go >= 1.25.11 (running go 1.19)'),
  });
});

test('a build that fails ends with the last lines of Go and leaves nothing behind', async () => {
  await executable(join(path, 'go'), '[ "$1" = env ] || { echo "verifying module: checksum mismatch" >&2; exit 1; }');
  await expect(ensurePulumi({ env: process.env, ...nobodyAnswers })).rejects.toMatchObject({
    code: 'pulumi-cli-build',
    message: expect.stringContaining('checksum mismatch'),
  });
  const [folder = ''] = await readdir(cache());
  expect(await readdir(join(cache(), folder))).toEqual([]);
});

test('clears away what a killed build left, and does not take it', async () => {
  await executable(join(path, 'go'), goThatBuilds());
  const { command } = await ensurePulumi({ env: process.env, ...nobodyAnswers });
  await executable(command, 'exit 1');
  const root = dirname(dirname(command));
  await executable(join(root, 'building-dead', 'pulumi'), `echo v${version}`);
  await mkdir(`${root}.unfinished-dead`);
  await ensurePulumi({ env: process.env, ...nobodyAnswers });
  expect(await readdir(root)).toEqual(['bin']);
});

test('builds once when two start at the same time', async () => {
  await executable(join(path, 'go'), goThatBuilds(untilTold));
  const waiting = `waiting for another process that installs the Pulumi CLI ${version}`;
  const sentences: string[] = [];
  const say = (sentence: string) => {
    sentences.push(sentence);
    if (sentence === waiting) goOn();
  };
  const options = { env: process.env, ...nobodyAnswers, say };
  const commands = await Promise.all([ensurePulumi(options), ensurePulumi(options)]);
  expect(new Set(commands.map(({ command }) => command)).size).toBe(1);
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
  await ensurePulumi({ env: process.env, ...nobodyAnswers, say });
  const progress = new RegExp(
    `^building the Pulumi CLI ${version}, once on this machine: 2 of 3 packages compiled, \\d+ s$`,
  );
  expect(sentences).toContainEqual(expect.stringMatching(progress));
});

test('a newer @pulumi/pulumi than the Go module is a sentence with the ways out, and nothing is built', async () => {
  await executable(join(path, 'go'), goThatBuilds());
  const sentences: string[] = [];
  const say = (sentence: string) => void sentences.push(sentence);
  await expect(buildPulumi(home, '3.999.0', { env: process.env, say, because: 'it is not' })).rejects.toMatchObject({
    code: 'pulumi-cli-missing',
    message: expect.stringMatching(/^@pulumi\/pulumi is 3\.999\.0\..*builds 3\.\d+\.\d+\.$/),
    remedy: expect.stringMatching(/package\.json.*go\.mod.*pulumi-checksums/),
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

function aListener() {
  const sentences: string[] = [];
  return { sentences, say: (sentence: string) => void sentences.push(sentence) };
}

function anArchive(content: Buffer, url: string): Archive {
  return { title: 'Pulumi CLI', version, sha256: hashOf(content), urls: [url] };
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** As Pulumi packs it; `also` is what the program does besides printing its version. */
async function packPulumi(also = ''): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'pulumi-archive-'));
  await executable(join(folder, 'pulumi', 'pulumi'), `echo v${version}\n${also}`);
  await executable(join(folder, 'pulumi', 'pulumi-language-nodejs'), 'exit 0');
  // So that half of it is not all but the last block.
  await writeFile(
    join(folder, 'pulumi', 'filling'),
    Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 251)),
  );
  await execa('tar', ['-czf', join(folder, 'archive'), '-C', folder, 'pulumi']);
  return readFile(join(folder, 'archive'));
}

async function findProgram(name: string): Promise<string> {
  return (await execa('which', [name])).stdout;
}

function truncated(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { 'content-length': packed.length });
  response.write(packed.subarray(0, packed.length / 2), () => response.destroy());
}

function truncatedWithoutLength(...[, response]: Parameters<RequestListener>): void {
  response.end(packed.subarray(0, packed.length / 2));
}

function silentAfterHalf(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { 'content-length': packed.length });
  response.write(packed.subarray(0, packed.length / 2));
}

function notFound(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(404).end();
}

/** The URL of an archive on a loopback server. */
async function serve(listener: RequestListener): Promise<string> {
  const http = createServer(listener);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/pulumi.tar.gz`;
}
