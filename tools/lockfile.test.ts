// What is installed is what was reviewed: exact versions with hashes, only from the registry, without install scripts.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const manifest: Locked = JSON.parse(read('package.json'));
const { packages }: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

it('the lockfile is of this package.json', () => {
  for (const kind of kinds) expect([kind, packages['']?.[kind]]).toEqual([kind, manifest[kind]]);
});

it('every direct dependency is pinned to a version, and the lockfile has that one', () => {
  for (const [name, version] of kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}))) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  }
});

it('every package has the hash of what was reviewed, and none comes from git, a folder or an address of its own', () => {
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.length).toBeGreaterThan(400);
  for (const [path, { integrity, resolved, link }] of installed) {
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[\w+/]{86}==$/)]);
    expect([path, resolved, link]).toEqual([path, undefined, undefined]);
  }
});

it('no package runs a script when it is installed', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
});
