import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import type { GroupInput } from '../tenant/group-input.ts';
import { PLANS } from '../tenant/service-plans.ts';
import { SKUS, type SkuPartNumber } from '../tenant/skus.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let admin: ApiClient;

const DELAY = 120;
const groups: GroupInput[] = [
  { displayName: 'E3', licenses: ['SPE_E3'] },
  { displayName: 'E3 without Yammer', licenses: [{ sku: 'SPE_E3', disabledPlans: [PLANS.yammer.servicePlanId] }] },
  { displayName: 'Two', licenses: ['VISIOCLIENT', 'POWER_BI_PRO'] },
  { displayName: 'Phones', licenses: ['MCOEV'] },
  { displayName: 'Outer', licenses: ['VISIOCLIENT'] },
  { displayName: 'Inner', memberOf: ['Outer'] },
];
const people = [
  { kind: 'ana', licenses: [], groups: ['E3'] },
  { kind: 'both', groups: ['E3'] },
  { kind: 'new', licenses: [] },
  { kind: 'nowhere', licenses: [], usageLocation: null },
  { kind: 'phone', licenses: ['MCOEV' as const], groups: ['E3'] },
];
const identities = {
  admin: {
    appRoles: ['GroupMember.ReadWrite.All', 'User.ReadWrite.All', 'LicenseAssignment.ReadWrite.All', 'Group.Read.All'],
  },
} as const;
const switches = { weather: null, groupLicenseSeconds: DELAY };

useTenant('each', { users: 0, people, groups, identities, switches }, async (started) => {
  emulator = started;
  admin = await signInAs(started, 'admin');
});

const find = (name: string) => {
  const all = [...emulator.tenant.directory.groups.values()];
  return all.find(({ properties }) => properties.displayName === name)?.id ?? '';
};
const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const join = (kind: string, group: string) =>
  admin.post(`/v1.0/groups/${find(group)}/members/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id(kind)}`,
  });
const leave = (kind: string, group: string) => admin.delete(`/v1.0/groups/${find(group)}/members/${id(kind)}/$ref`);
const process = () => emulator.tenant.clock.advance({ seconds: DELAY });
const held = (kind: string) => emulator.getState(kind).licenses.map(({ skuPartNumber }) => skuPartNumber);
const buy = (part: SkuPartNumber, more: number) => {
  const { seats } = emulator.tenant;
  seats.buy(SKUS[part].skuId, seats.countConsumed(SKUS[part].skuId) + more);
};
const readStates = async (kind: string) => {
  const { body } = await admin.get(`/v1.0/users/${id(kind)}?$select=licenseAssignmentStates`);
  return Array.isArray(body.licenseAssignmentStates) ? body.licenseAssignmentStates : [];
};
const readGroup = async (name: string, select: string) =>
  (await admin.get(`/v1.0/groups/${find(name)}?$select=${select}`)).body;

test('whoever leaves is no member at once, and loses the licence, mailbox and all, with the next processing', async () => {
  expect(held('ana')).toEqual(['SPE_E3']);
  expect((await leave('ana', 'E3')).status).toBe(204);
  expect(listValues(await admin.get(`/v1.0/groups/${find('E3')}/members`))).toHaveLength(2);
  expect(await readGroup('E3', 'licenseProcessingState')).toMatchObject({
    licenseProcessingState: { state: 'QueuedForProcessing' },
  });
  expect(held('ana')).toEqual(['SPE_E3']);
  process();
  expect(held('ana')).toEqual([]);
  expect(emulator.getState('ana').mailbox?.isConnected).toBe(false);
  expect(await readGroup('E3', 'licenseProcessingState')).toMatchObject({
    licenseProcessingState: { state: 'ProcessingComplete' },
  });
  expect((await join('ana', 'E3')).status).toBe(204);
  process();
  expect(held('ana')).toEqual(['SPE_E3']);
  expect(emulator.getState('ana').mailbox?.isConnected).toBe(true);
});

test('a licence that is direct as well, or from a second group, stays, and is one seat', async () => {
  const { seats } = emulator.tenant;
  const consumed = seats.countConsumed(SKUS.SPE_E3.skuId);
  await join('ana', 'E3 without Yammer');
  process();
  expect(await readStates('ana')).toMatchObject([
    { assignedByGroup: find('E3'), disabledPlans: [] },
    { assignedByGroup: find('E3 without Yammer'), disabledPlans: [PLANS.yammer.servicePlanId] },
  ]);
  const merged = await admin.get(`/v1.0/users/${id('ana')}?$select=assignedLicenses`);
  expect(merged.body.assignedLicenses).toEqual([{ skuId: SKUS.SPE_E3.skuId, disabledPlans: [] }]);
  expect(seats.countConsumed(SKUS.SPE_E3.skuId)).toBe(consumed);
  await leave('ana', 'E3');
  await leave('both', 'E3');
  process();
  expect(await readStates('ana')).toMatchObject([{ assignedByGroup: find('E3 without Yammer'), state: 'Active' }]);
  expect(await readStates('both')).toMatchObject([{ assignedByGroup: null, state: 'Active' }]);
});

