import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { listValues, signInAs } from '../../api-client.fixture.ts';
import type { Emulator } from '../../emulator.ts';
import { useTenant } from '../../use-tenant.fixture.ts';
import { answerSignInPage, buildAuthorizeUrl, GRAPH_TOOLS, readReply, redeemCode } from './person-client.fixture.ts';

let emulator: Emulator;

const roles = [
  'Global Administrator',
  'Privileged Role Administrator',
  'Cloud Application Administrator',
  'Application Administrator',
  'User Administrator',
  'Global Reader',
] as const;

useTenant(
  'each',
  {
    users: 0,
    people: [
      { kind: 'ana', displayName: 'Ana Reyes' },
      { kind: 'lee', displayName: 'Lee Park' },
      ...roles.map((role) => ({ kind: role, displayName: role, roles: [role] })),
    ],
  },
  (started) => {
    emulator = started;
  },
);

const upn = (kind: string) => emulator.tenant.people.requireKind(kind).userPrincipalName;

async function answer(kind: string, scope: string, more: Record<string, string> = {}) {
  return answerSignInPage(buildAuthorizeUrl(emulator, { scope }), { userPrincipalName: upn(kind), ...more });
}

async function fetchScopes(kind: string, scope: string): Promise<unknown> {
  const { body } = await redeemCode(emulator, readReply(await answer(kind, scope)).get('code') ?? '');
  return decodeJwt(String(body.access_token)).scp;
}

test('who agrees does so for himself, and a token has all that was ever agreed to', async () => {
  expect(await fetchScopes('ana', 'User.Read')).toBe('User.Read');
  expect(await fetchScopes('ana', 'Mail.Read')).toBe('User.Read Mail.Read');
  expect(await fetchScopes('lee', 'Mail.Read')).toBe('Mail.Read');
});

test('what needs an administrator is not given to others, until one has agreed for everybody', async () => {
  const needed = await answer('ana', 'User.Read Reports.Read.All');
  expect(needed.text).toContain('Need admin approval');
  expect(needed.text).toContain('AADSTS90094: Microsoft Graph Command Line Tools needs permission');
  expect(needed.text).toContain('<li>Reports.Read.All</li>');
  const back = readReply(await answer('ana', 'Reports.Read.All', { answer: 'cancel' }));
  expect([back.get('error'), back.get('error_description')]).toEqual([
    'access_denied',
    expect.stringContaining('AADSTS65004'),
  ]);
  await answer('Global Administrator', 'Reports.Read.All');
  expect((await answer('ana', 'Reports.Read.All')).text).toContain('AADSTS90094');
  await answer('Global Administrator', 'Reports.Read.All', { forEverybody: 'on' });
  expect(await fetchScopes('ana', 'Reports.Read.All')).toBe('Reports.Read.All');
});

test.each<[string, boolean]>([
  ['Global Administrator', true],
  ['Privileged Role Administrator', true],
  ['Cloud Application Administrator', true],
  ['Application Administrator', true],
  ['User Administrator', false],
  ['Global Reader', false],
])('a %s may agree to what needs an administrator: %s', async (role, may) => {
  expect(readReply(await answer(role, 'Directory.Read.All')).has('code')).toBe(may);
});

test('nobody without such a role agrees for everybody', async () => {
  await answer('ana', 'Mail.Read', { forEverybody: 'on' });
  const [grant] = [...emulator.tenant.directory.permissionGrants.values()];
  expect(grant).toMatchObject({ consentType: 'Principal', scope: 'Mail.Read' });
});

test('what was agreed to stands in the directory, with the application that asked', async () => {
  const bootstrap = await signInAs(emulator, 'bootstrap');
  const path = `/v1.0/servicePrincipals(appId='${GRAPH_TOOLS}')`;
  expect((await bootstrap.get(path)).status).toBe(404);
  await answer('ana', 'User.Read Mail.Read');
  await answer('Global Administrator', 'Reports.Read.All User.Read', { forEverybody: 'on' });
  const { body: principal } = await bootstrap.get(path);
  const grants = listValues(await bootstrap.get('/v1.0/oauth2PermissionGrants'));
  expect(principal.displayName).toBe('Microsoft Graph Command Line Tools');
  expect(grants).toEqual([
    expect.objectContaining({
      clientId: principal.id,
      consentType: 'Principal',
      principalId: emulator.tenant.people.requireKind('ana').id,
      scope: 'User.Read Mail.Read',
    }),
    expect.objectContaining({ clientId: principal.id, consentType: 'AllPrincipals', principalId: null }),
  ]);
});
