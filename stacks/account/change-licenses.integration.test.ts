import { PLANS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import {
  anInactive,
  aTenantToApplyTo,
  delicensed,
  disabled,
  shortWaits,
  today,
} from '../tenant/tenant-to-apply-to.fixture.ts';

const blockedAndShared = { ...disabled, accountEnabled: false, mailbox: 'shared' as const };

test('the licences of a blocked account with a shared mailbox go in one call', async () => {
  const hugo = anInactive({ kind: 'hugo', licenses: ['SPE_E3', 'VISIOCLIENT', 'POWER_BI_PRO', 'FLOW_FREE'] });
  const { change, apply, writes, emulator } = await aTenantToApplyTo([hugo], { switches: { weather: null } });
  await apply(change('hugo', disabled));
  const from = { ...change('hugo').from, ...blockedAndShared };
  const outcome = await apply(change('hugo', delicensed, { from }));
  expect(outcome.done).toMatchObject([
    { step: 'licenses-changed', removed: ['SPE_E3', 'VISIOCLIENT', 'POWER_BI_PRO', 'FLOW_FREE'], given: [] },
  ]);
  expect(writes().filter((write) => write.endsWith('assignLicense'))).toHaveLength(1);
  expect(emulator.getState('hugo')).toMatchObject({ licenses: [], mailbox: { losses: [] } });
  emulator.tenant.clock.advance({ days: 40 });
  expect(emulator.getState('hugo').mailbox).toMatchObject({ isConnected: true, losses: [] });
});

test('an add-on goes in the same call as the product that it depends on', async () => {
  const iris = anInactive({ kind: 'iris', licenses: ['SPE_E3', 'MCOEV'] });
  const { change, apply, emulator } = await aTenantToApplyTo([iris]);
  expect(await apply(change('iris', delicensed))).toMatchObject({ failure: null });
  expect(emulator.getState('iris').licenses).toEqual([]);
});

test('what a reviewer kept in desired.licenses stays', async () => {
  const elsa = anInactive({ kind: 'elsa', licenses: ['SPE_E3', 'VISIOCLIENT'] });
  const { change, apply, emulator } = await aTenantToApplyTo([elsa]);
  await apply(change('elsa', { ...disabled, licenses: ['VISIOCLIENT'] }));
  expect(emulator.getState('elsa').licenses).toMatchObject([{ skuPartNumber: 'VISIOCLIENT' }]);
});

test('a licence that the account got after the review is not touched', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const reviewed = change('ana', delicensed);
  emulator.applyEvents('ana', { addLicenses: ['POWER_BI_PRO'] });
  expect(await apply(reviewed)).toMatchObject({ failure: null, heldBack: [] });
  expect(emulator.getState('ana').licenses).toMatchObject([{ skuPartNumber: 'POWER_BI_PRO' }]);
});

test('a reviewed product that somebody assigned anew after the audit stays, and is named', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], { switches: { weather: null } });
  const reviewed = change('ana', delicensed);
  emulator.tenant.clock.advance({ days: 3 });
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  emulator.applyEvents('ana', { addLicenses: ['SPE_E3'] });
  const outcome = await apply(reviewed, { guard: { today: '2026-12-10' } });
  expect(outcome.heldBack).toMatchObject([
    { skuPartNumber: 'SPE_E3', reason: 'assigned-since', because: expect.stringContaining('2026-12-10') },
  ]);
  expect(outcome).toMatchObject({ failure: null, reached: { licenses: ['SPE_E3'] } });
  expect(emulator.getState('ana').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3' }]);
});

test('inherited licences stay untouched and are reported with the name of their group', async () => {
  const dina = anInactive({ kind: 'dina', licenses: [{ sku: 'SPE_E3', group: true }, 'VISIOCLIENT'] });
  const { change, apply, emulator } = await aTenantToApplyTo([dina]);
  const outcome = await apply(change('dina', { ...disabled, licenses: ['SPE_E3'] }));
  expect(outcome.heldBack).toMatchObject([
    {
      skuPartNumber: 'SPE_E3',
      reason: 'inherited-from-group',
      because: expect.stringContaining('Licensing: Microsoft 365 E3'),
    },
  ]);
  expect(emulator.getState('dina').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3' }]);
});

test('a licence that has become inherited since it was reviewed is a group’s to take, and no error', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], { switches: { weather: null } });
  const reviewed = change('ana', delicensed);
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  emulator.applyEvents('ana', { addLicenses: [{ sku: 'SPE_E3', group: true }] });
  const outcome = await apply(reviewed);
  expect(outcome).toMatchObject({ failure: null, heldBack: [{ reason: 'inherited-from-group' }] });
  expect(emulator.getState('ana').licenses).toHaveLength(1);
});

