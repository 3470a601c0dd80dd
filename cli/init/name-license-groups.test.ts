import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { nameLicenseGroups } from './name-license-groups.ts';

const path = 'policy/policy.yaml';
const shipped = await readFile(new URL('../../policy/defaults/policy.yaml', import.meta.url), 'utf8');
const office = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const tools = 'aaaaaaaa-0000-4000-8000-000000000001';
const name = (text: string, ...ids: string[]) => nameLicenseGroups({ path, text }, ids);
const licensesIn = (text: string) => parseYaml(Policy, path, text).value.licenses;

test('the policy as it is shipped names no group, and explains the section that the first one gets', () => {
  expect(licensesIn(shipped)).toBeUndefined();
  const named = name(shipped, office, tools);
  expect(licensesIn(named)).toEqual({ groups: [{ id: office }, { id: tools }] });
  expect(named).toMatch(/^# {3}groupRights: .*\nlicenses:\n {2}groups:\n {4}- /m);
  expect(named.replace(/licenses:\n {2}groups:\n( {4}- .*\n){2}/, '')).toBe(shipped);
});

test.each([
  ['groups of its own', 'licenses:\n  groups:\n    - name: Tools # of sales\n', [{ name: 'Tools' }, { id: office }]],
  ['groups on one line', 'licenses: { groups: [{ name: Tools }] }\n', [{ name: 'Tools' }, { id: office }]],
  ['no group', 'licenses:\n  groupRights: tenant # agreed in May\n', [{ id: office }]],
  ['no group, on one line', 'licenses: { groupRights: tenant }\n', [{ id: office }]],
  ['nothing in it', 'licenses: {}\n', [{ id: office }]],
  ['an empty list', 'licenses: { groups: [] }\n', [{ id: office }]],
])('a section with %s keeps all that it has', (_, section, groups) => {
  const before = shipped.replace(/^# licenses:.*\n(#.*\n)*/m, section);
  const after = name(before, office);
  expect(licensesIn(after)).toEqual({ ...licensesIn(before), groups });
  for (const comment of section.match(/#.*/g) ?? []) expect(after).toContain(comment);
});

test('a policy that does not end its last line, and explains nothing, gets the section at its end', () => {
  const before = shipped.replace(/^# licenses:.*\n(#.*\n)*/m, '').trimEnd();
  expect(licensesIn(name(before, office))).toEqual({ groups: [{ id: office }] });
});

test('a group that is named already is not named again', () => {
  const named = name(shipped, office);
  expect(name(named, office.toUpperCase())).toBe(named);
  expect(name(shipped)).toBe(shipped);
});
