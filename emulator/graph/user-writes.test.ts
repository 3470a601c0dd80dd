import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Caller, callAs, errorOf, valuesOf } from '../caller.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { PLANS, SKUS } from '../tenant/skus.ts';

let emulator: Emulator;
let apply: Caller;
let untrust: () => void;

beforeEach(async () => {
  emulator = await startEmulator({ users: 200 });
  untrust = emulator.trust();
  apply = await callAs(emulator, 'apply');
});
afterEach(async () => {
  untrust();
  await emulator.close();
});

const id = (kind: string) => emulator.tenant.people.ofKind(kind).id;
const disable = (kind: string) => apply.patch(`/v1.0/users/${id(kind)}`, { accountEnabled: false });
const assign = (kind: string, order: unknown) => apply.post(`/v1.0/users/${id(kind)}/assignLicense`, order);
const remove = (kind: string, ...parts: (keyof typeof SKUS)[]) =>
  assign(kind, { addLicenses: [], removeLicenses: parts.map((part) => SKUS[part].skuId) });
const add = (kind: string, part: keyof typeof SKUS, disabledPlans: string[] = []) =>
  assign(kind, { addLicenses: [{ skuId: SKUS[part].skuId, disabledPlans }], removeLicenses: [] });
const heldBy = (kind: string) => emulator.state(kind).licenses.map(({ skuPartNumber }) => skuPartNumber);

test('a cloud account is blocked with 204 and reads back blocked', async () => {
  expect((await disable('inactiveDirect')).status).toBe(204);
  const { body } = await apply.get(`/v1.0/users/${id('inactiveDirect')}?$select=accountEnabled`);
  expect(body.accountEnabled).toBe(false);
});

test('sessions are revoked with 200 and true', async () => {
  const reply = await apply.post(`/v1.0/users/${id('inactiveDirect')}/revokeSignInSessions`, {});
  expect([reply.status, reply.body.value]).toEqual([200, true]);
  expect(emulator.state('inactiveDirect').sessionsRevokedAt).toMatch(/^2026-12-07/);
});

test('the right to block accounts does not reach other properties', async () => {
  const path = `/v1.0/users/${id('inactiveDirect')}`;
  expect((await apply.patch(path, { accountEnabled: false, department: 'Attic' })).status).toBe(403);
  expect(emulator.state('inactiveDirect')).toMatchObject({ accountEnabled: true, department: 'Sales' });
});

test('the audit writes to nobody', async () => {
  const audit = await callAs(emulator, 'audit');
  const path = `/v1.0/users/${id('inactiveDirect')}`;
  expect((await audit.patch(path, { accountEnabled: false })).status).toBe(403);
  expect((await audit.post(`${path}/assignLicense`, { addLicenses: [], removeLicenses: [] })).status).toBe(
    403,
  );
  expect((await audit.delete(path)).status).toBe(403);
});

test('a deletion is refused to the apply and leaves its trace in the log', async () => {
  expect((await apply.delete(`/v1.0/users/${id('inactiveDirect')}`)).status).toBe(403);
  expect(emulator.log.entries({ method: 'DELETE', path: '/users/' })).toHaveLength(1);
});

test.each([
  'privilegedActive',
  'privilegedThroughGroup',
  'privilegedThroughNestedGroup',
  'roleAssignableGroupMember',
  'breakGlassOne',
])('%s answers 403 to an app without an Entra role', async (kind) => {
  const reply = await disable(kind);
  expect(reply.status).toBe(403);
  expect(errorOf(reply)).toBe(
    'Authorization_RequestDenied: Insufficient privileges to complete the operation.',
  );
  expect(emulator.state(kind).accountEnabled).toBe(true);
});

test('eligibility alone does not protect an account from an app', async () => {
  expect((await disable('privilegedEligible')).status).toBe(204);
});

test('a synced account is taken and undone by the next sync', async () => {
  expect((await disable('inactiveSynced')).status).toBe(204);
  expect(emulator.state('inactiveSynced').accountEnabled).toBe(false);
  emulator.tenant.clock.advance({ minutes: 31 });
  expect(emulator.state('inactiveSynced').accountEnabled).toBe(true);
});

test('a synced account is refused where the tenant does so', async () => {
  emulator.tenant.switches.syncedAccounts = 'refuse';
  const reply = await disable('inactiveSynced');
  expect([reply.status, errorOf(reply)]).toEqual([400, expect.stringContaining('on-premises mastered')]);
});

test('what the AD admin does to a synced account stays', async () => {
  emulator.live('inactiveSynced', { accountEnabled: false });
  emulator.tenant.clock.advance({ days: 1 });
  expect(emulator.state('inactiveSynced').accountEnabled).toBe(false);
});

