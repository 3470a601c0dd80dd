import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphAs } from '../../bootstrap/emulated-provider.fixture.ts';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { changeMembers } from '../../bootstrap/license-group-roles.ts';
import type { Finding } from './check.ts';
import { appRoles } from './checks/app-roles.ts';
import { entraRoles } from './checks/entra-roles.ts';
import { licenseGroups } from './checks/license-groups.ts';
import { createContext } from './context.ts';
import { examineLicenseGroups } from './license-groups.ts';
import type { NamedLicenseGroups } from './named-groups.ts';
import { type AStack, aStack, finding, notPassed } from './stack.fixture.ts';

let stack: AStack;
let write: Awaited<ReturnType<typeof graphAs>>;
let sales: string;
let office: string;
let unit: string;
let assignment: string;

beforeAll(async () => {
  stack = await aStack();
  write = await graphAs(stack.emulator, 'bootstrap');
  sales = await makeGroup('Licences: sales');
  office = await makeGroup('Licences: office');
  unit = await make('/directory/administrativeUnits', { displayName: 'dormant-license-groups-contoso' });
  for (const id of [sales, office]) await addToUnit(id);
  assignment = await assign(
    [changeMembers],
    'apply',
    `/administrativeUnits/${unit}`,
    'dormant-license-group-members-contoso',
  );
});
afterAll(() => stack.close());

async function make(path: string, body: object): Promise<string> {
  return String((await write('POST', path, body)).id);
}

function makeGroup(displayName: string, more: object = {}): Promise<string> {
  const security = { mailEnabled: false, securityEnabled: true, mailNickname: 'licences', ...more };
  return make('/groups', { displayName, ...security });
}

function addToUnit(id: string) {
  const body = { '@odata.id': `${stack.emulator.url}/v1.0/directoryObjects/${id}` };
  return write('POST', `/directory/administrativeUnits/${unit}/members/$ref`, body);
}

const removeFromUnit = (id: string) => write('DELETE', `/directory/administrativeUnits/${unit}/members/${id}/$ref`);

/** A role of the company's own, or a built-in one by its id; answers with the assignment. */
async function assign(
  role: readonly string[] | string,
  to: 'audit' | 'apply',
  directoryScopeId: string,
  displayName = 'Another role',
) {
  const roleDefinitionId =
    typeof role === 'string'
      ? role
      : await make('/roleManagement/directory/roleDefinitions', {
          displayName,
          isEnabled: true,
          rolePermissions: [{ allowedResourceActions: role }],
        });
  const { clientId } = stack.emulator.identities[to] ?? {};
  const { id: principalId } = await write('GET', `/servicePrincipals(appId='${clientId}')`);
  return make('/roleManagement/directory/roleAssignments', { principalId, roleDefinitionId, directoryScopeId });
}

async function examine(named: Partial<NamedLicenseGroups> = {}, identity: 'audit' | 'apply' = 'audit', of = stack) {
  const options = { root: of.repository.root, stack: 'contoso', identity, env: of.env(identity) };
  return examineLicenseGroups(
    { groups: [{ id: sales }, { id: office }], rights: 'scoped', ...named },
    await createContext(options),
  );
}

/** For as long as a role is assigned. */
async function whileAssigned<T>(assigned: Promise<string>, look: () => Promise<T>): Promise<T> {
  const id = await assigned;
  try {
    return await look();
  } finally {
    await write('DELETE', `/roleManagement/directory/roleAssignments/${id}`);
  }
}

test.each(['audit', 'apply'] as const)(
  'the named groups and no other, and the role assignment by its id, for the %s to see',
  async (identity) => {
    const [found, ...others] = await examine({}, identity);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ status: 'pass', says: expect.stringMatching(/the 2 groups .* and of no other/) });
    expect(found?.says).toContain(`dormant-license-group-members-contoso (role assignment ${assignment})`);
    expect(found?.says).toContain('403');
  },
);

test('a group within reach that the policy does not name fails, by its name and with the role assignment', async () => {
  expect(await examine({ groups: [{ id: sales }] })).toMatchObject([
    { status: 'fail', about: 'Licences: office', says: expect.stringContaining(assignment) },
  ]);
});

