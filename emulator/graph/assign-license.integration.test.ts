import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { PLANS } from '../tenant/service-plans.ts';
import { SKUS } from '../tenant/skus.ts';
import { useApply } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;

useApply((started) => {
  ({ emulator, apply } = started);
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const assign = (kind: string, order: unknown) => apply.post(`/v1.0/users/${id(kind)}/assignLicense`, order);
const remove = (kind: string, ...parts: (keyof typeof SKUS)[]) =>
  assign(kind, { addLicenses: [], removeLicenses: parts.map((part) => SKUS[part].skuId) });
const add = (kind: string, part: keyof typeof SKUS, disabledPlans: string[] = []) =>
  assign(kind, { addLicenses: [{ skuId: SKUS[part].skuId, disabledPlans }], removeLicenses: [] });
const heldBy = (kind: string) => emulator.getState(kind).licenses.map(({ skuPartNumber }) => skuPartNumber);

test('all direct licences go in one call and their seats come back', async () => {
  const { seats } = emulator.tenant;
  const before = seats.countConsumed(SKUS.VISIOCLIENT.skuId);
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
  expect(seats.countConsumed(SKUS.VISIOCLIENT.skuId)).toBe(before - 1);
});

test('an inherited licence cannot be removed directly', async () => {
  const reply = await remove('inactiveByGroup', 'SPE_E3');
  expect([reply.status, formatError(reply)]).toEqual([
    400,
    'Request_BadRequest: User license is inherited from a group membership and it cannot be removed directly from the user.',
  ]);
});

test('of a licence held both ways the direct part goes and the inherited one stays', async () => {
  expect((await remove('inactiveBoth', 'SPE_E3')).status).toBe(200);
  const { licenses, mailbox } = emulator.getState('inactiveBoth');
  expect(licenses.map(({ assignedByGroup }) => assignedByGroup)).toEqual([expect.any(String)]);
  expect(mailbox?.isConnected).toBe(true);
});

test('a licence that is not held cannot be removed, and nothing else of the call is done', async () => {
  const reply = await remove('inactiveDirect', 'SPE_E3', 'VISIOCLIENT');
  expect(formatError(reply)).toContain('User does not have a corresponding license.');
  expect(heldBy('inactiveDirect')).toEqual(['SPE_E3']);
});

test('an add-on does not outlive the plan it depends on, both together go', async () => {
  const alone = await remove('inactivePhone', 'SPE_E3');
  expect(formatError(alone)).toContain(`service plan ${PLANS.phone.servicePlanId} depends on the service plan(s)`);
  expect((await remove('inactivePhone', 'SPE_E3', 'MCOEV')).status).toBe(200);
});

test('plans that exclude each other are refused', async () => {
  expect(formatError(await add('inactiveDirect', 'STANDARDPACK'))).toContain('are mutually exclusive');
});

test('a licence without a seat left is refused', async () => {
  const { seats } = emulator.tenant;
  seats.buy(SKUS.VISIOCLIENT.skuId, seats.countConsumed(SKUS.VISIOCLIENT.skuId));
  const reply = await add('inactiveDirect', 'VISIOCLIENT');
  expect(formatError(reply)).toBe(
    `Request_BadRequest: Subscription with SKU ${SKUS.VISIOCLIENT.skuId} does not have any available licenses.`,
  );
});

test('nobody without a usage location gets a licence', async () => {
  expect(formatError(await add('inactiveNoUsageLocation', 'VISIOCLIENT'))).toContain('invalid usage location');
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
  expect(formatError(await assign('inactiveDirect', { addLicenses: [] }))).toContain('removeLicenses');
});

test('two calls at once on one user clash, on two users they do not', async () => {
  const { clock, switches } = emulator.tenant;
  switches.assignmentSeconds = 3600;
  const twice = ['inactiveDirect', 'contractor'].map((kind) => [remove(kind, 'SPE_E3'), remove(kind, 'SPE_E3')]);
  // Whichever comes first is under way until the clock is moved, so the other one is answered first.
  for (const calls of twice) expect((await Promise.race(calls)).status).toBe(409);
  clock.advance({ hours: 1 });
  for (const calls of twice) {
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409]);
  }
});

test('a change of licences shows after the delay', async () => {
  emulator.tenant.switches.licenseDelaySeconds = 180;
  await remove('inactiveDirect', 'SPE_E3');
  const shown = async () =>
    (await apply.get(`/v1.0/users/${id('inactiveDirect')}?$select=assignedLicenses,licenseAssignmentStates`)).body;
  expect(await shown()).toMatchObject({ assignedLicenses: [{}], licenseAssignmentStates: [{}] });
  emulator.tenant.clock.advance({ minutes: 4 });
  expect(await shown()).toMatchObject({ assignedLicenses: [], licenseAssignmentStates: [] });
});

test('seats show in subscribedSkus', async () => {
  const { seats } = emulator.tenant;
  const audit = await signInAs(emulator, 'audit');
  const sku = listValues(await audit.get('/v1.0/subscribedSkus')).find(
    ({ skuPartNumber }) => skuPartNumber === 'SPE_E3',
  );
  expect(sku).toMatchObject({
    consumedUnits: seats.countConsumed(SKUS.SPE_E3.skuId),
    capabilityStatus: 'Enabled',
  });
});
