import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { PLANS } from '../tenant/service-plans.ts';
import { SKUS, type SkuPartNumber } from '../tenant/skus.ts';
import { useApply } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;

useApply((started) => {
  ({ emulator, apply } = started);
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const heldBy = (kind: string) => emulator.getState(kind).licenses.map(({ skuPartNumber }) => skuPartNumber);

async function licensesOf(kind: string) {
  const select = '$select=assignedLicenses,licenseAssignmentStates';
  const { body } = await apply.get(`/v1.0/users/${id(kind)}?${select}`);
  return Object(body);
}

function assign(kind: string, add: readonly SkuPartNumber[], ...remove: readonly SkuPartNumber[]) {
  return apply.post(`/v1.0/users/${id(kind)}/assignLicense`, {
    addLicenses: add.map((part) => ({ skuId: SKUS[part].skuId, disabledPlans: [] })),
    removeLicenses: remove.map((part) => SKUS[part].skuId),
  });
}

async function listedParts(): Promise<unknown[]> {
  const audit = await signInAs(emulator, 'audit');
  return listValues(await audit.get('/v1.0/subscribedSkus')).map(({ skuPartNumber }) => skuPartNumber);
}

test('a licence can be assigned without a word of how it came', async () => {
  const { skuId } = SKUS.PROJECTPROFESSIONAL;
  const { assignedLicenses, licenseAssignmentStates } = await licensesOf('licenseWithoutState');
  expect(assignedLicenses).toContainEqual({ skuId, disabledPlans: [] });
  expect(licenseAssignmentStates).toEqual([expect.objectContaining({ skuId: SKUS.SPE_E3.skuId })]);
  expect((await assign('licenseWithoutState', [], 'PROJECTPROFESSIONAL')).status).toBe(200);
  expect(heldBy('licenseWithoutState')).toEqual(['SPE_E3']);
});

test('a product that the tenant lists no longer is held, can be taken, and cannot be given', async () => {
  expect(await listedParts()).not.toContain('ENTERPRISEWITHSCAL');
  expect((await licensesOf('licenseUnlisted')).assignedLicenses).toHaveLength(2);
  expect((await assign('licenseUnlisted', [], 'ENTERPRISEWITHSCAL')).status).toBe(200);
  expect(heldBy('licenseUnlisted')).toEqual(['SPE_E3']);
  expect(formatError(await assign('licenseUnlisted', ['ENTERPRISEWITHSCAL']))).toContain(
    'does not correspond to a valid company License',
  );
});

test('any product may go from the list', async () => {
  expect(await listedParts()).toContain('VISIOCLIENT');
  emulator.tenant.switches.unlistedSkus = ['VISIOCLIENT'];
  expect(await listedParts()).not.toContain('VISIOCLIENT');
  expect(await listedParts()).toContain('ENTERPRISEWITHSCAL');
});

test.each<[string, SkuPartNumber, SkuPartNumber, string]>([
  ['licenseNeeded', 'SPE_E3', 'WORKPLACE_ANALYTICS', PLANS.workplaceAnalytics.servicePlanId],
  ['phoneNumber', 'MCOEV', 'MCOPSTN1', PLANS.callingPlan.servicePlanId],
])('%s: %s cannot go before %s, which depends on it', async (kind, needed, addOn, plan) => {
  expect(formatError(await assign(kind, [], needed))).toContain(`service plan ${plan} depends on the service`);
  expect((await assign(kind, [], addOn)).status).toBe(200);
  expect((await assign(kind, [], needed)).status).toBe(200);
});

test('a licence in error stands in the states with its word, and is assigned only where it is active as well', async () => {
  const active = await licensesOf('licenseActiveWithError');
  expect(active.assignedLicenses).toHaveLength(2);
  expect(active.licenseAssignmentStates).toContainEqual(
    expect.objectContaining({ state: 'ActiveWithError', error: 'DependencyViolation' }),
  );
  const exclusive = await licensesOf('licenseExclusive');
  expect(exclusive.assignedLicenses).toHaveLength(1);
  expect(exclusive.licenseAssignmentStates).toContainEqual(
    expect.objectContaining({ state: 'Error', error: 'MutuallyExclusiveViolation' }),
  );
});

test('the names of a tenant can hold what nobody sees', async () => {
  const audit = await signInAs(emulator, 'audit');
  const skus = listValues(await audit.get('/v1.0/subscribedSkus'));
  const sku = skus.find(({ skuId }) => skuId === SKUS.CPC_E_2C_4GB_64GB.skuId);
  expect(sku).toMatchObject({
    skuPartNumber: 'CPC\u200B_E_2C_4GB_64GB',
    servicePlans: expect.arrayContaining([expect.objectContaining({ servicePlanName: '\u200BCPC_E_2C_4GB_64GB' })]),
  });
});
