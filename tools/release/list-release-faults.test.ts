import { expect, test } from 'vitest';
import { listReleaseFaults } from './list-release-faults.ts';

const repository = { url: 'git+https://github.com/contoso/dormant.git' };
const aCandidate = (change: Partial<Parameters<typeof listReleaseFaults>[0]> = {}) => ({
  tag: 'v0.2.0',
  home: 'https://github.com/contoso/dormant',
  manifests: ['dormant', 'emulator'].map((name) => ({ name, version: '0.2.0', repository })),
  changelog: '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2027-01-10\n',
  isOnMain: true,
  ...change,
});

test('a commit of main whose tag, packages and changelog agree may be released', () => {
  expect(listReleaseFaults(aCandidate())).toEqual([]);
});

test.each([
  ['a tag of another version', { tag: 'v0.3.0' }, /^The tag is v0\.3\.0, and package\.json says 0\.2\.0\./],
  ['a tag without the v', { tag: '0.2.0' }, /^The tag is 0\.2\.0/],
  ['a commit that is on no main', { isOnMain: false }, /not on main/],
  ['a version that the changelog gives no day', { changelog: '## 0.2.0 - Unreleased\n' }, /no day/],
  ['a version that the changelog does not have', { changelog: '## 0.1.0 - 2026-12-01\n' }, /no day/],
  [
    'a package that was left behind',
    { manifests: [...aCandidate().manifests, { name: 'create', version: '0.1.0', repository }] },
    /^create is 0\.1\.0, and not 0\.2\.0/,
  ],
  ['a package that names no repository', { manifests: [{ name: 'dormant', version: '0.2.0' }] }, /Only its own/],
])('%s is not released', (_, change, fault) => {
  const faults = listReleaseFaults(aCandidate(change));
  expect(faults).toEqual([expect.stringMatching(fault)]);
});

test('a copy of the repository releases none of the packages', () => {
  const faults = listReleaseFaults(aCandidate({ home: 'https://github.com/fabrikam/dormant' }));
  expect(faults).toHaveLength(2);
});
