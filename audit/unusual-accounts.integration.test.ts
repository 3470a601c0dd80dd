import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

// An unreadable entry of the listing makes its person doubtful; the run goes on, and all others are judged as without it.

const usual: PersonInput = { kind: 'usual', inactiveDays: 160 };
const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const odd: Record<string, Partial<PersonInput>> = {
  'accountEnabled is left out': { leavesOut: ['accountEnabled'] },
  'accountEnabled is null': { shows: { accountEnabled: null } },
  'accountEnabled is a text': { shows: { accountEnabled: 'True' } },
  'accountEnabled is a number': { shows: { accountEnabled: 1 } },
  'userPrincipalName is left out': { leavesOut: ['userPrincipalName'] },
  'userPrincipalName is null': { shows: { userPrincipalName: null } },
  'userPrincipalName is empty': { shows: { userPrincipalName: '' } },
  'displayName is an object': { shows: { displayName: {} } },
  'mail is a list': { shows: { mail: [] } },
  'department is a number': { shows: { department: 7 } },
  'userType is a number': { shows: { userType: 0 } },
  'createdDateTime could be two days': { shows: { createdDateTime: '10/1/2020' } },
  'createdDateTime is no date': { shows: { createdDateTime: 'yesterday' } },
  'a licence is null': { shows: { licenseAssignmentStates: [null] } },
  'a licence has no skuId': { shows: { licenseAssignmentStates: [{ state: 'Active' }] } },
  'a licence is of no GUID': { shows: { licenseAssignmentStates: [{ skuId: 'SPE_E3' }] } },
  'a licence comes from a group without a GUID': {
    shows: { licenseAssignmentStates: [{ skuId: e3, assignedByGroup: 'Sales' }] },
  },
  'a plan that is off is null': {
    shows: { licenseAssignmentStates: [{ skuId: e3, disabledPlans: [null] }] },
  },
  'the id is no GUID': { shows: { id: 'S-1-5-21' } },
  'licenseAssignmentStates is a text': { shows: { licenseAssignmentStates: 'SPE_E3' } },
  'onPremisesSyncEnabled is a text': { shows: { onPremisesSyncEnabled: 'True' } },
};

test.each(Object.entries(odd))('%s: that account is doubtful and named, the others are judged', async (_, change) => {
  const strange = { kind: 'strange', inactiveDays: 160, displayName: 'Odd Entry', ...change };
  const tenant = await anAuditedTenant({ users: 0, people: [usual, strange] });
  const strangeId = tenant.emulator.tenant.people.requireKind('strange').id;
  const audited = await tenant.audit();
  expect(tenant.find(audited, 'usual')?.judgement.verdict).toBe('inactive');
  expect(audited.inactive.map(({ evidence }) => evidence.id)).not.toContain(strangeId);
  expect(audited.counts.reasons['account-incomplete']).toBe(1);
  expect(audited.counts.verdicts['insufficient-evidence']).toBe(1);
});

test.each([
  ['is null', { displayName: null }],
  ['is left out', {}],
])('a displayName that %s is no doubt: the userPrincipalName stands in', async (_, shows) => {
  const nameless = { ...usual, shows, leavesOut: 'displayName' in shows ? [] : ['displayName'] };
  const tenant = await anAuditedTenant({ users: 0, people: [nameless] });
  const found = tenant.find(await tenant.audit(), 'usual');
  expect(found?.judgement.verdict).toBe('inactive');
  expect(found?.evidence.displayName).toBe(found?.evidence.userPrincipalName);
});

test.each([
  ['without an id', { leavesOut: ['id'] }],
  ['whose id is null', { shows: { id: null } }],
])('an entry %s is nobody’s: it is counted, said, and the others are judged', async (_, change) => {
  const tenant = await anAuditedTenant({ users: 0, people: [usual, { inactiveDays: 160, ...change }] });
  const audited = await tenant.audit();
  expect(audited.inactive).toHaveLength(1);
  // The usual one and the colleague at work.
  expect(audited.counts.accounts).toBe(2);
  expect(audited.quality.notes).toContain(
    '1 entry of the listing carries no id: nobody can tell whose it is, so it is left alone.',
  );
});

test('two entries with one id, in whatever case, are a doubt about that account and about nobody else', async () => {
  const id = 'aaaaaaaa-0000-4000-8000-00000000000a';
  const people = [
    usual,
    { kind: 'one', id, inactiveDays: 160 },
    { inactiveDays: 160, shows: { id: id.toUpperCase() } },
  ];
  const tenant = await anAuditedTenant({ users: 0, people });
  const audited = await tenant.audit();
  expect(audited.inactive.map(({ evidence }) => evidence.id)).toEqual([
    tenant.emulator.tenant.people.requireKind('usual').id,
  ]);
});

const twice = { id: 'aaaaaaaa-0000-4000-8000-00000000000a', userPrincipalName: 'ana.reyes@contoso.com' };

test.each<[string, PersonInput]>([
  ['a sign-in of three days ago', { signIn: { successful: 3 } }],
  ['the title of an executive', { jobTitle: 'Chief Executive Officer' }],
  ['a guest', { shows: { userType: 'Guest' } }],
])('an account that comes twice, once with %s, is doubtful, whichever comes first', async (_, change) => {
  const first = { ...usual, ...twice };
  const again = { ...usual, kind: 'again', ...change, shows: { ...change.shows, ...twice } };
  for (const people of [
    [first, again],
    [again, first],
  ]) {
    const tenant = await anAuditedTenant({ users: 0, people });
    expect((await tenant.audit()).inactive).toEqual([]);
  }
});

test('two accounts with one userPrincipalName share a report row, so neither of them can be judged', async () => {
  const userPrincipalName = 'ana.reyes@contoso.com';
  const people = [
    usual,
    { kind: 'one', userPrincipalName, inactiveDays: 160 },
    { inactiveDays: 160, shows: { userPrincipalName } },
  ];
  const tenant = await anAuditedTenant({ users: 0, people });
  const audited = await tenant.audit();
  expect(audited.inactive.map(({ evidence }) => evidence.id)).toEqual([
    tenant.emulator.tenant.people.requireKind('usual').id,
  ]);
});