test('success is reported only when the tenant shows it', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], {
    switches: { weather: null, licenseDelaySeconds: 1 },
  });
  const waits: string[] = [];
  const started = performance.now();
  const outcome = await apply(change('ana', delicensed), { onWait: (wait) => waits.push(wait.for) });
  expect(performance.now() - started).toBeGreaterThan(900);
  expect(outcome.failure).toBeNull();
  expect(waits).toContain('licenses');
  expect(emulator.getState('ana').licenses).toEqual([]);
});

test('a tenant that does not show it in time is a failure that the next run picks up', async () => {
  const { change, apply, emulator, writes } = await aTenantToApplyTo([], {
    switches: { weather: null, licenseDelaySeconds: 900 },
  });
  const impatient = {
    ...shortWaits,
    mailbox: { everyMs: 10, atMostMs: 50 },
    licenses: { everyMs: 10, atMostMs: 50 },
  };
  const first = await apply(change('ana', delicensed), { waits: impatient });
  expect(first).toMatchObject({ failure: { code: 'not-seen' }, reached: { licenses: ['SPE_E3'] } });
  emulator.tenant.clock.advance({ minutes: 16 });
  const second = await apply(change('ana', delicensed, { from: first.reached }));
  expect(second).toMatchObject({ done: [], failure: null, reached: { licenses: [] } });
  expect(writes().filter((write) => write.endsWith('assignLicense'))).toHaveLength(1);
});

test('a run that sees licences which an earlier one has taken hears so, waits, and is done', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], {
    switches: { weather: null, licenseDelaySeconds: 1 },
  });
  const impatient = {
    ...shortWaits,
    mailbox: { everyMs: 10, atMostMs: 50 },
    licenses: { everyMs: 10, atMostMs: 50 },
  };
  const first = await apply(change('ana', delicensed), { waits: impatient });
  expect(first.failure?.code).toBe('not-seen');
  const second = await apply(change('ana', delicensed, { from: first.reached }));
  expect(second).toMatchObject({ done: [], failure: null, reached: { licenses: [] } });
  const refused = emulator.log.listEntries({ path: 'assignLicense' }).filter(({ status }) => status === 400);
  expect(refused).toHaveLength(1);
});

test('given back are the licences that were taken, with their plans turned off as before', async () => {
  const disabledPlans = [PLANS.yammer.servicePlanId, PLANS.skype.servicePlanId];
  const elsa = anInactive({ kind: 'elsa', licenses: [{ sku: 'SPE_E3', disabledPlans }, 'VISIOCLIENT'] });
  const { change, apply, writes, emulator } = await aTenantToApplyTo([elsa]);
  const before = change('elsa').from;
  const { reached } = await apply(change('elsa', delicensed));
  const taken = writes().length;
  const outcome = await apply(change('elsa', before, { from: reached }));
  expect(writes().slice(taken)).toEqual([
    'PATCH /users/elsa',
    'POST /users/elsa/assignLicense',
    'Set-Mailbox elsa Regular',
  ]);
  expect(outcome).toMatchObject({ failure: null, reached: before });
  expect(emulator.getState('elsa')).toMatchObject({
    accountEnabled: true,
    mailbox: { type: 'UserMailbox', losses: [] },
    licenses: [{ skuPartNumber: 'SPE_E3', disabledPlans }, { skuPartNumber: 'VISIOCLIENT' }],
  });
});

test('what this pipeline never took is not given: not sign-in, not a mailbox, not a licence', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const kept = change('ana');
  emulator.applyEvents('ana', {
    accountEnabled: false,
    mailbox: { type: 'SharedMailbox' },
    removeLicenses: ['SPE_E3'],
  });
  expect(await apply(kept)).toMatchObject({ done: [], refused: [], failure: null });
  expect(writes()).toEqual([]);
});

test('a licence that came back by other hands is not added again', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo([], { switches: { weather: null } });
  const before = change('ana').from;
  const { reached } = await apply(change('ana', delicensed));
  emulator.applyEvents('ana', { addLicenses: [{ sku: 'SPE_E3', group: true }] });
  const taken = writes().length;
  expect(await apply(change('ana', before, { from: reached }))).toMatchObject({ failure: null });
  expect(writes().slice(taken)).toEqual(['PATCH /users/ana', 'Set-Mailbox ana Regular']);
});