test('a group that the policy names and no role reaches fails, with the commands that bring it into reach', async () => {
  await removeFromUnit(office);
  try {
    expect(await examine()).toMatchObject([
      {
        status: 'fail',
        about: 'Licences: office',
        fix: expect.stringContaining(`config set licenseGroupIds ${sales},${office} --stack contoso`),
      },
    ]);
  } finally {
    await addToUnit(office);
  }
});

test.each([
  ['finds its members by the rule', { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "IT"' }],
  ['has mail', { groupTypes: ['Unified'], mailEnabled: true }],
  ['has its members from Active Directory', { onPremisesSyncEnabled: true }],
  ['can hold roles', { isAssignableToRole: true }],
  ['has mail', { mailEnabled: true }],
  ['has mail', { securityEnabled: false }],
])('a named group whose members the role cannot change fails: %s', async (why, properties) => {
  const id = await makeGroup('Licences: odd', properties);
  await addToUnit(id);
  try {
    expect(await examine({ groups: [{ id: sales }, { id: office }, { id }] })).toMatchObject([
      {
        status: 'fail',
        about: 'Licences: odd',
        says: expect.stringContaining(`nobody can be taken out of it: it ${why}`),
      },
    ]);
  } finally {
    await removeFromUnit(id);
  }
});

test('a named group that is gone fails, by its id', async () => {
  const id = 'c0ffee00-0000-4000-8000-000000000000';
  const found = await examine({ groups: [{ id: sales }, { id: office }, { id }] });
  expect(found[0]).toMatchObject({ status: 'fail', about: id, says: expect.stringContaining('is not in the tenant') });
});

test('a policy that several stacks share may name what only another tenant has', async () => {
  const { root } = stack.repository;
  const other = join(root, 'stacks/other');
  const groups = [
    ...[{ id: sales }, { id: office }],
    ...[{ id: 'c0ffee00-0000-4000-8000-000000000000' }, { name: 'Of the other tenant' }],
  ];
  expect(await examine({ groups })).toMatchObject([{ status: 'fail' }, { status: 'fail' }, { status: 'fail' }]);
  await cp(join(root, 'stacks/contoso'), other, { recursive: true });
  try {
    expect(await examine({ groups })).toMatchObject([{ status: 'pass' }]);
  } finally {
    await rm(other, { recursive: true });
  }
});

test('a name may stand for the id, where one group has it', async () => {
  expect(await examine({ groups: [{ name: 'Licences: sales' }, { id: office }] })).toMatchObject([{ status: 'pass' }]);
  for (const displayName of ['Twice', 'Twice']) await makeGroup(displayName);
  const named = [{ name: 'Licences: sales' }, { id: office }, { name: 'Twice' }, { name: 'Never heard of' }];
  expect(await examine({ groups: named })).toMatchObject([
    { status: 'fail', about: 'Twice', says: 'more than one group has this name' },
    { status: 'fail', about: 'Never heard of', says: expect.stringContaining('no group has this name') },
  ]);
});

test('a role for the whole tenant that changes members fails, whatever else it is', async () => {
  const action = 'microsoft.directory/groups.security/members/update';
  const outside = await makeGroup('Licences: outside the unit');
  const found = await whileAssigned(assign([action], 'apply', '/'), () =>
    examine({ groups: [{ id: sales }, { id: office }, { id: outside }] }),
  );
  expect(found).toMatchObject([{ status: 'fail', says: expect.stringContaining('every group') }]);
});

test('a role at one group reaches that group', async () => {
  const other = await makeGroup('Project X');
  const found = await whileAssigned(assign([changeMembers], 'apply', `/${other}`), () => examine());
  expect(found).toMatchObject([{ status: 'fail', about: other }]);
});

const rightsWith = (...more: Parameters<typeof listGrantedRights>[1][]) =>
  listGrantedRights('apply', 'premium', 'groupEligibility', 'groupRules', 'exchange', ...more);

async function inTenant(apply: ReturnType<typeof listGrantedRights>, named: NamedLicenseGroups): Promise<Finding[]> {
  const other = await aStack({ identities: { apply } });
  try {
    return await examine(named, 'apply', other);
  } finally {
    await other.close();
    process.env.DORMANT_EMULATOR_URL = stack.emulator.url;
  }
}

test('GroupMember.ReadWrite.All is right only where the policy says tenant, and then it has to be there', async () => {
  const wide = rightsWith('groupMembers');
  expect(await inTenant(wide, { groups: [], rights: 'scoped' })).toMatchObject([
    { status: 'fail', says: expect.stringContaining('the policy does not say groupRights: tenant') },
  ]);
  expect(await inTenant(wide, { groups: [], rights: 'tenant' })).toMatchObject([{ status: 'pass' }]);
  expect(await inTenant(rightsWith(), { groups: [], rights: 'tenant' })).toMatchObject([
    { status: 'fail', fix: expect.stringContaining('config set licenseGroups tenant') },
  ]);
});

test('where nothing is named and nothing given, it changes the members of no group', async () => {
  expect(await inTenant(rightsWith(), { groups: [], rights: 'scoped' })).toMatchObject([
    { status: 'pass', says: 'the members of no group' },
  ]);
});

test('who may not read it is told so', async () => {
  const apply = listGrantedRights('apply', 'premium', 'groupEligibility', 'exchange');
  expect(await inTenant(apply, { groups: [], rights: 'scoped' })).toMatchObject([{ status: 'skip' }]);
});

/** For as long as the policy names groups. */
async function whileNamed<T>(licenses: string, look: () => Promise<T>): Promise<T> {
  const before = await stack.repository.read('policy/policy.yaml');
  await stack.edit('policy/policy.yaml', /$/, `\nlicenses: ${licenses}\n`);
  try {
    return await look();
  } finally {
    await stack.edit('policy/policy.yaml', /^[\s\S]*$/, before);
  }
}

test('the policy’s groups are those that count, by id or by name; without any, each group within reach fails', async () => {
  const named = `{ groups: [{ id: ${sales} }, { name: 'Licences: office' }] }`;
  const diagnosis = await whileNamed(named, () => stack.diagnose({}, licenseGroups));
  expect(finding(diagnosis, 'members of groups').status).toBe('pass');
  const { findings } = await stack.diagnose({}, licenseGroups);
  expect(findings).toMatchObject([
    { name: 'members of groups Licences: sales', status: 'fail' },
    { name: 'members of groups Licences: office', status: 'fail' },
  ]);
});

test('the policy that names groups asks for what shows what they give, and can do without', async () => {
  const diagnosis = await whileNamed(`{ groups: [{ id: ${sales} }] }`, () => stack.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role Policy.Read.All')).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('gives more than licences'),
  });
  const wide = await whileNamed(`{ groupRights: tenant }`, () => stack.diagnose({ identity: 'apply' }, appRoles));
  expect(finding(wide, 'app role GroupMember.ReadWrite.All').status).toBe('fail');
});

test('roles as the bootstrap makes them are right, and the audit has none', async () => {
  const diagnosis = await stack.diagnose({}, entraRoles);
  expect(notPassed(diagnosis)).toEqual([]);
  expect(finding(diagnosis, 'Entra roles of audit').says).toBe('none');
  expect(finding(diagnosis, 'Entra roles of apply').says).toBe('dormant-license-group-members-contoso');
});

test.each([
  ['audit', 'User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1', 'fail', 'It deletes people.'],
  ['apply', 'Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de', 'fail', 'It deletes people.'],
  ['apply', 'Privileged Role Administrator', 'e8611ab8-c189-46e8-94e1-60213ab1f814', 'fail', 'any other right'],
  ['apply', 'Another role', ['microsoft.directory/users/delete'], 'fail', 'It deletes people.'],
  ['apply', 'Another role', ['microsoft.directory/groups.security/delete'], 'fail', 'It deletes groups.'],
  ['apply', 'Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'warn', 'more than it needs'],
  ['audit', 'Another role', [changeMembers], 'warn', 'more than it needs'],
] as const)('the %s with the Entra role %s: %s', async (identity, name, role, status, says) => {
  const diagnosis = await whileAssigned(assign(role, identity, '/'), () => stack.diagnose({}, entraRoles));
  expect(finding(diagnosis, `Entra roles of ${identity}`)).toMatchObject({
    status,
    says: expect.stringContaining(says),
    mend: expect.stringContaining(name),
  });
});
