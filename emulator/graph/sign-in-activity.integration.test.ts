import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { NO_SIGN_IN_FORMS } from '../tenant/person.ts';
import type { PersonInput } from '../tenant/person-input.ts';
import { useTenant } from '../use-tenant.fixture.ts';

const silent = NO_SIGN_IN_FORMS.map((form): PersonInput => ({ kind: form, signIn: form }));
const working = Array.from({ length: 20 }, (_, at): PersonInput => ({ kind: `p${at}` }));

let emulator: Emulator;
let audit: ApiClient;

useTenant('each', { users: 0, people: [...silent, ...working] }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

const alone = async (kind: string) => {
  const { id } = emulator.tenant.people.requireKind(kind);
  return (await audit.get(`/v1.0/users/${id}?$select=signInActivity`)).body;
};
const listed = async (top: number) => listValues(await audit.get(`/v1.0/users?$select=id,signInActivity&$top=${top}`));

test('whom Graph knows no sign-in of comes without it, with null, with nulls, or with the first day of the calendar', async () => {
  expect(await alone('missing')).not.toHaveProperty('signInActivity');
  expect(await alone('null')).toMatchObject({ signInActivity: null });
  expect(await alone('nulls')).toMatchObject({ signInActivity: { lastSuccessfulSignInDateTime: null } });
  expect(await alone('first-day')).toMatchObject({
    signInActivity: { lastSignInDateTime: '0001-01-01T00:00:00Z' },
  });
});

test('a person can lose what Graph knows of sign-ins, and gets it back with the next one', async () => {
  emulator.applyEvents('p0', { signIn: 'missing' });
  expect(await alone('p0')).not.toHaveProperty('signInActivity');
  emulator.applyEvents('p0', { signIn: { successful: 'now' } });
  expect(await alone('p0')).toMatchObject({
    signInActivity: { lastSuccessfulSignInDateTime: expect.stringMatching(/^2026-12-07/) },
  });
});

test('a tenant can answer 200 without signInActivity for everybody, filters on it included', async () => {
  emulator.tenant.switches.signInsShownOf = 'nobody';
  expect((await listed(24)).filter((user) => 'signInActivity' in user)).toEqual([]);
  expect(await alone('p0')).not.toHaveProperty('signInActivity');
  const since = await audit.get('/v1.0/users?$filter=signInActivity/lastSignInDateTime ge 2020-01-01T00:00:00Z');
  expect(listValues(since)).toEqual([]);
});

test('a crowded page leaves some of the users without it; a smaller one, or one user alone, has it', async () => {
  emulator.tenant.switches.crowdedSignInPage = 10;
  const withIt = async (top: number) => (await listed(top)).filter((user) => 'signInActivity' in user).length;
  // Of the first 24 four have none to show, of the first ten three: null is a value to the eye.
  expect([await withIt(10), await withIt(24)]).toEqual([9, 12]);
  expect(await alone('p0')).toHaveProperty('signInActivity');
});

test('above the largest page with signInActivity comes a 400; without it, and without $top, none', async () => {
  emulator.tenant.switches.largestSignInPage = 15;
  const page = (query: string) => audit.get(`/v1.0/users?$select=id${query}`);
  expect(formatError(await page(',signInActivity&$top=16'))).toContain('more than 15 users at a time');
  expect(listValues(await page(',signInActivity&$top=15'))).toHaveLength(15);
  expect(listValues(await page(',signInActivity'))).toHaveLength(15);
  expect(listValues(await page('&$top=24'))).toHaveLength(24);
});