test('without a free seat sign-in comes back and no licence does, and the sentence counts wanted and free', async () => {
  const elsa = anInactive({ kind: 'elsa', licenses: ['SPE_E3', 'VISIOCLIENT'] });
  const uma = anInactive({ kind: 'uma', licenses: ['SPE_E3', 'VISIOCLIENT'] });
  const { change, apply, writes, emulator } = await aTenantToApplyTo([elsa, uma]);
  const before = change('elsa').from;
  const { reached } = await apply(change('elsa', delicensed));
  const taken = writes().length;
  const { seats } = emulator.tenant;
  for (const license of change('elsa').restore.licenses) seats.buy(license.skuId, seats.countConsumed(license.skuId));
  const outcome = await apply(change('elsa', before, { from: reached }));
  expect(outcome.failure).toMatchObject({
    code: 'no-seats',
    message: expect.stringContaining('SPE_E3 (wanted 1, free 0), VISIOCLIENT (wanted 1, free 0)'),
  });
  expect(writes().slice(taken)).toEqual(['PATCH /users/elsa']);
  expect(emulator.getState('elsa').accountEnabled).toBe(true);

  for (const license of change('elsa').restore.licenses)
    seats.buy(license.skuId, seats.countConsumed(license.skuId) + 1);
  expect(await apply(change('elsa', before, { from: outcome.reached }))).toMatchObject({
    failure: null,
    reached: before,
  });
});

test('an account without a usage location is told so before any licence is given', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const before = change('ana').from;
  const { reached } = await apply(change('ana', delicensed));
  const taken = writes().length;
  emulator.applyEvents('ana', { usageLocation: null });
  const outcome = await apply(change('ana', before, { from: reached }));
  expect(outcome.failure).toMatchObject({
    code: 'no-usage-location',
    remedy: 'Set the usage location of the account, then run the apply again.',
  });
  expect(writes().slice(taken)).toEqual(['PATCH /users/ana']);
});

test('one merge can take a licence and give another back, in one call', async () => {
  const elsa = anInactive({ kind: 'elsa', licenses: ['SPE_E3', 'VISIOCLIENT', 'POWER_BI_PRO'] });
  const { change, apply, writes, emulator } = await aTenantToApplyTo([elsa], { switches: { weather: null } });
  const { reached } = await apply(change('elsa', { ...disabled, licenses: ['SPE_E3', 'POWER_BI_PRO'] }));
  const taken = writes().length;
  await apply(change('elsa', { ...disabled, licenses: ['SPE_E3', 'VISIOCLIENT'] }, { from: reached }));
  expect(writes().slice(taken)).toEqual(['POST /users/elsa/assignLicense']);
  expect(emulator.getState('elsa').licenses.map(({ skuPartNumber }) => skuPartNumber)).toEqual([
    'SPE_E3',
    'VISIOCLIENT',
  ]);
});

test.each([
  ['409', { status: 409 }],
  ['429 with a fractional Retry-After', { status: 429, retryAfter: '0.128' }],
  ['503', { status: 503 }],
])('a licence call that is answered %s is made again', async (_, fault) => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  emulator.faults.add({ kind: 'status', method: 'POST', path: 'assignLicense$', count: 2, ...fault });
  expect(await apply(change('ana', delicensed))).toMatchObject({ failure: null, reached: { licenses: [] } });
  expect(emulator.getState('ana').licenses).toEqual([]);
});

test('a 409 that stays is a sentence about this account, with what was done before it', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  emulator.faults.add({ kind: 'status', status: 409, method: 'POST', path: 'assignLicense$' });
  const outcome = await apply(change('ana', delicensed));
  expect(outcome.failure).toMatchObject({ code: 'request-failed', message: expect.stringContaining('409') });
  expect(outcome.done.map(({ step }) => step)).toEqual(['sign-in-blocked', 'sessions-revoked', 'mailbox-shared']);
  expect(outcome.reached).toEqual({ accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] });
});

test('a licence call that was carried out and never answered does not fail when it is repeated', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  emulator.faults.add({ kind: 'reset', path: 'assignLicense$', count: 1, afterwards: true });
  expect(await apply(change('ana', delicensed))).toMatchObject({ failure: null, reached: { licenses: [] } });
  expect(emulator.getState('ana').licenses).toEqual([]);
});

test(`licences assigned on the day of the audit itself, ${today}, count as reviewed`, async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  emulator.applyEvents('ana', { addLicenses: ['SPE_E3'] });
  expect(await apply(change('ana', delicensed))).toMatchObject({ heldBack: [], reached: { licenses: [] } });
});
