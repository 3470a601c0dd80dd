import { beforeAll, expect, test } from 'vitest';
import { type ApiReply, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { answerSignInPage, buildAuthorizeUrl, fetchPersonToken } from '../entra/people/person-client.fixture.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

const administrators = [
  'Global Administrator',
  'Exchange Administrator',
  'SharePoint Administrator',
  'Skype for Business Administrator',
  'Teams Administrator',
  'Teams Communications Administrator',
] as const;
const roles = [
  ...administrators,
  'Reports Reader',
  'Global Reader',
  'Usage Summary Reports Reader',
  'Security Reader',
  'Directory Readers',
  'Privileged Role Administrator',
  'User Administrator',
] as const;
const all = [...roles, 'nobody', 'guest'] as const;

const scopes = [
  'AdministrativeUnit.Read.All',
  'Application.Read.All',
  'AuditLog.Read.All',
  'Directory.Read.All',
  'GroupMember.Read.All',
  'LicenseAssignment.Read.All',
  'MailboxSettings.Read',
  'Organization.Read.All',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'Reports.Read.All',
  'ReportSettings.ReadWrite.All',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'User.Read',
  'User.Read.All',
  'User-LifeCycleInfo.Read.All',
];

useTenant(
  'all',
  {
    users: 0,
    switches: { budgets: 'off' },
    people: [
      ...roles.map((role) => ({
        kind: role === 'Global Administrator' ? 'globalAdministrator' : role,
        displayName: role,
        roles: [role],
      })),
      { kind: 'nobody', displayName: 'Nobody', groups: ['Role: Helpdesk administrators'] },
      { kind: 'guest', displayName: 'A guest', userType: 'Guest' },
      { kind: 'other', displayName: 'Somebody else' },
    ],
  },
  (started) => {
    emulator = started;
  },
);

const tokens = new Map<string, string>();

beforeAll(async () => {
  for (const who of all) tokens.set(who, await fetchPersonToken(emulator, findPerson(who).userPrincipalName, scopes));
});

function findPerson(who: string) {
  return emulator.tenant.people.requireKind(who === 'Global Administrator' ? 'globalAdministrator' : who);
}

async function ask(who: string, path: string, init: RequestInit = {}): Promise<ApiReply> {
  return send(tokens.get(who) ?? '', path, init);
}

async function send(token: string, path: string, init: RequestInit = {}): Promise<ApiReply> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${emulator.url}${path}`, { redirect: 'manual', headers, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, body: isJson ? Object(JSON.parse(text)) : {} };
}

async function listAllowed(path: string, init: RequestInit = {}): Promise<string[]> {
  const allowed = [];
  for (const who of all) if ((await ask(who, path, init)).status < 400) allowed.push(who);
  return allowed;
}

const members = all.filter((who) => who !== 'guest');
const group = "/v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=groupId eq 'x'";

test.each<[string, readonly string[]]>([
  ["/v1.0/reports/getOffice365ActiveUserDetail(period='D30')", [...administrators, 'Reports Reader']],
  ["/v1.0/reports/getMailboxUsageDetail(period='D30')", [...administrators, 'Reports Reader']],
  [
    '/v1.0/admin/reportSettings',
    [...administrators, 'Reports Reader', 'Global Reader', 'Usage Summary Reports Reader'],
  ],
  [
    '/v1.0/users?$select=id,signInActivity',
    ['Global Administrator', 'Reports Reader', 'Global Reader', 'Security Reader'],
  ],
  ['/v1.0/users?$select=id,employeeLeaveDateTime', ['Global Administrator', 'Global Reader']],
  ['/v1.0/users', members],
  ['/v1.0/groups', members],
  ['/v1.0/subscribedSkus', members],
  ['/v1.0/directory/administrativeUnits', members],
  ['/v1.0/directoryRoles', members],
  ['/v1.0/organization', all],
  [
    '/v1.0/roleManagement/directory/roleAssignments',
    ['Global Administrator', 'Global Reader', 'Directory Readers', 'Privileged Role Administrator'],
  ],
  [
    '/v1.0/roleManagement/directory/roleDefinitions',
    ['Global Administrator', 'Global Reader', 'Directory Readers', 'Privileged Role Administrator'],
  ],
  [
    '/v1.0/roleManagement/directory/roleEligibilitySchedules',
    ['Global Administrator', 'Global Reader', 'Security Reader', 'Privileged Role Administrator'],
  ],
  [group, ['Global Administrator', 'Global Reader', 'Privileged Role Administrator']],
  ['/v1.0/auditLogs/signIns', ['Global Administrator', 'Reports Reader', 'Global Reader', 'Security Reader']],
])('%s is for people of these roles', async (path, expected) => {
  expect((await listAllowed(encodeURI(path))).sort()).toEqual([...expected].sort());
});

test('administrators change the setting of the reports, readers do not', async () => {
  const init = { method: 'PATCH', body: JSON.stringify({ displayConcealedNames: true }) };
  expect((await listAllowed('/v1.0/admin/reportSettings', init)).sort()).toEqual([...administrators].sort());
});

test('each refusal has the code of its service', async () => {
  const report = await ask('Global Reader', "/v1.0/reports/getOffice365ActiveUserDetail(period='D30')");
  expect(formatError(report)).toBe('S2SUnauthorized: Invalid permission.');
  const signIns = await ask('nobody', '/v1.0/users?$select=signInActivity');
  expect(formatError(signIns)).toBe('Authentication_RequestFromUnsupportedUserRole: User is not in the allowed roles');
  const assignments = await ask('nobody', '/v1.0/roleManagement/directory/roleAssignments');
  expect(formatError(assignments)).toMatch(/^Authorization_RequestDenied/);
});

test('a role without the permission opens nothing', async () => {
  const url = buildAuthorizeUrl(emulator, { scope: 'User.Read' });
  expect((await answerSignInPage(url, { userPrincipalName: findPerson('nobody').userPrincipalName })).status).toBe(302);
  const refused = await send((await signInAs(emulator, 'audit')).token, '/v1.0/me');
  expect(refused.status).toBe(400);
});

test('a person reads settings of no mailbox but his own', async () => {
  const own = findPerson('nobody').id;
  expect((await ask('nobody', `/v1.0/users/${own}/mailboxSettings`)).status).toBe(200);
  for (const who of ['nobody', 'Global Administrator', 'Exchange Administrator']) {
    const other = await ask(who, `/v1.0/users/${findPerson('other').id}/mailboxSettings/userPurpose`);
    expect([other.status, formatError(other)]).toEqual([403, expect.stringMatching(/^ErrorAccessDenied/)]);
  }
});

test('a person writes nothing but the setting of the reports, whatever his role', async () => {
  const { id } = findPerson('other');
  const json = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });
  const writes: [string, RequestInit][] = [
    [`/v1.0/users/${id}`, { method: 'PATCH', body: JSON.stringify({ accountEnabled: false }) }],
    [`/v1.0/users/${id}`, { method: 'DELETE' }],
    [`/v1.0/users/${id}/revokeSignInSessions`, json({})],
    [`/v1.0/users/${id}/assignLicense`, json({ addLicenses: [], removeLicenses: [] })],
    [`/v1.0/users/${id}/sendMail`, json({ message: {} })],
    ['/v1.0/groups', json({ displayName: 'x' })],
    ['/v1.0/applications', json({ displayName: 'x' })],
    ['/v1.0/servicePrincipals', json({ appId: 'x' })],
    ['/v1.0/identity/conditionalAccess/policies', json({})],
    ['/v1.0/roleManagement/directory/roleAssignments', json({})],
  ];
  for (const [path, init] of writes)
    expect([path, init.method, (await ask('Global Administrator', path, init)).status]).toEqual([
      path,
      init.method,
      403,
    ]);
});

test('a batch is asked as the person, too', async () => {
  const requests = [
    { id: '1', method: 'GET', url: '/me?$select=displayName' },
    { id: '2', method: 'GET', url: '/roleManagement/directory/roleAssignments' },
  ];
  const { body } = await ask('nobody', '/v1.0/$batch', { method: 'POST', body: JSON.stringify({ requests }) });
  const answers: { id: string; status: number }[] = Object(body).responses;
  expect(answers.map(({ id, status }) => [id, status]).sort()).toEqual([
    ['1', 200],
    ['2', 403],
  ]);
});

test('/me is who has signed in, and nobody for an application', async () => {
  const me = await ask('Reports Reader', '/v1.0/me?$select=id,displayName');
  expect(me.body).toMatchObject({ id: findPerson('Reports Reader').id, displayName: 'Reports Reader' });
  expect(me.body['@odata.context']).toMatch(/\$metadata#users\(id,displayName\)\/\$entity$/);
  const audit = await signInAs(emulator, 'audit');
  for (const path of ['/v1.0/me', '/v1.0/me/memberOf', '/v1.0/me/transitiveMemberOf'])
    expect(formatError(await audit.get(path))).toBe(
      'BadRequest: /me request is only valid with delegated authentication flow.',
    );
});

test('a person sees his roles, also those that a group gives', async () => {
  const direct = listValues(await ask('Reports Reader', '/v1.0/me/memberOf/microsoft.graph.directoryRole'));
  expect(direct).toEqual([expect.objectContaining({ displayName: 'Reports Reader' })]);
  const names = async (path: string) => listValues(await ask('nobody', path)).map(({ displayName }) => displayName);
  expect(await names('/v1.0/me/memberOf')).toEqual(['Role: Helpdesk administrators']);
  expect(await names('/v1.0/me/transitiveMemberOf')).toEqual([
    'Role: Helpdesk administrators',
    'Helpdesk Administrator',
  ]);
});

test('with User.Read alone a role and a group are only known by their ids, and of the organisation three properties', async () => {
  emulator.tenant.directory.permissionGrants.clear();
  const token = await fetchPersonToken(emulator, findPerson('Reports Reader').userPrincipalName, ['User.Read']);
  const roleless = listValues(await send(token, '/v1.0/me/memberOf'));
  expect(roleless).toEqual([
    {
      '@odata.type': '#microsoft.graph.directoryRole',
      id: expect.any(String),
      deletedDateTime: null,
      description: null,
      displayName: null,
      roleTemplateId: null,
    },
  ]);
  const [organization] = listValues(await send(token, '/v1.0/organization'));
  expect(organization).toMatchObject({
    displayName: 'Contoso',
    verifiedDomains: expect.arrayContaining([expect.objectContaining({ name: 'contoso.com' })]),
    countryLetterCode: null,
    tenantType: null,
  });
  expect((await send(token, '/v1.0/users')).status).toBe(403);
});

test('Organization.Read.All reads what an application is told of the tenant', async () => {
  const [organization] = listValues(
    await ask('nobody', '/v1.0/organization?$select=countryLetterCode,preferredLanguage,tenantType'),
  );
  expect(organization).toEqual({ countryLetterCode: 'GB', preferredLanguage: 'en', tenantType: 'AAD' });
});

test('Exchange refuses a person', async () => {
  const { status } = await ask('Exchange Administrator', `/adminapi/beta/${emulator.tenant.id}/InvokeCommand`, {
    method: 'POST',
    body: '{}',
  });
  expect(status).toBe(401);
});
