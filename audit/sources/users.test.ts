import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DormantError } from '../../policy/errors.ts';
import { userAccount, usersRequest } from './users.ts';

const read = { kind: 'read' } as const;
const ana = {
  id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  userPrincipalName: 'ana@contoso.com',
  accountEnabled: true,
};

test('everything but id, userPrincipalName and accountEnabled may be missing', () => {
  expect(userAccount(ana, read)).toEqual({
    ...ana,
    displayName: 'ana@contoso.com',
    mail: null,
    userType: 'member',
    department: null,
    jobTitle: null,
    employeeType: null,
    createdOn: null,
    onPremisesSyncEnabled: false,
    manager: null,
    licenseAssignmentStates: [],
    signIns: { kind: 'read', lastSuccessful: null, lastAttempt: null },
  });
});

test('the last attempt is the later of both kinds, and the first day of the calendar means never', () => {
  const signInActivity = {
    lastSignInDateTime: '2026-06-01T10:00:00Z',
    lastNonInteractiveSignInDateTime: '2026-11-30T10:00:00Z',
    lastSuccessfulSignInDateTime: '0001-01-01T00:00:00Z',
  };
  expect(userAccount({ ...ana, signInActivity }, read).signIns).toEqual({
    kind: 'read',
    lastSuccessful: null,
    lastAttempt: '2026-11-30',
  });
});

test('a sign-in that could not be read is not a sign-in that never was', () => {
  const account = userAccount(ana, { kind: 'unavailable', because: 'no-premium' });
  expect(account.signIns).toEqual({ kind: 'unavailable' });
});

test('an account that was synced once is the cloud’s', () => {
  expect(userAccount({ ...ana, onPremisesSyncEnabled: false }, read).onPremisesSyncEnabled).toBe(false);
  expect(userAccount({ ...ana, onPremisesSyncEnabled: null }, read).onPremisesSyncEnabled).toBe(false);
  expect(userAccount({ ...ana, onPremisesSyncEnabled: true }, read).onPremisesSyncEnabled).toBe(true);
});

test('a wrong type names the account and the field, and shows no value', () => {
  const broken = { ...ana, accountEnabled: 'secret' };
  expect(() => userAccount(broken, read)).toThrow(
    `user ${ana.id}: accountEnabled is string, expected true or false`,
  );
});

test('whatever comes is an account or an unexpected answer', () => {
  const field = fc.constantFrom(...Object.keys(userAccount(ana, read)), 'createdDateTime', 'signInActivity');
  fc.assert(
    fc.property(fc.dictionary(field, fc.jsonValue()), fc.boolean(), (fields, isWhole) => {
      try {
        const account = userAccount(isWhole ? { ...ana, ...fields } : fields, read);
        expect(account.id).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(DormantError);
        expect(error).toMatchObject({ code: 'unexpected-answer' });
      }
    }),
  );
});

test('pages are of 500 with sign-ins and of 999 without, and a filter is encoded', () => {
  expect(usersRequest(read).path).toContain('$top=500');
  expect(usersRequest({ kind: 'unavailable', because: 'no-premium' }).path).toContain('$top=999');
  expect(usersRequest({ kind: 'unavailable', because: 'no-premium' }).path).not.toContain('signInActivity');
  expect(usersRequest(read, "userPrincipalName ge 'o''neill&x'").path).toContain("ge%20'o''neill%26x'");
});
