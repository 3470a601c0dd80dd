import { expect, test } from 'vitest';
import { parseLockedVersion } from './locked-version.ts';

const integrity = `sha512-${'A'.repeat(86)}==`;
const resolved = 'https://registry.npmjs.org/@dormant-m365/dormant/-/dormant-9.1.0.tgz';
const locked = { version: '9.1.0', resolved, integrity };
const aLockfile = (entry: object, more: object = {}) =>
  JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/@dormant-m365/dormant': entry, ...more } });

test('a lockfile names one published version of Dormant by its hash; what else is in it does not matter', () => {
  expect(parseLockedVersion(aLockfile(locked))).toEqual({ version: '9.1.0', integrity });
  const more = { 'node_modules/yaml': { version: '2.9.1', resolved: 'git+ssh://git@example.com/yaml.git#main' } };
  expect(parseLockedVersion(aLockfile({ ...locked, license: 'x' }, more))).toEqual({ version: '9.1.0', integrity });
});

test.each([
  ['a file', { ...locked, resolved: 'file:../dormant-9.1.0.tgz' }],
  ['a folder', { resolved: 'dormant', link: true }],
  ['git', { ...locked, resolved: 'git+ssh://git@github.com/somebody/dormant.git#0123456' }],
  ['another registry', { ...locked, resolved: resolved.replace('registry.npmjs.org', 'npm.example.com') }],
  ['another host that begins alike', { ...locked, resolved: resolved.replace('.org/', '.org.example.com/') }],
  ['another package', { ...locked, resolved: 'https://registry.npmjs.org/dormant/-/dormant-9.1.0.tgz' }],
  ['the tarball of another version', { ...locked, version: '9.2.0' }],
  ['no address', { version: '9.1.0', integrity }],
  ['a version that is not final', { ...locked, version: '9.1.0-rc.1' }],
  ['a tag', { ...locked, version: 'latest' }],
  ['a range', { ...locked, version: '^9.1.0' }],
  ['a version with a line after it', { ...locked, version: '9.1.0\nintegrity=x' }],
  ['no version', { resolved, integrity }],
  ['no hash', { version: '9.1.0', resolved }],
  ['a weak hash', { ...locked, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
  ['two hashes', { ...locked, integrity: `${integrity} ${integrity}` }],
])('%s is refused', (_what, entry) => {
  expect(() => parseLockedVersion(aLockfile(entry))).toThrow(expect.objectContaining({ code: 'upgrade-unpublished' }));
});

test.each(['', 'null', '[]', '{}', '{"packages":[]}', '{"packages":{"node_modules/@dormant-m365/dormant":null}}'])(
  'what is no such lockfile is refused: %s',
  (text) => {
    expect(() => parseLockedVersion(text)).toThrow(expect.objectContaining({ code: 'upgrade-unpublished' }));
  },
);
