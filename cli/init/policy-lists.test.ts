import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { addToPolicyList } from './policy-lists.ts';

const path = 'policy/policy.yaml';
const shipped = await readFile(new URL('../../policy/defaults/policy.yaml', import.meta.url), 'utf8');
const line = /^ {2}emergencyAccessAccounts:.*$/m;
const policyWith = (list: string) => shipped.replace(line, `  emergencyAccessAccounts:${list}`);
const addEmergencyAccounts = (text: string, accounts: readonly string[]) =>
  addToPolicyList({ path, text }, 'emergencyAccessAccounts', accounts);
const listIn = (text: string) => parseYaml(Policy, path, text).value.risk.emergencyAccessAccounts;

test.each([
  ['an inline list', ' ["breakglass*"] # two people know them'],
  ['an empty list', ' []'],
  ['a list with a line each', '\n    - breakglass* # in the safe\n    # and one more\n    - "emergency*"'],
  ['a list over several lines', '\n    [\n      "breakglass*",\n      "emergency*",\n    ]'],
])('adds to %s, and moves no other line', (_, list) => {
  const before = policyWith(list);
  const after = addEmergencyAccounts(before, ['vault@contoso.com']);
  expect(listIn(after)).toEqual([...listIn(before), 'vault@contoso.com']);
  for (const kept of before
    .split('\n')
    .filter((each) => !each.includes('emergencyAccessAccounts') && !each.includes('emergency*')))
    expect(after.split('\n')).toContain(kept);
  expect(after.replace(/,? ?(\n {4}- )?"vault@contoso\.com"/, '')).toBe(before);
});

test('an account that a pattern covers already is not added again', () => {
  const before = policyWith(' ["breakglass*"]');
  expect(addEmergencyAccounts(before, ['BreakGlass1@contoso.com'])).toBe(before);
});

test('whatever the accounts are called, they arrive as they are', () => {
  const account = fc.stringMatching(/^[a-z!#$%&*+/=?^_`{|}~.-]{1,20}@[a-z]{1,9}\.com$/);
  fc.assert(
    fc.property(fc.uniqueArray(account, { minLength: 1, maxLength: 4 }), (accounts) => {
      const after = addEmergencyAccounts(policyWith(' []'), accounts);
      expect(listIn(after)).toEqual(accounts);
    }),
    { numRuns: 20 },
  );
});

test('titles are added to those of executives', () => {
  const text = addToPolicyList({ path, text: shipped }, 'executiveTitles', ['head of treasury', 'prokurist']);
  expect(parseYaml(Policy, path, text).value.risk.executives.jobTitles).toEqual(['head of treasury', 'prokurist']);
});

test.each([
  ['an inline list', ' ["*"] # all'],
  ['a list with a line each', '\n    - "*" # all'],
])('domains take the place of the star that lets all in, in %s', (_, list) => {
  const before = shipped.replace(/internalDomains:.*/, `internalDomains:${list}`);
  const after = addToPolicyList({ path, text: before }, 'internalDomains', ['contoso.com', 'contoso.de']);
  const domains = (text: string) => parseYaml(Policy, path, text).value.notifications.internalDomains;
  expect(domains(after)).toEqual(['contoso.com', 'contoso.de']);
  expect(after).toContain('# all');
  expect(domains(addToPolicyList({ path, text: after }, 'internalDomains', ['contoso.fr']))).toEqual([
    'contoso.com',
    'contoso.de',
    'contoso.fr',
  ]);
});
