import type { FaultRule } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

// Page tokens of large tenants expire now and then (msgraph-sdk-dotnet 2254): the listing restarts, nobody is judged twice.

const expired: FaultRule = { kind: 'expiredPage', path: '/users$', query: 'top=999', count: 1 };

test.each([
  ['the first', 1, 1],
  ['a later one', 2, 1],
  ['two, one after the other', 1, 2],
])('the listing survives that %s of its pages expires', async (_, nth, count) => {
  const tenant = await anAuditedTenant({ users: 2_400, switches: { weather: null } });
  const undisturbed = await tenant.audit();
  tenant.emulator.faults.add({ ...expired, nth, count });
  const audited = await tenant.audit();
  expect(audited.counts).toEqual(undisturbed.counts);
  expect(audited.inactive.map(({ evidence }) => evidence.id)).toEqual(
    undisturbed.inactive.map(({ evidence }) => evidence.id),
  );
  expect(audited.quality.notes.join()).toContain(`was read again from its start (${count === 1 ? 'once' : '2 times'})`);
  expect(audited.quality.notes.join()).not.toContain('came twice');
});

test('one part of a listing that is read in parts begins again by itself', async () => {
  const tenant = await anAuditedTenant({ users: 1_500, switches: { weather: null } });
  const parts = { mostParts: 2, pagesPerPart: 1 };
  const undisturbed = await tenant.audit({ parts });
  tenant.emulator.faults.add(expired);
  const audited = await tenant.audit({ parts });
  expect(audited.counts).toEqual(undisturbed.counts);
  expect(audited.quality.notes.join()).toContain('was read again from its start (once)');
});

test('a listing whose pages expire again and again ends the run, and nothing is planned', async () => {
  const tenant = await anAuditedTenant({ users: 1_200 });
  tenant.emulator.faults.add({ kind: 'expiredPage', path: '/users$', query: 'top=999' });
  await expect(tenant.audit()).rejects.toMatchObject({ code: 'request-failed', status: 400 });
});
