import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { AccountFile } from './account.ts';
import { Exemptions } from './exemptions.ts';
import { Policy } from './policy.ts';
import { Prices } from './prices.ts';
import { Tenant } from './tenant.ts';

// The repository's own YAML, whatever its owner has made of it: these tests hold for every company's copy.
const root = fileURLToPath(new URL('../../', import.meta.url));

function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

const files = [
  ['policy/policy.yaml', Policy],
  ['policy/prices.yaml', Prices],
  ['exemptions.yaml', Exemptions],
  ...globSync('stacks/*/tenant.yaml', { cwd: root }).map((path) => [path, Tenant] as const),
  ...globSync('stacks/*/accounts/*.yaml', { cwd: root }).map((path) => [path, AccountFile] as const),
] as const;

const defaults = [
  ['policy/defaults/policy.yaml', Policy],
  ['policy/defaults/prices.yaml', Prices],
  ['policy/defaults/exemptions.yaml', Exemptions],
] as const;

test.each([...files, ...defaults])('%s fits its schema', (path, schema) => {
  expect(() => parseYaml(schema, path, read(path))).not.toThrow();
});

test.each(files)('%s names the schema that editors read, and it is there', (path) => {
  const named = read(path).match(/^# yaml-language-server: \$schema=(\S+)$/m)?.[1] ?? 'no schema';
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  expect(existsSync(`${root}${folder}${named}`), named).toBe(true);
});

test('the policy protects somebody: without a single rule for executives and services it is a draft', () => {
  const { risk } = parseYaml(Policy, 'policy/policy.yaml', read('policy/policy.yaml')).value;
  const { executives, serviceAccounts, emergencyAccessAccounts } = risk;
  expect([...executives.jobTitles, ...executives.departments, ...executives.accounts]).not.toEqual([]);
  expect(Object.values(serviceAccounts).flat()).not.toEqual([]);
  expect(emergencyAccessAccounts).not.toEqual([]);
});

test('the JSON Schemas are in step with the types they are made from', () => {
  expect(() => execFileSync(process.execPath, [`${root}tools/schemas.ts`, '--check'], { stdio: 'pipe' })).not.toThrow();
});
