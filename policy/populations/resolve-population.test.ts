import { expect, test } from 'vitest';
import { aLicense, anAccount, idOf } from '../account.fixture.ts';
import type { Evidence } from '../evidence.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { Population } from '../schemas/populations.ts';
import { selectStages } from './population-policy.ts';
import { mayHavePopulation, resolvePopulation } from './resolve-population.ts';

const groupId = idOf('Seasonal staff');
const populations: Population[] = [
  { name: 'pupils', match: { departments: ['School*'] }, inactiveAfterDays: 180, stages: { notifyDays: 14 } },
  { name: 'contractors', match: { employeeTypes: ['contractor'] }, inactiveAfterDays: 30, minimumLicenseAgeDays: 7 },
  { name: 'frontline', match: { licenses: ['SPE_F*'] }, inactiveAfterDays: 45 },
  { name: 'seasonal', match: { groups: [{ name: 'Seasonal staff' }, { id: groupId }] }, inactiveAfterDays: 150 },
  { name: 'subsidiary', match: { domains: ['*.fabrikam.com'], departments: ['Sales'] }, inactiveAfterDays: 60 },
];
const policy = aPolicy({ populations });
const names = '"seasonal staff"';
const resolve = (change: Partial<Evidence>) => {
  const known = { in: [], unknown: [] };
  const found = resolvePopulation(anAccount({ namedGroups: known, ...change }), policy);
  return [found.name, found.policy.inactiveAfterDays];
};

test.each<[string, Partial<Evidence>, string | null, number]>([
  ['nobody in particular', {}, null, 90],
  ['a department, in any case', { department: 'SCHOOL of Arts' }, 'pupils', 180],
  ['no department', { department: null }, null, 90],
  ['an employeeType', { employeeType: 'Contractor' }, 'contractors', 30],
  ['a licence', { licenses: [aLicense('SPE_F1')] }, 'frontline', 45],
  ['a group by its name', { namedGroups: { in: [names], unknown: [] } }, 'seasonal', 150],
  ['a group by its id', { namedGroups: { in: [groupId], unknown: [] } }, 'seasonal', 150],
  ['a domain and a department', { userPrincipalName: 'ana@de.fabrikam.com' }, 'subsidiary', 60],
  ['a domain without the department', { userPrincipalName: 'ana@de.fabrikam.com', department: 'HR' }, null, 90],
  ['two, of which the longer counts', { department: 'School', employeeType: 'Contractor' }, 'pupils', 180],
])('%s: %s, %s and %s days', (_, change, name, days) => {
  expect(resolve(change)).toEqual([name, days]);
});

test.each<[string, Partial<Evidence>, string | null, number]>([
  ['the longest silence', { namedGroups: { in: [], unknown: [names] } }, 'seasonal', 150],
  ['also where no group is known at all', { namedGroups: { in: [], unknown: [names, groupId] } }, 'seasonal', 150],
  [
    'and where a shorter one certainly matches',
    { employeeType: 'Contractor', namedGroups: { in: [], unknown: [names] } },
    'seasonal',
    150,
  ],
  [
    'but not where a longer one does',
    { department: 'School', namedGroups: { in: [], unknown: [names] } },
    'pupils',
    180,
  ],
])('whoever may be in a group that cannot be read has %s', (_, change, name, days) => {
  expect(resolve(change)).toEqual([name, days]);
});

test('whoever may belong to a population with less has no less than without it', () => {
  const short = aPolicy({
    populations: [
      { name: 'short', match: { groups: [{ id: groupId }] }, inactiveAfterDays: 30, stages: { notifyDays: 30 } },
    ],
  });
  const found = resolvePopulation(anAccount(), short);
  expect(found).toMatchObject({
    name: null,
    policy: { inactiveAfterDays: 90, stages: { notifyDays: 30, reviewDays: 7 } },
  });
});

test('a population has the days that it names, and all others of the policy', () => {
  const { policy: contractors } = resolvePopulation(
    anAccount({ employeeType: 'contractor', namedGroups: { in: [], unknown: [] } }),
    policy,
  );
  expect(contractors).toEqual({ ...policy, inactiveAfterDays: 30, minimumLicenseAgeDays: 7 });
  expect(selectStages(policy, 'pupils')).toEqual({ ...policy.stages, notifyDays: 14 });
  expect(selectStages(policy, null)).toBe(policy.stages);
});

test('a name that the policy does not have any more gets the longest stages that anybody has', () => {
  expect(selectStages(policy, 'apprentices')).toEqual({ ...policy.stages, notifyDays: 14 });
});

test('of two with the same silence the longer stages count, then the first of the file', () => {
  const same = (name: string, notifyDays: number): Population => ({
    ...{ name, match: { departments: ['Sales'] }, inactiveAfterDays: 60 },
    stages: { notifyDays },
  });
  const nameOf = (list: Population[]) => resolvePopulation(anAccount(), aPolicy({ populations: list })).name;
  expect(nameOf([same('a', 7), same('b', 14)])).toBe('b');
  expect(nameOf([same('a', 7), same('b', 7)])).toBe('a');
});

test.each<[string, Partial<Evidence>, string | null]>([
  ['licences', { licenses: [] }, 'frontline'],
  ['groups', { namedGroups: { in: [], unknown: [] } }, 'seasonal'],
])(
  'what this pipeline took of its %s still counts for the population that it was reviewed in',
  (kind, change, name) => {
    const former = { population: name, licenses: kind === 'licences', groups: kind === 'groups' };
    expect(resolve({ ...change, former })[0]).toBe(name);
    expect(resolve({ ...change, former: { ...former, population: null } })[0]).toBe(null);
  },
);

test.each<[string | null, Partial<Evidence>, boolean]>([
  [null, {}, true],
  ['pupils', { department: 'School' }, true],
  [null, { department: 'School' }, false],
  ['subsidiary', { department: 'School', userPrincipalName: 'ana@de.fabrikam.com' }, false],
  ['subsidiary', {}, false],
  ['seasonal', {}, true],
  ['contractors', {}, true],
  ['apprentices', {}, false],
])('a file may say %s of %o: %s', (name, change, may) => {
  const { userPrincipalName, department } = anAccount(change);
  expect(mayHavePopulation(name, { userPrincipalName, department }, policy)).toBe(may);
});
