// What is installed is what was reviewed: exact versions with hashes, only from the registry, without install scripts.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isProductFile } from './architecture/import-graph.ts';
import { readSources } from './house/read-sources.ts';
import {
  getPackageName,
  keepProduction,
  type LockedPackage,
  listProductionPackages,
  productionInstall,
} from './production-packages.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const manifest: LockedPackage = JSON.parse(read('package.json'));
const emulator: LockedPackage = JSON.parse(read('emulator/package.json'));
const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(read('package-lock.json'));
const production = listProductionPackages(packages);
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
/** The one package that is a folder of this repository, and only for developers. */
const { '@dormant-m365/emulator': folder, ...devDependencies } = manifest.devDependencies ?? {};

it('the lockfile is of these two package.json', () => {
  expect([packages['']?.version, packages.emulator?.version]).toEqual([manifest.version, emulator.version]);
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
  const own = ['', 'emulator', 'node_modules/@dormant-m365/emulator'];
  const installed = Object.entries(packages).filter(([path]) => !own.includes(path));
  expect(installed.length).toBeGreaterThan(400);
  for (const [path, { integrity, resolved, link }] of installed) {
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[\w+/]{86}==$/)]);
    expect([path, resolved, link]).toEqual([path, undefined, undefined]);
  }
});

it('no package runs a script when it is installed', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  expect(productionInstall).toContain(' --ignore-scripts');
  // It only compares versions. Whoever adds a second one finds out whether the product works without its script.
  const withScript = production.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  expect(withScript).toEqual(['node_modules/protobufjs']);
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

it('what production installs is listed by name, and is no more than a person has allowed', async () => {
  const names = new Set(production.map(([path]) => getPackageName(path)));
  // A line more is a package more beside the apply's identity. `vitest --update --project unit tools/lockfile.test.ts` writes it.
  await expect(`${[...names].sort().join('\n')}\n`).toMatchFileSnapshot('production-packages.txt');
  expect(production.length).toBeLessThanOrEqual(439);
});

it('no package of production brings a program that the product or npm would take for the machine’s', () => {
  // `npm run` looks into node_modules/.bin first.
  const ofTheMachine = ['bash', 'curl', 'git', 'go', 'jq', 'node', 'npm', 'npx', 'pulumi', 'sh'];
  const brought = production.flatMap(([, { bin }]) => Object.keys(bin ?? {}));
  expect(brought).toContain('semver');
  expect(brought.filter((name) => ofTheMachine.includes(name) || name.startsWith('pulumi-'))).toEqual([]);
});

it('the bill of materials has what both the product and a test need, and nothing that only a test needs', () => {
  const jose = `jose@${packages['node_modules/jose']?.version}`;
  const vitest = `vitest@${packages['node_modules/vitest']?.version}`;
  const bill = keepProduction(
    {
      metadata: { component: { 'bom-ref': 'dormant@0.1.0' } },
      components: [{ 'bom-ref': jose }, { 'bom-ref': vitest }],
      dependencies: [
        { ref: 'dormant@0.1.0', dependsOn: [jose, vitest] },
        { ref: vitest, dependsOn: [] },
      ],
    },
    packages,
  );
  expect(bill.components).toEqual([{ 'bom-ref': jose }]);
  expect(bill.dependencies).toEqual([{ ref: 'dormant@0.1.0', dependsOn: [jose] }]);
});
