import { expect, test } from 'vitest';
import { type ApiClient, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

const READS = '-not (user.accountenabled -eq false) -and (user.department -eq "Sales")';
let emulator: Emulator;
let apply: ApiClient;

useTenant(
  'each',
  {
    users: 0,
    dynamicGroups: [
      { displayName: 'Sales who may sign in', membershipRule: READS, licenses: ['SPE_E3'] },
      { displayName: 'All of Sales', membershipRule: 'user.department -eq "Sales"', licenses: ['SPE_E3'] },
    ],
    people: [
      { kind: 'ana', licenses: [{ sku: 'SPE_E3', group: 'Sales who may sign in' }, 'VISIOCLIENT'] },
      { kind: 'bob', licenses: [{ sku: 'SPE_E3', group: 'All of Sales' }] },
      { kind: 'both', licenses: ['SPE_E3', { sku: 'SPE_E3', group: 'Sales who may sign in' }] },
      { kind: 'synced', synced: true, licenses: [{ sku: 'SPE_E3', group: 'Sales who may sign in' }] },
    ],
    identities: {
      members: { appRoles: ['GroupMember.Read.All'] },
      groups: { appRoles: ['Group.Read.All'] },
      everything: { appRoles: ['Directory.Read.All'] },
    },
  },
  async (started) => {
    emulator = started;
    apply = await signInAs(started, 'apply');
  },
);

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const signIn = (kind: string, accountEnabled: boolean) => apply.patch(`/v1.0/users/${id(kind)}`, { accountEnabled });
const licenses = (kind: string) => emulator.getState(kind).licenses.map(({ skuPartNumber }) => skuPartNumber);
const groupId = (name: string) =>
  [...emulator.tenant.directory.groups.values()].find(({ properties }) => properties.displayName === name)?.id ?? '';

test('a block takes the licence of a group whose rule reads accountEnabled, and with it the mailbox', async () => {
  await signIn('ana', false);
  expect(licenses('ana')).toEqual(['VISIOCLIENT']);
  expect(emulator.getState('ana').mailbox).toMatchObject({ type: 'UserMailbox', isConnected: false });
  emulator.tenant.clock.advance({ days: 31 });
  expect(emulator.getState('ana').mailbox?.losses).toEqual(['data']);
});

test('it comes back, with the mailbox, when sign-in is allowed again', async () => {
  await signIn('ana', false);
  emulator.tenant.clock.advance({ days: 10 });
  await signIn('ana', true);
  expect(licenses('ana')).toEqual(['VISIOCLIENT', 'SPE_E3']);
  expect(emulator.getState('ana').mailbox).toMatchObject({ isConnected: true, losses: [] });
});

test('a rule that does not read it takes nothing', async () => {
  await signIn('bob', false);
  emulator.tenant.clock.advance({ days: 40 });
  expect(licenses('bob')).toEqual(['SPE_E3']);
});

test('a licence that was also direct stays', async () => {
  await signIn('both', false);
  expect(emulator.getState('both').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3', assignedByGroup: null }]);
  expect(emulator.getState('both').mailbox?.isConnected).toBe(true);
});

test('the rule is followed in the background; what is shared in time stays', async () => {
  emulator.tenant.switches.groupLicenseSeconds = 3600;
  await signIn('ana', false);
  expect(licenses('ana')).toContain('SPE_E3');
  emulator.applyEvents('ana', { mailbox: { type: 'SharedMailbox' } });
  emulator.tenant.clock.advance({ hours: 1 });
  expect(licenses('ana')).toEqual(['VISIOCLIENT']);
  expect(emulator.getState('ana').mailbox).toMatchObject({ type: 'SharedMailbox', isConnected: true });
});

test('the mailbox’s thirty days count from when the licence went, no matter who looked since', async () => {
  emulator.tenant.switches.groupLicenseSeconds = 86_400;
  await signIn('ana', false);
  emulator.tenant.clock.advance({ days: 20 });
  expect(emulator.getState('ana').mailbox?.lostOn).toBe('2027-01-07');
});

test('a sync that undoes the block brings the licence back', async () => {
  await signIn('synced', false);
  expect(licenses('synced')).toEqual([]);
  emulator.tenant.clock.advance({ hours: 1 });
  expect(emulator.getState('synced').accountEnabled).toBe(true);
  expect(licenses('synced')).toEqual(['SPE_E3']);
});

test('a paused rule takes nobody out', async () => {
  const group = emulator.tenant.directory.groups.get(groupId('Sales who may sign in'));
  Object.assign(group?.properties ?? {}, { membershipRuleProcessingState: 'Paused' });
  await signIn('ana', false);
  expect(licenses('ana')).toContain('SPE_E3');
});

test('an admin’s block takes it, too, and anyone who leaves the group by hand does not come back', () => {
  emulator.applyEvents('ana', { accountEnabled: false });
  expect(licenses('ana')).toEqual(['VISIOCLIENT']);
  emulator.applyEvents('bob', { removeGroups: ['All of Sales'] });
  emulator.applyEvents('bob', { accountEnabled: false });
  emulator.applyEvents('bob', { accountEnabled: true });
  expect(licenses('bob')).toEqual([]);
});

test('the seats follow', async () => {
  const consumed = () => emulator.tenant.seats.countConsumed('05e9a617-0261-4cee-bb44-138d3ef5d965');
  const before = consumed();
  await signIn('ana', false);
  expect([before, licenses('ana').length, consumed()]).toEqual([4, 1, 3]);
});

test('its members are those who have its licence, and nobody is put in by hand', async () => {
  const members = async () =>
    listValues(await apply.get(`/v1.0/groups/${groupId('Sales who may sign in')}/members`)).map((it) => it.id);
  expect(await members()).toEqual([id('ana'), id('both'), id('synced')]);
  await signIn('ana', false);
  expect(await members()).toEqual([id('both'), id('synced')]);
  const owner = await signInAs(emulator, 'bootstrap');
  const path = `/v1.0/groups/${groupId('Sales who may sign in')}/members`;
  const added = await owner.post(`${path}/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id('bob')}`,
  });
  expect([added.status, (await owner.delete(`${path}/${id('both')}/$ref`)).status]).toEqual([403, 403]);
});

test('the rule is shown to who reads groups, and to others as the switch says', async () => {
  const path = `/v1.0/groups/${groupId('Sales who may sign in')}`;
  const rule = async (identity: string) => {
    const { body } = await (await signInAs(emulator, identity)).get(
      `${path}?$select=id,groupTypes,membershipRule,membershipRuleProcessingState`,
    );
    return [body.groupTypes, body.membershipRuleProcessingState, body.membershipRule];
  };
  expect(await rule('groups')).toEqual([['DynamicMembership'], 'On', READS]);
  expect(await rule('members')).toEqual([['DynamicMembership'], 'On', null]);
  const anyReader = await signInAs(emulator, 'everything');
  const [found] = listValues(
    await anyReader.post('/v1.0/directoryObjects/getByIds', { ids: [groupId('Sales who may sign in')] }),
  );
  expect(found).toMatchObject({ '@odata.type': '#microsoft.graph.group', membershipRule: READS });
  emulator.tenant.switches.membershipRules = 'absent';
  expect(await rule('members')).toEqual([['DynamicMembership'], 'On', undefined]);
  emulator.tenant.switches.membershipRules = 'shown';
  expect(await rule('members')).toEqual([['DynamicMembership'], 'On', READS]);
});

test('dynamic groups are found by their type, with what they hand out', async () => {
  const filter = encodeURIComponent("groupTypes/any(c:c eq 'DynamicMembership')");
  const reader = await signInAs(emulator, 'groups');
  const found = listValues(
    await reader.get(`/v1.0/groups?$filter=${filter}&$select=displayName,membershipRule,assignedLicenses`),
  );
  expect(found).toHaveLength(4);
  expect(found).toContainEqual({
    displayName: 'Sales who may sign in',
    membershipRule: READS,
    assignedLicenses: [{ skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', disabledPlans: [] }],
  });
});

test('a control route makes one that a person can be added to', async () => {
  const made = await apply.post('/_emulator/dynamic-groups', {
    displayName: 'Frontline',
    membershipRule: 'user.accountEnabled -eq true',
    licenses: ['SPE_F1'],
  });
  expect([made.status, typeof made.body.id]).toEqual([201, 'string']);
  emulator.addPerson({ kind: 'cai', licenses: [{ sku: 'SPE_F1', group: 'Frontline' }] });
  emulator.applyEvents('bob', { addGroups: ['Frontline'] });
  expect(licenses('bob')).toEqual(['SPE_E3', 'SPE_F1']);
  for (const kind of ['cai', 'bob']) await signIn(kind, false);
  expect([licenses('cai'), licenses('bob')]).toEqual([[], ['SPE_E3']]);
});
