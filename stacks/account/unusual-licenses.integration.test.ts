import { SKUS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import {
  anInactive,
  aTenantToApplyTo,
  delicensed,
  disabled,
  shortWaits,
  type TenantToApplyTo,
} from '../tenant/tenant-to-apply-to.fixture.ts';

// One doubtful licence of a person does not fail the others: it is left with its reason, and the others go.

const licenses = ['SPE_E3', 'VISIOCLIENT', 'POWER_BI_PRO'] as const;

function held({ emulator }: TenantToApplyTo, kind: string): string[] {
  return emulator.getState(kind).licenses.map(({ skuPartNumber }) => skuPartNumber);
}

function calls({ emulator }: TenantToApplyTo): number {
  return emulator.log.listEntries({ path: 'assignLicense' }).length;
}

test('a licence that another one needs which a reviewer kept stays, and the reason names both plans', async () => {
  const iris = anInactive({ kind: 'iris', licenses: [...licenses, 'MCOEV'] });
  const tenant = await aTenantToApplyTo([iris]);
  const outcome = await tenant.apply(tenant.change('iris', { ...disabled, licenses: ['MCOEV'] }));
  expect(outcome).toMatchObject({
    failure: null,
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'needed-by-another' }],
    reached: { licenses: ['MCOEV', 'SPE_E3'] },
  });
  expect(outcome.heldBack[0]?.because).toMatch(/MCOEV depends on .*TEAMS1/);
  expect(outcome.done.at(-1)).toMatchObject({ removed: ['VISIOCLIENT', 'POWER_BI_PRO'] });
  expect(held(tenant, 'iris')).toEqual(['SPE_E3', 'MCOEV']);
  expect(calls(tenant)).toBe(2);
});

test('of two licences that have what is needed, one stays', async () => {
  const iris = anInactive({ kind: 'iris', licenses: ['SPE_F1', 'SPE_E3', 'MCOEV'] });
  const tenant = await aTenantToApplyTo([iris]);
  const outcome = await tenant.apply(tenant.change('iris', { ...disabled, licenses: ['MCOEV'] }));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'SPE_F1', reason: 'needed-by-another' }]);
  expect(held(tenant, 'iris')).toEqual(['SPE_F1', 'MCOEV']);
});

test('a licence that Microsoft refuses in words that name nothing is found by taking them one by one', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo], {
    switches: { refusedLicenses: { VISIOCLIENT: 'The request could not be processed.' } },
  });
  const outcome = await tenant.apply(tenant.change('hugo', delicensed));
  expect(outcome).toMatchObject({
    failure: null,
    heldBack: [
      {
        skuPartNumber: 'VISIOCLIENT',
        reason: 'refused',
        because: 'Microsoft refused to take it (Microsoft: The request could not be processed)',
      },
    ],
    reached: { licenses: ['VISIOCLIENT'] },
  });
  expect(held(tenant, 'hugo')).toEqual(['VISIOCLIENT']);
});

test('where all of them are refused in words that nobody knows, the account has failed, and the next run takes them', async () => {
  const tenant = await aTenantToApplyTo([], {
    switches: { refusedLicenses: { SPE_E3: 'Come back later.' } },
  });
  const { change, apply, emulator } = tenant;
  const first = await apply(change('ana', delicensed));
  expect(first).toMatchObject({
    failure: { code: 'write-refused', message: expect.stringContaining('Come back later') },
    heldBack: [],
    reached: { ...disabled, licenses: ['SPE_E3'] },
  });
  emulator.tenant.switches.refusedLicenses = {};
  const next = change('ana', delicensed, { from: first.reached });
  expect(await apply(next)).toMatchObject({ failure: null, reached: { licenses: [] } });
});

test('one by one, what depends on each other still goes, in whatever order it is held', async () => {
  const iris = anInactive({ kind: 'iris', licenses: ['SPE_E3', 'MCOEV', 'VISIOCLIENT'] });
  const tenant = await aTenantToApplyTo([iris], {
    switches: { refusedLicenses: { VISIOCLIENT: 'Something went wrong.' } },
  });
  const outcome = await tenant.apply(tenant.change('iris', delicensed));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'VISIOCLIENT', reason: 'refused' }]);
  expect(held(tenant, 'iris')).toEqual(['VISIOCLIENT']);
  expect(calls(tenant)).toBeLessThanOrEqual(9);
});

