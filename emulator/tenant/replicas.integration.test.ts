import { expect, test } from 'vitest';
import { type ApiClient, type ApiReply, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import type { Switches } from '../options.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let graph: ApiClient;
let exchange: ApiClient;

const everything = [
  'AuditLog.Read.All',
  'Directory.ReadWrite.All',
  'Group.ReadWrite.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.ReadWrite.All',
  'MailboxSettings.Read',
  'Policy.Read.All',
  'Policy.ReadWrite.ConditionalAccess',
  'ReportSettings.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'User.EnableDisableAccount.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'User.RevokeSessions.All',
  'Exchange.ManageAsApp',
] as const;

useTenant(
  'each',
  {
    users: 0,
    people: [{ kind: 'ana', licenses: ['SPE_E3'] }, { kind: 'lee' }],
    identities: { it: { appRoles: everything, directoryRoles: ['Exchange Administrator'] } },
    switches: { budgets: 'off', assignmentSeconds: 0 },
  },
  async (started) => {
    emulator = started;
    graph = await signInAs(started, 'it');
    exchange = await signInAs(started, 'it', 'https://outlook.office365.com');
  },
);

const users = (kind = 'ana') => `/v1.0/users/${emulator.getState(kind).id}`;
const cmdlet = (name: string, parameters: Record<string, unknown>) =>
  exchange.post(`/adminapi/beta/${emulator.tenant.id}/InvokeCommand`, {
    CmdletInput: { CmdletName: name, Parameters: parameters },
  });
const readMailbox = async (name: string) =>
  listValues(await cmdlet('Get-Mailbox', { Identity: emulator.getState('ana').id }))[0]?.[name];
const readUser = async (name: string) => (await graph.get(`${users()}?$select=${name}`)).body[name];
const readRoles = async () =>
  listValues(
    await graph.get(
      `/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq '${emulator.getState('ana').id}'`,
    ),
  ).length;

const doAtOnce = (...[who, events]: Parameters<Emulator['applyEvents']>): undefined => {
  emulator.applyEvents(who, events);
};

interface LateProperty {
  delay: Partial<Switches>;
  write(): Promise<ApiReply> | undefined;
  read(): Promise<unknown>;
}

const late: Record<string, LateProperty> = {
  accountEnabled: {
    delay: { directoryDelaySeconds: 60 },
    write: () => graph.patch(users(), { accountEnabled: false }),
    read: () => readUser('accountEnabled'),
  },
  signInSessionsValidFromDateTime: {
    delay: { directoryDelaySeconds: 60 },
    write: () => graph.post(`${users()}/revokeSignInSessions`, {}),
    read: () => readUser('signInSessionsValidFromDateTime'),
  },
  licenseAssignmentStates: {
    delay: { licenseDelaySeconds: 60 },
    write: () =>
      graph.post(`${users()}/assignLicense`, {
        addLicenses: [],
        removeLicenses: ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
      }),
    read: () => readUser('licenseAssignmentStates'),
  },
  'the kind of a mailbox, in Exchange': {
    delay: { conversionDelaySeconds: 60 },
    write: () => cmdlet('Set-Mailbox', { Identity: emulator.getState('ana').id, Type: 'Shared' }),
    read: () => readMailbox('RecipientTypeDetails'),
  },
  'the kind of a mailbox, in Graph': {
    delay: { conversionDelaySeconds: 60 },
    write: () => cmdlet('Set-Mailbox', { Identity: emulator.getState('ana').id, Type: 'Shared' }),
    read: async () => (await graph.get(`${users()}/mailboxSettings/userPurpose`)).body.value,
  },
  'a hold': {
    delay: { holdDelaySeconds: 60 },
    write: () => doAtOnce('ana', { mailbox: { litigationHold: true } }),
    read: () => readMailbox('LitigationHoldEnabled'),
  },
  'a role': {
    delay: { roleDelaySeconds: 60 },
    write: () => doAtOnce('ana', { addRoles: ['User Administrator'] }),
    read: readRoles,
  },
  displayConcealedNames: {
    delay: { settingDelaySeconds: 60 },
    write: () => graph.patch('/v1.0/admin/reportSettings', { displayConcealedNames: false }),
    read: async () => (await graph.get('/v1.0/admin/reportSettings')).body.displayConcealedNames,
  },
  'a deleted user': {
    delay: { directoryDelaySeconds: 60 },
    write: () => graph.delete(users()),
    read: async () => listValues(await graph.get('/v1.0/users?$select=id,displayName')),
  },
};

test.each(Object.entries(late))('%s: a write is answered, and read when its delay is over', async (_, one) => {
  Object.assign(emulator.tenant.switches, one.delay);
  const before = await one.read();
  const written = await one.write();
  expect(written?.status ?? 204).toBeLessThan(300);
  expect(await one.read()).toEqual(before);
  emulator.tenant.clock.advance({ seconds: 61 });
  expect(await one.read()).not.toEqual(before);
});

test.each(Object.entries(late))('%s: with three replicas an older answer follows a newer one', async (_, one) => {
  Object.assign(emulator.tenant.switches, { ...one.delay, replicas: 3 });
  const before = JSON.stringify(await one.read());
  await one.write();
  emulator.tenant.clock.advance({ seconds: 20 });
  const areOld = [];
  for (let at = 0; at < 40; at++) areOld.push(JSON.stringify(await one.read()) === before);
  const [firstNew, lastOld] = [areOld.indexOf(false), areOld.lastIndexOf(true)];
  expect(firstNew).toBeGreaterThanOrEqual(0);
  expect(lastOld).toBeGreaterThan(firstNew);
  emulator.tenant.clock.advance({ seconds: 41 });
  for (let at = 0; at < 9; at++) expect(JSON.stringify(await one.read())).not.toBe(before);
});

const group = { displayName: 'Quarantine', mailEnabled: false, mailNickname: 'quarantine', securityEnabled: true };

test('a new group is not found for a while, by reads and writes alike, then is there with its members, late as well', async () => {
  emulator.tenant.switches.directoryDelaySeconds = 60;
  const { body } = await graph.post('/v1.0/groups', group);
  const path = `/v1.0/groups/${String(body.id)}`;
  const member = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${emulator.getState('ana').id}` };
  expect((await graph.get(path)).status).toBe(404);
  expect((await graph.post(`${path}/members/$ref`, member)).status).toBe(404);
  emulator.tenant.clock.advance({ seconds: 61 });
  expect((await graph.get(path)).status).toBe(200);
  expect((await graph.post(`${path}/members/$ref`, member)).status).toBe(204);
  expect(listValues(await graph.get(`${path}/members`))).toEqual([]);
  // What is written is told to the writer: it is a member already.
  expect((await graph.post(`${path}/members/$ref`, member)).status).toBe(400);
  emulator.tenant.clock.advance({ seconds: 61 });
  expect(listValues(await graph.get(`${path}/members`))).toHaveLength(1);
});

test('a deleted group is still listed for a while, and nothing can be written to it', async () => {
  const path = `/v1.0/groups/${String((await graph.post('/v1.0/groups', group)).body.id)}`;
  emulator.tenant.switches.directoryDelaySeconds = 60;
  expect((await graph.delete(path)).status).toBe(204);
  expect((await graph.get(path)).status).toBe(200);
  expect((await graph.patch(path, { description: 'anew' })).status).toBe(404);
  expect((await graph.delete(path)).status).toBe(404);
  emulator.tenant.clock.advance({ seconds: 61 });
  expect((await graph.get(path)).status).toBe(404);
});

test('a changed policy shows its state of before for a while, and each change in its order', async () => {
  const paths = '/v1.0/identity/conditionalAccess/policies';
  const conditions = {
    clientAppTypes: ['all'],
    applications: { includeApplications: ['All'] },
    users: { includeUsers: [emulator.getState('ana').id] },
  };
  const made = await graph.post(paths, {
    displayName: 'Quarantine',
    state: 'disabled',
    conditions,
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  });
  expect(made.status).toBe(201);
  const path = `${paths}/${String(made.body.id)}`;
  const readState = async () => (await graph.get(path)).body.state;
  emulator.tenant.switches.policyDelaySeconds = 60;
  await graph.patch(path, { state: 'enabledForReportingButNotEnforced' });
  emulator.tenant.clock.advance({ seconds: 30 });
  await graph.patch(path, { state: 'enabled' });
  expect(await readState()).toBe('disabled');
  emulator.tenant.clock.advance({ seconds: 31 });
  expect(await readState()).toBe('enabledForReportingButNotEnforced');
  emulator.tenant.clock.advance({ seconds: 31 });
  expect(await readState()).toBe('enabled');
});

test('what an event does shows at once, as if long ago', async () => {
  Object.assign(emulator.tenant.switches, { directoryDelaySeconds: 60, replicas: 3 });
  emulator.applyEvents('ana', { accountEnabled: false, addGroups: ['Emergency access accounts'] });
  expect(await readUser('accountEnabled')).toBe(false);
  expect(listValues(await graph.get(`${users()}/memberOf`))).toHaveLength(1);
});
