import { expect, test } from 'vitest';
import { aLicense, anAccount, idOf } from '../policy/account.fixture.ts';
import type { AssignedLicense } from '../policy/evidence.ts';
import { foldText } from '../policy/identifiers.ts';
import { judge } from '../policy/judge/judge.ts';
import { theRules } from '../policy/policy.fixture.ts';
import { aRun } from '../policy/tenant.fixture.ts';
import { auditGroups, createGroupCounter, isMostlyInactive } from './licensing-groups.ts';
import { createFindingsCollector } from './tenant-findings.ts';

const office = { assignedByGroup: idOf('office'), groupName: 'Office', groupObstacles: [] };
const prices = { monthly: { SPE_E3: 36, EMS: 10.6 } };

function someone(name: string, licenses: AssignedLicense[]) {
  return anAccount({ userPrincipalName: `${name}@contoso.com`, licenses });
}

test('a group’s people are counted once each, with all that it gives, and who has a product directly as well', () => {
  const people = [
    someone('ana', [aLicense('SPE_E3', office), aLicense('EMS', office)]),
    someone('ben', [aLicense('SPE_E3', office), aLicense('SPE_E3')]),
    someone('cem', [aLicense('SPE_E3')]),
  ];
  const counter = createGroupCounter();
  for (const person of people) counter.note(person);
  const [group, ...others] = auditGroups(
    counter.listGroups(),
    [{ evidence: someone('ben', [...(people[1]?.licenses ?? [])]) }],
    prices,
  );
  expect(others).toEqual([]);
  expect(group).toEqual({
    ...{ id: office.assignedByGroup, name: 'Office', obstacles: [] },
    ...{ accounts: 2, inactive: 1, monthly: 36 },
    skuPartNumbers: ['EMS', 'SPE_E3'],
    alsoDirect: [{ skuPartNumber: 'SPE_E3', accounts: 1 }],
  });
});

test.each([
  [8, 4, false],
  [10, 5, true],
  [11, 5, false],
  [5, 5, true],
])('of %i people %i inactive ones: mostly inactive is %s', (accounts, inactive, is) => {
  expect(isMostlyInactive({ accounts, inactive })).toBe(is);
});

test('of any number of executives the first fifty by name are kept, and the others counted', () => {
  const collector = createFindingsCollector();
  const names = Array.from(
    { length: 120 },
    (_, index) => `chief${String((index * 77) % 120).padStart(3, '0')}@contoso.com`,
  );
  for (const userPrincipalName of names)
    collector.note(judge(anAccount({ userPrincipalName, jobTitle: 'CEO' }), theRules(), aRun()));
  const { accounts, examples } = collector.getFindings().executives;
  expect(accounts).toBe(120);
  const first = names.toSorted().slice(0, 50).map(foldText);
  expect(examples.map(({ userPrincipalName }) => foldText(userPrincipalName))).toEqual(first);
});
