import { describe, expect, test } from 'vitest';
import { addDays, type Day, type LiveSignIns, type PrivilegeAccess } from '../evidence.ts';
import type { PolicyChange } from '../policy.fixture.ts';
import { anAccount, aPolicy, signedIn, today } from '../tenant.fixture.ts';
import { guard, type ReviewedAccount } from './guard.ts';

const ana = anAccount();
const { id, userPrincipalName, displayName, department, jobTitle } = ana;

const allRead: PrivilegeAccess = {
  roleEligibility: 'read',
  groupEligibility: 'read',
  restrictedUnits: 'read',
};

/** What the guard says today about Ana, who has these sign-ins now, and whose file says that she had `inFile` as her last. */
function codesFor(
  signIns: LiveSignIns,
  {
    inFile = '2026-07-15' as Day | null,
    auditedOn = today,
    policy = {} as PolicyChange,
    privilegeAccess = allRead,
  } = {},
  now: Partial<typeof ana> = {},
): string[] {
  const reviewed: ReviewedAccount = {
    account: {
      ...{ id, userPrincipalName, displayName, department, jobTitle },
      manager: null,
      onPremisesSyncEnabled: false,
    },
    isOwnMailbox: false,
    evidence: { auditedOn, lastActivity: { signIn: inFile } },
  };
  const context = {
    ...{ stack: 'contoso', policy: aPolicy(policy), exemptions: [], today },
    pipelineAccounts: [],
  };
  return guard(reviewed, { ...ana, ...now, signIns, privilegeAccess }, context).map(({ code }) => code);
}

const ago = (days: number) => addDays(today, -days);

describe.each<[string, Day | null]>([
  ['no sign-in', null],
  ['the one of July', '2026-07-15'],
  ['one of today', today],
  ['one of next year', '2027-12-07'],
])('whatever the file says, here %s', (_, inFile) => {
  test.each<[string, LiveSignIns, string[]]>([
    ['a success of today', signedIn(today), ['active-again']],
    ['a success 89 days ago', signedIn(ago(89)), ['active-again']],
    ['a success 90 days ago', signedIn(ago(90)), []],
    ['a success of tomorrow, by a clock that is ahead', signedIn(ago(-1)), ['active-again']],
    ['a success long ago, attempts of today', signedIn('2026-07-15', today), []],
    ['attempts of today, no known success', signedIn(null, today), ['sign-in-attempts-only']],
    ['attempts of tomorrow, no known success', signedIn(null, ago(-1)), ['sign-in-attempts-only']],
    ['attempts 90 days ago, no known success', signedIn(null, ago(90)), []],
    ['no sign-in that anybody knows of', signedIn(null), []],
    ['sign-ins that cannot be read', { kind: 'unavailable' }, ['sign-ins-unavailable']],
  ])('%s: %s', (_name, signIns, codes) => {
    expect(codesFor(signIns, { inFile })).toEqual(codes);
  });
});

test('sign-ins that cannot be read stop nobody where the policy says that they are optional', () => {
  expect(codesFor({ kind: 'unavailable' }, { policy: { signIns: 'optional' } })).toEqual([]);
});

test('the days without activity are the policy’s', () => {
  expect(codesFor(signedIn(ago(100)), { policy: { inactiveAfterDays: 120 } })).toEqual(['active-again']);
});

test.each([
  ['ANA.REYES@Contoso.com', []],
  ['ana.reye\u0301s@contoso.com', ['renamed']],
])('under another display name, %s: %j', (liveName, codes) => {
  expect(codesFor(signedIn('2026-07-15'), {}, { displayName: 'A. Reyes', userPrincipalName: liveName })).toEqual(codes);
});

test.each([
  [today, []],
  [ago(30), []],
  [ago(31), ['evidence-too-old']],
  [ago(-1), ['evidence-too-old']],
  ['2099-01-01', ['evidence-too-old']],
])('evidence that is dated %s: %j', (auditedOn, codes) => {
  expect(codesFor(signedIn('2026-07-15'), { auditedOn })).toEqual(codes);
});

test.each<[string, Partial<PrivilegeAccess>, string[]]>([
  ['may activate a role', { roleEligibility: 'unavailable' }, ['privilege-unknown']],
  ['may activate a group', { groupEligibility: 'unavailable' }, ['privilege-unknown']],
  [
    'may activate anything, in a tenant without Entra ID P2',
    { roleEligibility: 'unlicensed', groupEligibility: 'unlicensed' },
    [],
  ],
  ['is in which unit', { restrictedUnits: 'unavailable' }, []],
])('while nobody can tell who %s: %j gives %j', (_, access, codes) => {
  const privilegeAccess = { ...allRead, ...access };
  expect(codesFor(signedIn('2026-07-15'), { privilegeAccess })).toEqual(codes);
});