test('without a seat none of the group’s licences comes, the states say so, and only reprocessing helps', async () => {
  buy('VISIOCLIENT', 0);
  expect((await join('new', 'Two')).status).toBe(204);
  process();
  expect(held('new')).toHaveLength(2);
  expect(await readStates('new')).toMatchObject([
    { skuId: SKUS.VISIOCLIENT.skuId, assignedByGroup: find('Two'), state: 'Error', error: 'CountViolation' },
    { skuId: SKUS.POWER_BI_PRO.skuId, state: 'Error', error: 'Other' },
  ]);
  expect((await admin.get(`/v1.0/users/${id('new')}?$select=assignedLicenses`)).body.assignedLicenses).toEqual([]);
  const failing = await admin.get('/v1.0/groups?$filter=hasMembersWithLicenseErrors eq true&$select=displayName');
  expect([formatError(failing), listValues(failing)]).toEqual(['', [{ displayName: 'Two' }]]);
  buy('VISIOCLIENT', 1);
  emulator.tenant.clock.advance({ days: 7 });
  expect(await readStates('new')).toMatchObject([{ state: 'Error' }, { state: 'Error' }]);
  const path = `/v1.0/users/${id('new')}/reprocessLicenseAssignment`;
  expect((await (await signInAs(emulator, 'apply')).post(path, {})).status).toBe(403);
  expect((await admin.post(path, {})).status).toBe(200);
  expect(await readStates('new')).toMatchObject([{ state: 'Active' }, { state: 'Active' }]);
  expect(emulator.tenant.seats.countConsumed(SKUS.VISIOCLIENT.skuId)).toBe(1);
});

test('the last seat is for whoever joined first, whoever is read first', async () => {
  buy('VISIOCLIENT', 1);
  await join('nowhere', 'Outer');
  emulator.tenant.clock.advance({ seconds: 1 });
  await join('new', 'Outer');
  process();
  expect(await readStates('new')).toMatchObject([{ state: 'Error', error: 'CountViolation' }]);
  expect(await readStates('nowhere')).toMatchObject([{ state: 'Active' }]);
});

test('who has no usage location gets the licence all the same; a prohibited one is an error', async () => {
  emulator.tenant.switches.prohibitedUsageLocations = ['GB'];
  await join('nowhere', 'Outer');
  await join('new', 'Outer');
  process();
  expect(await readStates('nowhere')).toMatchObject([{ state: 'Active' }]);
  expect(await readStates('new')).toMatchObject([{ state: 'Error', error: 'ProhibitedInUsageLocationViolation' }]);
});

test('plans that need or exclude others are errors of the group, and a needed plan is not taken', async () => {
  await join('new', 'Phones');
  process();
  expect(await readStates('new')).toMatchObject([{ state: 'Error', error: 'DependencyViolation' }]);
  await leave('phone', 'E3');
  process();
  expect(held('phone')).toContain('SPE_E3');
  expect(await readStates('phone')).toContainEqual(
    expect.objectContaining({ assignedByGroup: find('E3'), state: 'ActiveWithError', error: 'DependencyViolation' }),
  );
  emulator.applyEvents('phone', { removeLicenses: ['MCOEV'] });
  await admin.post(`/v1.0/users/${id('phone')}/reprocessLicenseAssignment`, {});
  expect(held('phone')).toEqual([]);
  emulator.applyEvents('ana', { addLicenses: [] });
  await admin.post(`/v1.0/groups/${find('Inner')}/assignLicense`, {
    addLicenses: [{ skuId: SKUS.STANDARDPACK.skuId, disabledPlans: [] }],
    removeLicenses: [],
  });
  await join('ana', 'Inner');
  process();
  expect(await readStates('ana')).toContainEqual(
    expect.objectContaining({ assignedByGroup: find('Inner'), error: 'MutuallyExclusiveViolation' }),
  );
});

test('a group within a group hands nothing on', async () => {
  await join('new', 'Inner');
  process();
  expect(held('new')).toEqual([]);
  expect(listValues(await admin.get(`/v1.0/groups/${find('Outer')}/transitiveMembers`))).toHaveLength(2);
});

test('what a group gives is changed, its members follow, and it is not deleted while it gives anything', async () => {
  const path = `/v1.0/groups/${find('E3')}/assignLicense`;
  const visio = { skuId: SKUS.VISIOCLIENT.skuId, disabledPlans: [] };
  const order = { addLicenses: [visio], removeLicenses: [SKUS.SPE_E3.skuId] };
  expect((await (await signInAs(emulator, 'audit')).post(path, order)).status).toBe(403);
  expect((await admin.post(path, order)).status).toBe(202);
  expect(await readGroup('E3', 'assignedLicenses')).toMatchObject({ assignedLicenses: [visio] });
  expect(held('ana')).toEqual(['SPE_E3']);
  process();
  expect([held('ana'), held('both')]).toEqual([['VISIOCLIENT'], ['SPE_E3', 'VISIOCLIENT']]);
  const bootstrap = await signInAs(emulator, 'bootstrap');
  expect((await bootstrap.delete(`/v1.0/groups/${find('E3')}`)).status).toBe(400);
  await admin.post(path, { addLicenses: [], removeLicenses: [visio.skuId] });
  process();
  expect(held('ana')).toEqual([]);
  expect(listValues(await admin.get(`/v1.0/groups/${find('E3')}/members`))).toHaveLength(3);
  expect((await bootstrap.delete(`/v1.0/groups/${find('E3')}`)).status).toBe(204);
});

test('events of a person join and leave at once, and whoever is deleted meanwhile comes back without what was left', async () => {
  emulator.applyEvents('new', { addGroups: ['Two'] });
  expect(held('new')).toEqual(['VISIOCLIENT', 'POWER_BI_PRO']);
  emulator.applyEvents('new', { removeGroups: ['Two'] });
  expect(held('new')).toEqual([]);
  await leave('ana', 'E3');
  emulator.applyEvents('ana', { delete: true });
  process();
  emulator.applyEvents(id('ana'), { restore: true });
  expect(held('ana')).toEqual([]);
});

test('who is back in the group before its licences are taken keeps them', async () => {
  await leave('ana', 'E3');
  emulator.tenant.switches.groupLicenseSeconds = 0;
  await join('ana', 'E3');
  process();
  expect(held('ana')).toEqual(['SPE_E3']);
  expect(emulator.getState('ana').mailbox?.isConnected).toBe(true);
});
