import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SignInProbe } from './sign-in-probe.ts';
import { buildUsersRequest, parseUserAccount, type UserAccount } from './users.ts';

const read = { kind: 'read' } as const;
const ana = {
  id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  userPrincipalName: 'ana@contoso.com',
  accountEnabled: true,
};

function accountIn(entry: object, access: Pick<SignInProbe, 'kind'> = read): UserAccount {
  const account = parseUserAccount(entry, access);
  if (account === null) throw new Error('the entry has no id');
  return account;
}

test('everything but id, userPrincipalName and accountEnabled may be missing', () => {
  expect(accountIn(ana)).toEqual({
    ...ana,
    displayName: 'ana@contoso.com',
    isManagementRestricted: false,
    givenName: null,
    surname: null,
    mail: null,
    userType: 'member',
    accountKind: 'person',
    department: null,
    jobTitle: null,
    employeeType: null,
    createdOn: null,
    onPremisesSyncEnabled: false,
    licenseAssignmentStates: [],
    assignedLicenses: [],
    signIns: { kind: 'missing' },
    incomplete: [],
  });
});

test('the last attempt is the later of both kinds, and the first day of the calendar means never', () => {
  const signInActivity = {
    lastSignInDateTime: '2026-06-01T10:00:00Z',
    lastNonInteractiveSignInDateTime: '2026-11-30T10:00:00Z',
    lastSuccessfulSignInDateTime: '0001-01-01T00:00:00Z',
  };
  expect(accountIn({ ...ana, signInActivity }).signIns).toEqual({
    kind: 'read',
    lastSuccessful: null,
    lastAttempt: '2026-11-30',
  });
});

const first = '0001-01-01T00:00:00Z';
const none = { kind: 'missing' } as const;

test.each<[string, unknown, unknown]>([
  ['left out', undefined, none],
  ['null', null, none],
  ['an empty object', {}, none],
  ['all null', { lastSignInDateTime: null, lastSuccessfulSignInDateTime: null }, none],
  ['the first day', { lastSignInDateTime: first, lastSuccessfulSignInDateTime: first }, none],
  ['empty texts', { lastSignInDateTime: '', lastSuccessfulSignInDateTime: '' }, none],
  ['only request ids', { lastSignInRequestId: 'x', lastSuccessfulSignInRequestId: null }, none],
  [
    'one interactive attempt',
    { lastSignInDateTime: '2026-11-30T10:00:00Z', lastSuccessfulSignInDateTime: null },
    { kind: 'read', lastSuccessful: null, lastAttempt: '2026-11-30' },
  ],
  [
    'one non-interactive attempt, with fractions',
    { lastNonInteractiveSignInDateTime: '2026-11-30T10:00:00.1234567Z' },
    { kind: 'read', lastSuccessful: null, lastAttempt: '2026-11-30' },
  ],
  [
    'a success and no attempt',
    { lastSuccessfulSignInDateTime: '2026-11-30T10:00:00Z', lastSignInDateTime: first },
    { kind: 'read', lastSuccessful: '2026-11-30', lastAttempt: null },
  ],
])('signInActivity that is %s', (_, signInActivity, expected) => {
  expect(accountIn({ ...ana, signInActivity }, read).signIns).toEqual(expected);
});

test('a sign-in that could not be read is not a sign-in that never was', () => {
  const account = accountIn(ana, { kind: 'unavailable' });
  expect(account.signIns).toEqual({ kind: 'unavailable' });
});

test('an account that was synced once is the cloud’s', () => {
  expect(accountIn({ ...ana, onPremisesSyncEnabled: false }).onPremisesSyncEnabled).toBe(false);
  expect(accountIn({ ...ana, onPremisesSyncEnabled: null }).onPremisesSyncEnabled).toBe(false);
  expect(accountIn({ ...ana, onPremisesSyncEnabled: true }).onPremisesSyncEnabled).toBe(true);
});

test.each([
  ['accountEnabled', 'secret'],
  ['userPrincipalName', null],
  ['displayName', 7],
  ['mail', {}],
  ['createdDateTime', '10/1/2026'],
  ['licenseAssignmentStates', 'SPE_E3'],
  ['signInActivity', { lastSignInDateTime: 'yesterday' }],
])('%s that is not what it must be is named, and the rest of the account is read', (property, value) => {
  const account = accountIn({ ...ana, jobTitle: 'Buyer', [property]: value });
  expect(account.incomplete).toEqual([property]);
  expect(account.jobTitle).toBe('Buyer');
});

test.each([
  ['no object', 'ana'],
  ['an object without id', { userPrincipalName: 'ana@contoso.com' }],
  ['an id that is a number', { ...ana, id: 7 }],
])('an entry that is %s is nobody’s', (_, entry) => {
  expect(parseUserAccount(entry, read)).toBeNull();
});

test('whatever comes is an account, or nobody’s: never an error', () => {
  const field = fc.constantFrom(...Object.keys(accountIn(ana)), 'createdDateTime', 'signInActivity');
  fc.assert(
    fc.property(fc.dictionary(field, fc.jsonValue()), fc.boolean(), (fields, isWhole) => {
      const account = parseUserAccount(isWhole ? { ...ana, ...fields } : fields, read);
      expect(account === null || account.id !== '').toBe(true);
    }),
  );
});

test('a page has 999 people, or as many as asked, without sign-ins and with nothing expanded', () => {
  expect(buildUsersRequest().path).toContain('$top=999');
  expect(buildUsersRequest(undefined, 125).path).toContain('$top=125');
  expect(buildUsersRequest().path).not.toMatch(/signInActivity|expand|manager/);
});

test('a filter is encoded', () => {
  expect(buildUsersRequest("userPrincipalName ge 'o''neill&x'").path).toContain("ge%20'o''neill%26x'");
});
