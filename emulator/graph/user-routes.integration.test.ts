import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant('all', { users: 2000, seed: 7, switches: { quotaSpeed: 10_000 } }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;

async function everybody(path: string): Promise<{ users: Record<string, unknown>[]; pages: number }> {
  const users: Record<string, unknown>[] = [];
  let pages = 0;
  for (let next: unknown = path; typeof next === 'string'; pages += 1) {
    const reply = await audit.get(next);
    users.push(...listValues(reply));
    next = reply.body['@odata.nextLink'];
  }
  return { users, pages };
}

test('a page holds 100 users unless asked otherwise, and 999 at most', async () => {
  expect(listValues(await audit.get('/v1.0/users'))).toHaveLength(100);
  expect(listValues(await audit.get('/v1.0/users?$top=999'))).toHaveLength(999);
  expect(formatError(await audit.get('/v1.0/users?$top=1000'))).toBe(
    "Request_UnsupportedQuery: Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.",
  );
});

test('with signInActivity a page is cut to 500 without a word', async () => {
  expect(listValues(await audit.get('/v1.0/users?$select=id,signInActivity&$top=999'))).toHaveLength(500);
});

test('following the links yields everybody once', async () => {
  const { users, pages } = await everybody('/v1.0/users?$select=id,signInActivity&$top=500');
  expect(pages).toBe(4);
  expect(new Set(users.map((user) => user.id)).size).toBe(users.length);
  expect(users).toHaveLength(1998); // 2,000 less the two kinds that are deleted
});

test('a link follows the host it was asked on', async () => {
  const link = String((await audit.get('/v1.0/users?$top=1')).body['@odata.nextLink']);
  expect(new URL(link).origin).toBe(emulator.url);
});

test('a made-up page token is expired', async () => {
  expect(formatError(await audit.get('/v1.0/users?$skiptoken=abc'))).toContain('Directory_ExpiredPageToken');
});

test('somebody who never signed in has no signInActivity', async () => {
  const { body } = await audit.get(`/v1.0/users/${id('neverSignedIn')}?$select=id,signInActivity`);
  expect(Object.keys(body)).not.toContain('signInActivity');
});

test('a password spray moves the attempts and not the success', async () => {
  const { body } = await audit.get(`/v1.0/users/${id('sprayed')}?$select=id,signInActivity`);
  const { lastSignInDateTime, lastSuccessfulSignInDateTime } = Object(body.signInActivity);
  expect(lastSignInDateTime).toMatch(/^2026-12-07/);
  expect(lastSuccessfulSignInDateTime).toMatch(/^2026-07-05/);
});

test('signInActivity by UPN is refused', async () => {
  const reply = await audit.get('/v1.0/users/lee.park@contoso.com?$select=signInActivity');
  expect(formatError(reply)).toContain('Get By Key only supports UserId');
});

test('without Entra ID P1 signInActivity answers 403', async () => {
  emulator.tenant.switches.premium = false;
  const reply = await audit.get('/v1.0/users?$select=signInActivity');
  emulator.tenant.switches.premium = true;
  expect(reply.status).toBe(403);
  expect(formatError(reply)).toContain('Authentication_RequestFromNonPremiumTenantOrB2CTenant');
});

test('without AuditLog.Read.All signInActivity answers 403 and the rest still works', async () => {
  const bootstrap = await signInAs(emulator, 'bootstrap');
  expect((await bootstrap.get('/v1.0/users?$select=id')).status).toBe(200);
  expect(formatError(await bootstrap.get('/v1.0/users?$select=id,signInActivity'))).toContain('AuditLog.Read.All');
});

test('the manager can be expanded, with and without levels, and is absent where there is none', async () => {
  const select = '$select=id&$expand=manager($levels=1;$select=id,displayName)';
  const { body } = await audit.get(`/v1.0/users/${id('inactiveDirect')}?${select}`);
  expect(body.manager).toMatchObject({ id: id('lineManager'), displayName: 'Lee Park' });
  const { body: alone } = await audit.get(`/v1.0/users/${id('inactiveManagerMissing')}?$select=id&$expand=manager`);
  expect(Object.keys(alone)).not.toContain('manager');
  expect((await audit.get(`/v1.0/users/${id('inactiveManagerMissing')}/manager`)).status).toBe(404);
});

test('levels lead up the line', async () => {
  const query = '$select=id&$expand=manager($levels=max;$select=id)';
  const { body } = await audit.get(`/v1.0/users/${id('inactiveDirect')}?${query}`);
  expect(body.manager).toMatchObject({ id: id('lineManager'), manager: { id: id('chiefExecutive') } });
});

test('people are found by UPN in any case, with apostrophes, plus signs and letters beyond ASCII', async () => {
  for (const kind of ['apostropheUpn', 'plusUpn', 'capitalUpn', 'accentedUpn', 'guestInactive']) {
    const { userPrincipalName } = emulator.tenant.people.requireKind(kind);
    const { body } = await audit.get(`/v1.0/users/${encodeURIComponent(userPrincipalName.toUpperCase())}?$select=id`);
    expect(body.id, kind).toBe(id(kind));
  }
});

test('every generated user is found by its id and by its UPN', async () => {
  const { users } = await everybody('/v1.0/users?$select=id,userPrincipalName&$top=999');
  for (const user of users) {
    expect(emulator.tenant.people.find(String(user.userPrincipalName))?.id).toBe(user.id);
    expect(emulator.tenant.people.find(String(user.id))?.userPrincipalName).toBe(user.userPrincipalName);
  }
});

test('somebody unknown is 404 with the sentence of Graph', async () => {
  const reply = await audit.get('/v1.0/users/nobody@contoso.com');
  expect(reply.status).toBe(404);
  expect(formatError(reply)).toContain("Resource 'nobody@contoso.com' does not exist");
});

test('deleted accounts are not in the directory', async () => {
  expect((await audit.get(`/v1.0/users/${id('deletedInReport')}`)).status).toBe(404);
});

test('mailboxSettings in a list is not implemented, $skip not supported', async () => {
  expect((await audit.get('/v1.0/users?$select=mailboxSettings')).status).toBe(501);
  expect(formatError(await audit.get('/v1.0/users?$skip=10'))).toContain("'$skip' is not supported");
});

test('about one in twenty of 2,000 users has gone quiet, most of the rest works', async () => {
  const { users } = await everybody('/v1.0/users?$select=id,userType,accountEnabled,signInActivity&$top=500');
  const before = '2026-09-08';
  const quiet = users.filter((user) => {
    const { lastSuccessfulSignInDateTime: last } = Object(user.signInActivity ?? {});
    return user.userType === 'Member' && user.accountEnabled === true && typeof last === 'string' && last < before;
  });
  expect(quiet.length).toBeGreaterThan(60);
  expect(quiet.length).toBeLessThan(250);
});
