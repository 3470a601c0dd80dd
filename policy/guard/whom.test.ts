// The guard by population and scope: of the account as it is now, whatever the review saw.
import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import type { PolicyChange } from '../policy.fixture.ts';
import { aLicense, anAccount, aPolicy, signedIn, today } from '../tenant.fixture.ts';
import { guard, type LiveAccount, type ReviewedAccount } from './guard.ts';

const ago = (days: number) => addDays(today, -days);
const populations = [
  { name: 'contractors', match: { employeeTypes: ['contractor'] }, inactiveAfterDays: 30 },
  { name: 'pupils', match: { groups: [{ name: 'Pupils' }] }, inactiveAfterDays: 180 },
  { name: 'frontline', match: { licenses: ['SPE_F1'] }, inactiveAfterDays: 45 },
];
const contractor = anAccount({ employeeType: 'Contractor', namedGroups: { in: [], unknown: [] } });

interface Case {
  silentFor: number;
  now?: Partial<Omit<typeof contractor, 'signIns'>> & Partial<Pick<LiveAccount, 'signIns'>>;
  policy?: PolicyChange;
  reviewed?: Partial<ReviewedAccount>;
}

function refuse({ silentFor, now = {}, policy = { populations }, reviewed = {} }: Case): [string, string][] {
  const { id, userPrincipalName, displayName, department, jobTitle } = contractor;
  const signIns = signedIn(ago(silentFor));
  const file: ReviewedAccount = {
    account: {
      ...{ id, userPrincipalName, displayName, department, jobTitle },
      manager: null,
      onPremisesSyncEnabled: false,
    },
    isOwnMailbox: false,
    evidence: {
      auditedOn: today,
      lastActivity: { signIn: ago(silentFor) },
      population: 'contractors',
      silentSince: ago(silentFor),
    },
    ...reviewed,
  };
  const privilegeAccess = { roleEligibility: 'read', groupEligibility: 'read', restrictedUnits: 'read' } as const;
  const context = { stack: 'contoso', policy: aPolicy(policy), exemptions: [], today, pipelineAccounts: [] };
  return guard(file, { ...contractor, privilegeAccess, signIns, ...now }, context).map(({ code, because }) => [
    code,
    because,
  ]);
}

test('nobody is refused who has been silent for as long as their own population asks', () => {
  expect(refuse({ silentFor: 30 })).toEqual([]);
});

test('a sign-in counts by the days of the population, which is named', () => {
  expect(refuse({ silentFor: 40, now: { signIns: signedIn(ago(29)) } })).toEqual([
    ['active-again', `signed in on ${ago(29)}; the review saw ${ago(40)}; contractors: 30 days`],
  ]);
  expect(refuse({ silentFor: 40, now: { signIns: signedIn(null, ago(29)) } })).toEqual([
    [
      'sign-in-attempts-only',
      `tried to sign in on ${ago(29)}, and whether that succeeded is not known; contractors: 30 days`,
    ],
  ]);
});

test('whoever has become an employee is refused with the reason, and goes on once silent for as long as they', () => {
  const now = { employeeType: 'Employee', signIns: signedIn(null) };
  expect(refuse({ silentFor: 40, now })).toEqual([
    [
      'active-again',
      `is of no population now, and there 90 days of silence are asked for; it was reviewed as contractors, silent since ${ago(40)}`,
    ],
  ]);
  expect(refuse({ silentFor: 90, now })).toEqual([]);
});

test('so is whoever was of a population that the policy has lost since', () => {
  const found = refuse({ silentFor: 40, policy: {}, now: { signIns: signedIn(null) } });
  expect(found).toEqual([['active-again', expect.stringContaining('is of no population now, and there 90 days')]]);
});

test.each([
  ['a group that asks for more', { in: ['"pupils"'], unknown: [] }],
  ['a group that may not be read', { in: [], unknown: ['"pupils"'] }],
])('so is whoever is in %s', (_, namedGroups) => {
  const found = refuse({ silentFor: 100, now: { namedGroups, signIns: signedIn(null) } });
  expect(found).toEqual([['active-again', expect.stringContaining('the population pupils now, and there 180 days')]]);
});

test('a licence that this pipeline has taken still says whose days count, and one that somebody else took does not', () => {
  const worker = { licenses: [aLicense('SPE_F1')], employeeType: 'Employee' };
  const reviewed = {
    evidence: { auditedOn: today, lastActivity: { signIn: null }, population: 'frontline', silentSince: ago(50) },
  };
  const gone = { ...worker, licenses: [] };
  expect(refuse({ silentFor: 50, now: worker, reviewed })).toEqual([]);
  expect(refuse({ silentFor: 50, now: gone, reviewed }).map(([code]) => code)).toEqual([
    'active-again',
    'active-again',
  ]);
  const former = { population: 'frontline', licenses: true, groups: false };
  expect(refuse({ silentFor: 50, now: gone, reviewed: { ...reviewed, former } })).toEqual([]);
});

test.each<[string, PolicyChange, NonNullable<Case['now']>, string[]]>([
  ['inside', { scope: { departments: ['Sales'] } }, {}, []],
  ['in another department by now', { scope: { departments: ['Sales'] } }, { department: 'Legal' }, ['out-of-scope']],
  ['out of a share', { scope: { share: 1e-9 } }, {}, ['out-of-scope']],
  ['in the group', { scope: { groups: [{ name: 'Pilot' }] } }, { namedGroups: { in: ['"pilot"'], unknown: [] } }, []],
  ['in no group', { scope: { groups: [{ name: 'Pilot' }] } }, {}, ['out-of-scope']],
  [
    'in a group that may not be read',
    { scope: { groups: [{ name: 'Pilot' }] } },
    { namedGroups: { in: [], unknown: ['"pilot"'] } },
    ['out-of-scope'],
  ],
])('of a scope, an account that is %s', (_, policy, now, codes) => {
  expect(refuse({ silentFor: 200, policy, now }).map(([code]) => code)).toEqual(codes);
});
