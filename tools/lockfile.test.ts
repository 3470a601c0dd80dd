// What is installed is what was reviewed: exact versions with hashes, only from the registry, without install scripts.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isProductFile } from './architecture/import-graph.ts';
import { readSources } from './house/read-sources.ts';

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
const emulator: Locked = JSON.parse(read('emulator/package.json'));
const { packages }: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
/** The one package that is a folder of this repository, and only for developers. */
const { 'dormant-emulator': folder, ...devDependencies } = manifest.devDependencies ?? {};

it('the lockfile is of these two package.json', () => {
  for (const kind of kinds) {
    expect([kind, packages['']?.[kind]]).toEqual([kind, manifest[kind]]);
    expect([kind, packages.emulator?.[kind]]).toEqual([kind, emulator[kind]]);
  }
  expect(folder).toBe('file:emulator');
});

it('every direct dependency is pinned to a version, and the lockfile has that one', () => {
  const direct = [{ ...manifest, devDependencies }, emulator].flatMap((one) => kinds.map((kind) => one[kind] ?? {}));
  for (const [name, version] of direct.flatMap(Object.entries<string>)) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  }
});

it('every package has the hash of what was reviewed, and none comes from git, a folder or an address of its own', () => {
  const own = ['', 'emulator', 'node_modules/dormant-emulator'];
  const installed = Object.entries(packages).filter(([path]) => !own.includes(path));
  expect(installed.length).toBeGreaterThan(400);
  for (const [path, { integrity, resolved, link }] of installed) {
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[\w+/]{86}==$/)]);
    expect([path, resolved, link]).toEqual([path, undefined, undefined]);
  }
});

it('no package runs a script when it is installed', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
});

it('production installs the packages that the product imports, and no others', async () => {
  const sources = await readSources((path) => isProductFile(path) && !/^(demo|emulator)\//.test(path));
  const imports = /^(?:import|export) (?!type )[\w\s{},*]* from '([^.'][^']*)'|(?:^import |\bimport\()'([^.'][^']*)'/gm;
  const names = sources
    .flatMap(({ text }) => [...text.matchAll(imports)].map(([, from, alone]) => from ?? alone ?? ''))
    .filter((name) => !name.startsWith('node:'))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  expect([...new Set(names)].sort()).toEqual(Object.keys(manifest.dependencies ?? {}).sort());
});