test('all direct licences go in one call and their seats come back', async () => {
  const { seats } = emulator.tenant;
  const before = seats.consumed(SKUS.VISIOCLIENT.skuId);
  const reply = await remove(
    'inactiveManyLicenses',
    'SPE_E3',
    'VISIOCLIENT',
    'PROJECTPROFESSIONAL',
    'POWER_BI_PRO',
    'FLOW_FREE',
  );
  expect(reply.status).toBe(200);
  expect(reply.body.id).toBe(id('inactiveManyLicenses'));
  expect(heldBy('inactiveManyLicenses')).toEqual([]);
  expect(seats.consumed(SKUS.VISIOCLIENT.skuId)).toBe(before - 1);
});

test('an inherited licence cannot be removed directly', async () => {
  const reply = await remove('inactiveByGroup', 'SPE_E3');
  expect([reply.status, errorOf(reply)]).toEqual([
    400,
    'Request_BadRequest: User license is inherited from a group membership and it cannot be removed directly from the user.',
  ]);
});

test('of a licence held both ways the direct part goes and the inherited one stays', async () => {
  expect((await remove('inactiveBoth', 'SPE_E3')).status).toBe(200);
  const { licenses, mailbox } = emulator.state('inactiveBoth');
  expect(licenses.map(({ assignedByGroup }) => assignedByGroup)).toEqual([expect.any(String)]);
  expect(mailbox?.isConnected).toBe(true);
});

test('a licence that is not held cannot be removed, and nothing else of the call is done', async () => {
  const reply = await remove('inactiveDirect', 'SPE_E3', 'VISIOCLIENT');
  expect(errorOf(reply)).toContain('User does not have a corresponding license.');
  expect(heldBy('inactiveDirect')).toEqual(['SPE_E3']);
});

test('an add-on does not outlive the plan it depends on, both together go', async () => {
  const alone = await remove('inactivePhone', 'SPE_E3');
  expect(errorOf(alone)).toContain(
    `service plan ${PLANS.phone.servicePlanId} depends on the service plan(s)`,
  );
  expect((await remove('inactivePhone', 'SPE_E3', 'MCOEV')).status).toBe(200);
});

test('plans that exclude each other are refused', async () => {
  expect(errorOf(await add('inactiveDirect', 'STANDARDPACK'))).toContain('are mutually exclusive');
});

test('a licence without a seat left is refused', async () => {
  const { seats } = emulator.tenant;
  seats.buy(SKUS.VISIOCLIENT.skuId, seats.consumed(SKUS.VISIOCLIENT.skuId));
  const reply = await add('inactiveDirect', 'VISIOCLIENT');
  expect(errorOf(reply)).toBe(
    `Request_BadRequest: Subscription with SKU ${SKUS.VISIOCLIENT.skuId} does not have any available licenses.`,
  );
});

test('nobody without a usage location gets a licence', async () => {
  expect(errorOf(await add('inactiveNoUsageLocation', 'VISIOCLIENT'))).toContain('invalid usage location');
});

test('a licence given back keeps the plans that were off', async () => {
  await remove('inactiveDisabledPlans', 'SPE_E3');
  await add('inactiveDisabledPlans', 'SPE_E3', [PLANS.yammer.servicePlanId]);
  const { body } = await apply.get(`/v1.0/users/${id('inactiveDisabledPlans')}?$select=assignedLicenses`);
  expect(body.assignedLicenses).toContainEqual({
    skuId: SKUS.SPE_E3.skuId,
    disabledPlans: [PLANS.yammer.servicePlanId],
  });
});

test('both lists must be there', async () => {
  expect(errorOf(await assign('inactiveDirect', { addLicenses: [] }))).toContain('removeLicenses');
});

test('two calls at once on one user clash, on two users they do not', async () => {
  const same = await Promise.all([remove('inactiveE5', 'SPE_E5'), remove('inactiveE5', 'SPE_E5')]);
  expect(same.map(({ status }) => status).sort()).toEqual([200, 409]);
  const apart = await Promise.all([remove('inactiveDirect', 'SPE_E3'), remove('contractor', 'SPE_E3')]);
  expect(apart.map(({ status }) => status)).toEqual([200, 200]);
});

test('a change of licences shows after the delay', async () => {
  emulator.tenant.switches.licenseDelaySeconds = 180;
  await remove('inactiveDirect', 'SPE_E3');
  const shown = async () =>
    (await apply.get(`/v1.0/users/${id('inactiveDirect')}?$select=assignedLicenses,licenseAssignmentStates`))
      .body;
  expect(await shown()).toMatchObject({ assignedLicenses: [{}], licenseAssignmentStates: [{}] });
  emulator.tenant.clock.advance({ minutes: 4 });
  expect(await shown()).toMatchObject({ assignedLicenses: [], licenseAssignmentStates: [] });
});

test('seats show in subscribedSkus', async () => {
  const { seats } = emulator.tenant;
  const audit = await callAs(emulator, 'audit');
  const sku = valuesOf(await audit.get('/v1.0/subscribedSkus')).find(
    ({ skuPartNumber }) => skuPartNumber === 'SPE_E3',
  );
  expect(sku).toMatchObject({
    consumedUnits: seats.consumed(SKUS.SPE_E3.skuId),
    capabilityStatus: 'Enabled',
  });
});
