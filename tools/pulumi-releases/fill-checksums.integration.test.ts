import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Checksums } from '../../stacks/engine/pulumi-cli/checksums.ts';
import { fillChecksums } from './fill-checksums.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64)) as [string, string, string, string];
const versions = { pulumi: '3.1.0', azuread: '6.1.0' };
const empty = { 'linux-x64': null, 'linux-arm64': null, 'darwin-x64': null, 'darwin-arm64': null };
const cli = (platform: string) => `pulumi-v3.1.0-${platform}.tar.gz`;
const plugin = (platform: string) => `pulumi-resource-azuread-v6.1.0-${platform}.tar.gz`;
const paths = {
  cliSums: '/pulumi/pulumi/releases/download/v3.1.0/pulumi-3.1.0-checksums.txt',
  cliRelease: '/repos/pulumi/pulumi/releases/tags/v3.1.0',
  pluginSums: '/pulumi/pulumi-azuread/releases/download/v6.1.0/pulumi-azuread_6.1.0_checksums.txt',
  pluginRelease: '/repos/pulumi/pulumi-azuread/releases/tags/v6.1.0',
};

test('the release’s file of checksums fills the CLI’s, GitHub’s digests the plugin’s, whose file has SHA-1', async () => {
  const { text, notes } = await fillWith({
    [paths.cliSums]: `${a}  ${cli('linux-x64')}\n${b}  ${cli('linux-arm64')}\n${c}  pulumi-v3.1.0-windows-x64.zip\n`,
    [paths.cliRelease]: aRelease({ [cli('linux-x64')]: a }),
    [paths.pluginSums]: `${'0'.repeat(40)}  ./${plugin('linux-amd64')}\n`,
    [paths.pluginRelease]: aRelease({ [plugin('linux-amd64')]: c, [plugin('darwin-arm64')]: d, other: null }),
  });
  expect(JSON.parse(text)).toEqual({
    pulumi: {
      version: '3.1.0',
      from: expect.stringMatching(/pulumi\/pulumi\/releases\/tag\/v3\.1\.0$/),
      sha256: { ...empty, 'linux-x64': a, 'linux-arm64': b },
    },
    azuread: {
      version: '6.1.0',
      from: expect.stringMatching(/pulumi-azuread\/releases\/tag\/v6\.1\.0$/),
      sha256: { ...empty, 'linux-x64': c, 'darwin-arm64': d },
    },
  });
  expect(notes).toEqual(
    [
      'Pulumi CLI 3.1.0, darwin-x64',
      'Pulumi CLI 3.1.0, darwin-arm64',
      'azuread plugin 6.1.0, linux-arm64',
      'azuread plugin 6.1.0, darwin-x64',
    ].map((of) => `${of}: nothing was found, so it stays empty.`),
  );
});

test('where the file and GitHub contradict each other, neither is taken', async () => {
  const { text, notes } = await fillWith({
    [paths.cliSums]: `${a}  ${cli('linux-x64')}\n`,
    [paths.cliRelease]: aRelease({ [cli('linux-x64')]: b }),
  });
  expect(readPulumi(text)['linux-x64']).toBeNull();
  expect(notes).toContainEqual(expect.stringMatching(/contradict each other about pulumi-v3\.1\.0-linux-x64/));
});

test('without an answer it is said what could not be read, and a hash of this version stays', async () => {
  const { text, notes } = await fillWith({}, aFile({ ...empty, 'linux-x64': a }));
  expect(readPulumi(text)).toEqual({ ...empty, 'linux-x64': a });
  expect(notes).toContainEqual(expect.stringMatching(/checksums\.txt could not be read: the answer is 404/));
  expect(notes).toContain('Pulumi CLI 3.1.0, linux-x64: what stood there stays, unconfirmed.');
  expect(notes).toContain('Pulumi CLI 3.1.0, linux-arm64: nothing was found, so it stays empty.');
});

test('a hash of another version never stays', async () => {
  const { text } = await fillWith({}, aFile({ ...empty, 'linux-x64': a }, '3.0.0'));
  expect(JSON.parse(text).pulumi).toMatchObject({ version: '3.1.0', sha256: empty });
});

test('a release that says another hash than the file is told, and its hash is taken for the review', async () => {
  const answers = { [paths.cliSums]: `${b}  ${cli('linux-x64')}\n` };
  const { text, notes } = await fillWith(answers, aFile({ ...empty, 'linux-x64': a }));
  expect(readPulumi(text)['linux-x64']).toBe(b);
  expect(notes).toContainEqual(
    `Pulumi CLI 3.1.0, linux-x64: the release says ${b} and the file said ${a}. Find out why.`,
  );
});

function readPulumi(text: string): Checksums['pulumi']['sha256'] {
  return JSON.parse(text).pulumi.sha256;
}

function aFile(sha256: Checksums['pulumi']['sha256'] = empty, version = '3.1.0'): string {
  const from = 'somebody';
  return JSON.stringify({ pulumi: { version, from, sha256 }, azuread: { version: '6.1.0', from, sha256: empty } });
}

function aRelease(digests: Record<string, string | null>): string {
  const assets = Object.entries(digests).map(([name, hash]) => ({ name, digest: hash && `sha256:${hash}` }));
  return JSON.stringify({ assets });
}

/** With a server of GitHub that has these answers; everything else is not found. */
async function fillWith(answers: Record<string, string>, before = aFile()) {
  const http = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${address.port}`;
  return fillChecksums(before, { web: origin, api: origin }, versions);
}
