import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { InvalidInput } from '../errors.ts';
import { aPolicy } from '../policy.fixture.ts';
import { parsePolicy } from './policy-file.ts';

const policy = stringify(aPolicy());
const below = (at: number) => policy.split('\n').length - 1 + at;

function listProblems(more: string): [number, number, string][] {
  try {
    parsePolicy('policy/policy.yaml', `${policy}${more}`);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems.map(({ line, column, message }) => [line, column, message]);
  }
}

const contractors =
  'populations:\n  - name: contractors\n    match: { departments: [External] }\n    inactiveAfterDays: 30\n';

test('populations and a scope are read', () => {
  expect(listProblems(`${contractors}scope: { departments: [Sales], share: 0.1 }\n`)).toEqual([]);
});

test.each<[string, string, [number, number, string]]>([
  [
    'a name twice',
    `${contractors}  - name: contractors\n    match: { departments: [Other] }\n    inactiveAfterDays: 40\n`,
    [5, 5, 'populations.1.name: found "contractors", which population 1 has already; allowed: a name of its own'],
  ],
  [
    'a match that names nothing',
    contractors.replace('{ departments: [External] }', '{}'),
    [
      3,
      5,
      'populations.0.match: found {}, allowed: 1 or more of departments, domains, groups, licenses, employeeTypes',
    ],
  ],
  [
    'an empty list',
    contractors.replace('[External]', '[]'),
    [3, 14, 'populations.0.match.departments: found [], allowed: 1 or more entries'],
  ],
  [
    'a domain that no account can have',
    'scope:\n  domains: ["@contoso.com"]\n',
    [2, 13, 'scope.domains.0: found "@contoso.com", allowed: a domain such as contoso.com, without an @'],
  ],
  [
    'a product that cannot be',
    contractors.replace('departments: [External]', 'licenses: ["Microsoft 365 F1"]'),
    [
      3,
      25,
      'populations.0.match.licenses.0: found "Microsoft 365 F1", allowed: a SKU part number such as SPE_F1, without spaces',
    ],
  ],
  [
    'an empty scope',
    'scope: {}\n',
    [1, 1, 'scope: found {}, allowed: 1 or more of departments, domains, groups, share'],
  ],
  ['a share of nobody', 'scope: { share: 0 }\n', [1, 10, 'scope.share: found 0, allowed: more than 0']],
])('%s is told at its place', (_, more, [line, column, message]) => {
  expect(listProblems(more)).toEqual([[below(line), column, message]]);
});