test('several odd ones at once: each stays for its own reason', async () => {
  const iris = anInactive({ kind: 'iris', licenses: [...licenses, 'MCOEV', 'PROJECTPROFESSIONAL'] });
  const tenant = await aTenantToApplyTo([iris], {
    switches: { refusedLicenses: { VISIOCLIENT: 'No.', PROJECTPROFESSIONAL: 'Not now.' } },
  });
  const outcome = await tenant.apply(tenant.change('iris', { ...disabled, licenses: ['MCOEV'] }));
  expect(outcome.failure).toBeNull();
  expect(outcome.heldBack).toMatchObject([
    { skuPartNumber: 'SPE_E3', reason: 'needed-by-another' },
    { skuPartNumber: 'VISIOCLIENT', reason: 'refused' },
    { skuPartNumber: 'PROJECTPROFESSIONAL', reason: 'refused' },
  ]);
  expect(held(tenant, 'iris').toSorted()).toEqual(['MCOEV', 'PROJECTPROFESSIONAL', 'SPE_E3', 'VISIOCLIENT']);
});

test('a licence that has come from a group between read and call is the group’s, and the others go', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo], { switches: { weather: null } });
  const { change, apply, context, emulator } = tenant;
  const run = context();
  const shared = {
    ...run,
    writer: justBefore(run.writer, () => {
      emulator.applyEvents('hugo', { removeLicenses: ['SPE_E3'] });
      emulator.applyEvents('hugo', { addLicenses: [{ sku: 'SPE_E3', group: true }] });
    }),
  };
  const outcome = await apply(change('hugo', delicensed), { shared });
  expect(outcome).toMatchObject({
    failure: null,
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'inherited-from-group' }],
  });
  expect(held(tenant, 'hugo')).toEqual(['SPE_E3']);
  expect(calls(tenant)).toBe(2);
});

test('a licence that is gone between read and call is no reason for the others to stay', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo]);
  const { change, apply, context, emulator } = tenant;
  const run = context();
  const gone = () => emulator.applyEvents('hugo', { removeLicenses: ['VISIOCLIENT'] });
  const outcome = await apply(change('hugo', delicensed), {
    shared: { ...run, writer: justBefore(run.writer, gone) },
  });
  expect(outcome).toMatchObject({ failure: null, heldBack: [], reached: { licenses: [] } });
  expect(held(tenant, 'hugo')).toEqual([]);
});

test('what shows as held and is not goes last: the others are taken, and the next run finds it gone', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo], { switches: { weather: null, licenseDelaySeconds: 900 } });
  const { change, apply, emulator } = tenant;
  const reviewed = change('hugo', delicensed);
  emulator.applyEvents('hugo', { removeLicenses: ['VISIOCLIENT'] });
  const waits = { ...shortWaits, licenses: { everyMs: 10, atMostMs: 50 } };
  expect(await apply(reviewed, { waits })).toMatchObject({ failure: { code: 'not-seen' } });
  expect(held(tenant, 'hugo')).toEqual([]);
  emulator.tenant.clock.advance({ minutes: 16 });
  expect(await apply({ ...reviewed, attempted: reviewed.to })).toMatchObject({
    failure: null,
    reached: { licenses: [] },
  });
});

test('a conflict over one licence does not keep the others, and it goes once that has passed', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo], { switches: { weather: null } });
  // All tries of the call for all, and then of the first one alone.
  const count = 2 * fastRetryPolicy.attempts;
  tenant.emulator.faults.add({ kind: 'status', status: 409, method: 'POST', path: 'assignLicense$', count });
  const outcome = await tenant.apply(tenant.change('hugo', delicensed));
  expect(outcome).toMatchObject({ failure: null, heldBack: [], reached: { licenses: [] } });
  expect(outcome.done.flatMap(({ removed }) => removed ?? [])).toEqual(['VISIOCLIENT', 'POWER_BI_PRO', 'SPE_E3']);
  expect(held(tenant, 'hugo')).toEqual([]);
});

