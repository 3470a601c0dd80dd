import { expect, test } from 'vitest';
import { type ApiClient, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import { SKUS } from './skus.ts';

let emulator: Emulator;
let exchange: ApiClient;
let graph: ApiClient;

useTenant(
  'each',
  {
    users: 0,
    people: [
      { kind: 'hybrid', synced: true, mailbox: { flipBackAfterDays: 21 } },
      { kind: 'cloud' },
      { kind: 'held', mailbox: { flipBackAfterDays: 20, litigationHold: true } },
      { kind: 'shared', licenses: [], mailbox: { type: 'SharedMailbox', flipBackAfterDays: 5 } },
    ],
  },
  async (started) => {
    emulator = started;
    exchange = await signInAs(started, 'apply', 'https://outlook.office365.com');
    graph = await signInAs(started, 'apply');
  },
);

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const run = (CmdletName: string, Parameters: object) =>
  exchange.post(`/adminapi/beta/${emulator.tenant.id}/InvokeCommand`, {
    CmdletInput: { CmdletName, Parameters },
  });
const share = (kind: string) => run('Set-Mailbox', { Identity: id(kind), Type: 'Shared' });
const license = (kind: string, addLicenses: object[], removeLicenses: string[]) =>
  graph.post(`/v1.0/users/${id(kind)}/assignLicense`, { addLicenses, removeLicenses });
const delicense = (kind: string) => license(kind, [], [SKUS.SPE_E3.skuId]);
const giveBack = (kind: string) => license(kind, [{ skuId: SKUS.SPE_E3.skuId, disabledPlans: [] }], []);
const state = (kind: string) => emulator.getState(kind).mailbox;
const settings = (kind: string) => graph.get(`/v1.0/users/${id(kind)}/mailboxSettings`);
const days = (count: number) => emulator.tenant.clock.advance({ days: count });

test('a shared mailbox turns back on its day, and without a licence is disconnected at once', async () => {
  await share('hybrid');
  await delicense('hybrid');
  expect(state('hybrid')).toMatchObject({ type: 'SharedMailbox', flipsBackOn: '2026-12-28', lostOn: null });
  days(20);
  expect(state('hybrid')).toMatchObject({ type: 'SharedMailbox', isConnected: true });
  days(2);
  expect(state('hybrid')).toMatchObject({
    type: 'UserMailbox',
    isConnected: false,
    flipsBackOn: null,
    lostOn: '2027-01-27',
  });
  expect((await run('Get-Mailbox', { Identity: id('hybrid') })).status).toBe(404);
  expect((await settings('hybrid')).status).toBe(404);
  expect((await share('hybrid')).status).toBe(404);
});

test.each([
  ['is lost thirty days after it turned back, no matter who looked meanwhile', 52, ['data']],
  ['is there the day before', 50, []],
])('its mail %s', async (_, count, losses) => {
  await share('hybrid');
  await delicense('hybrid');
  days(count);
  expect(state('hybrid')?.losses).toEqual(losses);
});

test('the licence given back in time connects it, and it can be shared again', async () => {
  await share('hybrid');
  await delicense('hybrid');
  days(40);
  await giveBack('hybrid');
  expect(state('hybrid')).toMatchObject({ isConnected: true, losses: [], lostOn: null });
  emulator.applyEvents('hybrid', { mailbox: { flipBackAfterDays: null } });
  await share('hybrid');
  await delicense('hybrid');
  days(400);
  expect(state('hybrid')).toMatchObject({ type: 'SharedMailbox', isConnected: true, losses: [] });
});

test('a mailbox of the cloud turns back by an admin’s hand', async () => {
  await share('cloud');
  await delicense('cloud');
  days(100);
  emulator.applyEvents('cloud', { mailbox: { type: 'UserMailbox' } });
  expect(state('cloud')).toMatchObject({ type: 'UserMailbox', isConnected: false, losses: [] });
  days(31);
  expect(state('cloud')?.losses).toEqual(['data']);
});

test('a day is chosen for one that is shared already', async () => {
  await share('cloud');
  emulator.applyEvents('cloud', { mailbox: { flipBackAfterDays: 3 } });
  days(4);
  expect(state('cloud')?.type).toBe('UserMailbox');
  days(2);
  expect(state('shared')?.type).toBe('UserMailbox');
});

test('made a person’s again by hand, it does not turn back', async () => {
  await share('hybrid');
  await run('Set-Mailbox', { Identity: id('hybrid'), Type: 'Regular' });
  expect(state('hybrid')).toMatchObject({ type: 'UserMailbox', flipsBackOn: null });
});

test('its thirty days begin when it turns back, not when its licence went', async () => {
  await share('held');
  await delicense('held');
  days(40);
  expect(state('held')?.losses).toEqual([]);
  days(11);
  expect(state('held')?.losses).toEqual(['data']);
});

test('a sync that blocks and one that turns back keep to their own times', async () => {
  await graph.patch(`/v1.0/users/${id('hybrid')}`, { accountEnabled: false });
  await share('hybrid');
  emulator.tenant.clock.advance({ hours: 1 });
  expect(emulator.getState('hybrid').accountEnabled).toBe(true);
  expect(state('hybrid')?.type).toBe('SharedMailbox');
});

test('the settings alone are not found for a while after a change of licences', async () => {
  emulator.tenant.switches.hiddenAfterLicenseSeconds = 600;
  await license('cloud', [{ skuId: SKUS.FLOW_FREE.skuId, disabledPlans: [] }], []);
  expect((await settings('cloud')).text).toContain('MailboxNotEnabledForRESTAPI');
  expect(listValues(await run('Get-Mailbox', { Identity: id('cloud') }))).toHaveLength(1);
  emulator.tenant.clock.advance({ minutes: 11 });
  expect((await settings('cloud')).status).toBe(200);
});

test('nor are those of a mailbox that is being moved, nor of hybrid ones where it is so', async () => {
  emulator.applyEvents('cloud', { mailbox: { hiddenForSeconds: 60 } });
  expect((await settings('cloud')).status).toBe(404);
  emulator.tenant.clock.advance({ seconds: 61 });
  expect((await settings('cloud')).status).toBe(200);
  emulator.tenant.switches.hybridMailboxesHidden = true;
  expect([(await settings('cloud')).status, (await settings('hybrid')).status]).toEqual([200, 404]);
});

test('a policy over the organisation keeps a shared mailbox, and is lost without a licence', async () => {
  emulator.tenant.switches.organizationHolds = ['mbx7cfb30345d454ac0a989ab3041051209:3'];
  await share('cloud');
  await delicense('cloud');
  days(31);
  expect(state('cloud')).toMatchObject({ isOnHold: true, losses: ['hold'] });
});
