import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checksumsFile, findArchive, parseChecksums, platforms, readChecksums, versions } from './checksums.ts';

const file = await readChecksums();
const text = readFileSync(checksumsFile, 'utf8');

test('the hashes are of the versions that package.json pins: after a change of one, npm run pulumi-checksums', () => {
  expect({ pulumi: file.pulumi.version, azuread: file.azuread.version }).toEqual(versions);
});

test('every archive has a name of its own, and a hash of its own or none', () => {
  const archives = platforms.flatMap((platform) => [
    findArchive(file, 'pulumi', platform),
    findArchive(file, 'azuread', platform),
  ]);
  const found = archives.filter((archive) => archive !== null);
  for (const of of [found.map(({ sha256 }) => sha256), found.flatMap(({ urls }) => urls)])
    expect(new Set(of).size).toBe(of.length);
});

test('an archive is asked for where Pulumi releases it, under the name that it has there', () => {
  const pinned = { ...file.pulumi, sha256: { ...file.pulumi.sha256, 'linux-x64': 'a'.repeat(64) } };
  const plugin = { ...file.azuread, sha256: { ...file.azuread.sha256, 'linux-x64': 'b'.repeat(64) } };
  const checksums = { pulumi: pinned, azuread: plugin };
  const [cli, azuread] = [
    `pulumi-v${versions.pulumi}-linux-x64`,
    `pulumi-resource-azuread-v${versions.azuread}-linux-amd64`,
  ];
  expect(findArchive(checksums, 'pulumi', 'linux-x64')?.urls).toEqual([
    `https://github.com/pulumi/pulumi/releases/download/v${versions.pulumi}/${cli}.tar.gz`,
    `https://get.pulumi.com/releases/sdk/${cli}.tar.gz`,
  ]);
  expect(findArchive(checksums, 'azuread', 'linux-x64')?.urls).toEqual([
    `https://github.com/pulumi/pulumi-azuread/releases/download/v${versions.azuread}/${azuread}.tar.gz`,
    `https://get.pulumi.com/releases/plugins/${azuread}.tar.gz`,
  ]);
});

test('no archive: on a platform that is not listed, with an empty entry, and of another version than the SDK’s', () => {
  const empty = { ...file.azuread, sha256: { ...file.azuread.sha256, 'linux-x64': null } };
  expect(findArchive(file, 'pulumi', 'win32-x64')).toBeNull();
  expect(findArchive({ ...file, azuread: empty }, 'azuread', 'linux-x64')).toBeNull();
  expect(findArchive({ ...file, pulumi: { ...file.pulumi, version: '3.0.0' } }, 'pulumi', 'linux-x64')).toBeNull();
});

test.each([
  ['a hash that is cut off', text.replace(/("linux-x64": "[0-9a-f]{63})[0-9a-f]/, '$1'), /pulumi\.sha256\.linux-x64/],
  ['a platform that nobody knows', text.replace('linux-x64', 'linux-x86'), /linux-x86/],
  ['no version', text.replace(/^ +"version": .*\n/m, ''), /lacks "version"/],
])('%s is refused by its line and field', (_, edited, message) => {
  expect(() => parseChecksums(edited)).toThrow(message);
});