test('given back is what can be; a product that the tenant no longer lists is named, and tried again', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo]);
  const { change, apply, emulator } = tenant;
  const before = change('hugo').from;
  const { reached } = await apply(change('hugo', delicensed));
  const { seats } = emulator.tenant;
  seats.buy(SKUS.VISIOCLIENT.skuId, 0);
  const outcome = await apply(change('hugo', before, { from: reached }));
  expect(outcome).toMatchObject({
    failure: { code: 'licence-not-given', message: expect.stringContaining('VISIOCLIENT') },
    reached: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3', 'POWER_BI_PRO'] },
  });
  expect(emulator.getState('hugo')).toMatchObject({ accountEnabled: true, mailbox: { type: 'UserMailbox' } });

  seats.buy(SKUS.VISIOCLIENT.skuId, 5);
  const again = await apply(change('hugo', before, { from: outcome.reached, attempted: before }));
  expect(again).toMatchObject({ failure: null, reached: before });
  expect(held(tenant, 'hugo').toSorted()).toEqual([...licenses].toSorted());
});

test('given back is what can be; what Microsoft refuses is named with its sentence', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses });
  const tenant = await aTenantToApplyTo([hugo]);
  const { change, apply, emulator } = tenant;
  const before = change('hugo').from;
  const { reached } = await apply(change('hugo', delicensed));
  emulator.tenant.switches.refusedLicenses = { POWER_BI_PRO: 'Try something else.' };
  const outcome = await apply(change('hugo', before, { from: reached }));
  expect(outcome.failure).toMatchObject({
    code: 'licence-not-given',
    message: expect.stringMatching(/POWER_BI_PRO .*Try something else/),
  });
  expect(outcome.reached.licenses).toEqual(['SPE_E3', 'VISIOCLIENT']);
  expect(emulator.getState('hugo').accountEnabled).toBe(true);
});

test('sign-in comes back although the only licence is refused, and the mailbox stays shared', async () => {
  const tenant = await aTenantToApplyTo();
  const { change, apply, emulator } = tenant;
  const before = change('ana').from;
  const { reached } = await apply(change('ana', delicensed));
  emulator.tenant.switches.refusedLicenses = { SPE_E3: 'Not today.' };
  expect(await apply(change('ana', before, { from: reached }))).toMatchObject({
    failure: { code: 'licence-not-given' },
    reached: { accountEnabled: true, mailbox: 'shared', licenses: [] },
  });
  expect(emulator.getState('ana')).toMatchObject({
    accountEnabled: true,
    mailbox: { type: 'SharedMailbox', losses: [] },
  });
});

test('given back is what can be; what excludes another that somebody has given meanwhile is named', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses: ['SPE_E3', 'POWER_BI_PRO'] });
  const uma = anInactive({ kind: 'uma', licenses: ['STANDARDPACK'] });
  const tenant = await aTenantToApplyTo([hugo, uma]);
  const { change, apply, emulator } = tenant;
  const before = change('hugo').from;
  const { reached } = await apply(change('hugo', delicensed));
  emulator.applyEvents('hugo', { addLicenses: ['STANDARDPACK'] });
  const outcome = await apply(change('hugo', before, { from: reached }));
  expect(outcome.failure).toMatchObject({
    code: 'licence-not-given',
    message: expect.stringContaining('SPE_E3'),
  });
  expect(held(tenant, 'hugo')).toEqual(['STANDARDPACK', 'POWER_BI_PRO']);
  expect(emulator.getState('hugo').accountEnabled).toBe(true);
});

/** Something happens in the tenant after the last read and before the first call. */
function justBefore<Writer extends { assignLicense(...args: never[]): unknown }>(
  writer: Writer,
  event: () => void,
): Writer {
  let isCalled = false;
  return {
    ...writer,
    assignLicense(...args: Parameters<Writer['assignLicense']>) {
      if (!isCalled) event();
      isCalled = true;
      return writer.assignLicense(...args);
    },
  };
}
