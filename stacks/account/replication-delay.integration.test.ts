import { expect, test } from 'vitest';
import {
  anInactive,
  aTenantToApplyTo,
  type ContextChange,
  delicensed,
  disabled,
  shortWaits,
  type TenantToApplyTo,
} from '../tenant/tenant-to-apply-to.fixture.ts';

/** Nothing shows by itself: time passes only when a test lets it, whatever the machine's pace. */
const delays = { weather: null, directoryDelaySeconds: 900, conversionDelaySeconds: 60 };
const late = { switches: delays };
const impatient = { waits: { ...shortWaits, directory: { everyMs: 10, atMostMs: 50 } } };

/** What is waited for shows after the first look; the waits are entered in `seen`. */
function patient({ emulator }: Pick<TenantToApplyTo, 'emulator'>, seen: string[] = []): ContextChange {
  return {
    onWait(wait) {
      seen.push(wait.for);
      emulator.tenant.clock.advance({ seconds: wait.for === 'directory' ? 901 : 61 });
    },
  };
}

/** The mailbox shows, and the directory does not. */
function halfPatient({ emulator }: Pick<TenantToApplyTo, 'emulator'>): ContextChange {
  return {
    ...impatient,
    onWait(wait) {
      if (wait.for === 'mailbox') emulator.tenant.clock.advance({ seconds: 61 });
    },
  };
}

test('a run that has just blocked an account does not take the late answer of the directory for somebody else’s doing', async () => {
  const tenant = await aTenantToApplyTo([], late);
  const { change, apply, writes, emulator } = tenant;
  const waits: string[] = [];
  const outcome = await apply(change('ana', delicensed), patient(tenant, waits));
  expect(outcome).toMatchObject({ refused: [], waits: [], failure: null, reached: { licenses: [] } });
  expect(waits).toEqual(['mailbox', 'directory']);
  expect(writes().filter((write) => write === 'PATCH /users/ana')).toHaveLength(1);
  expect(emulator.getState('ana')).toMatchObject({ accountEnabled: false, licenses: [] });
});

test('a directory that stays behind is waited for by the next run, and nobody is called active again', async () => {
  const tenant = await aTenantToApplyTo([], late);
  const { change, apply, writes, emulator } = tenant;
  const first = await apply(change('ana', delicensed), halfPatient(tenant));
  expect(first).toMatchObject({
    refused: [],
    failure: null,
    waits: [{ for: 'directory' }],
    reached: { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] },
  });
  const { reached, wroteAt } = first;
  const second = await apply(change('ana', delicensed, { from: reached, wroteAt }), impatient);
  expect(second).toMatchObject({ refused: [], done: [], waits: [{ for: 'directory' }], reached });

  emulator.tenant.clock.advance({ minutes: 16 });
  const third = await apply(change('ana', delicensed, { from: reached, wroteAt }), impatient);
  expect(third).toMatchObject({ refused: [], waits: [], failure: null, reached: { licenses: [] } });
  expect(writes().filter((write) => write === 'PATCH /users/ana')).toHaveLength(1);
});

test('who was given sign-in back by hand right after the block is not blocked a second time, and loses nothing more', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const { reached, wroteAt } = await apply(change('ana', disabled));
  emulator.applyEvents('ana', { accountEnabled: true });
  const before = writes().length;
  const soon = await apply(change('ana', delicensed, { from: reached, wroteAt }), impatient);
  expect(soon).toMatchObject({ refused: [], waits: [{ for: 'directory' }] });
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000).toISOString();
  const later = await apply(change('ana', delicensed, { from: reached, wroteAt: hoursAgo }), impatient);
  expect(later.refused).toMatchObject([{ code: 'active-again' }]);
  expect(writes()).toHaveLength(before);
});

test.each([
  ['in time', patient],
  ['not in time', halfPatient],
])('a block that the directory shows %s is given back all the same', async (_, waits) => {
  const tenant = await aTenantToApplyTo([], late);
  const { change, apply, emulator } = tenant;
  const before = change('ana').from;
  const { reached, wroteAt } = await apply(change('ana', { accountEnabled: false }));
  const outcome = await apply(change('ana', before, { from: reached, wroteAt }), waits(tenant));
  expect(outcome).toMatchObject({ refused: [], failure: null, reached: before });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test.each([
  ['in time', patient],
  ['not in time', halfPatient],
])('sign-in that was just allowed, as the directory shows %s, can be blocked again', async (_, waits) => {
  const blocked = anInactive({ kind: 'ana', accountEnabled: false });
  const tenant = await aTenantToApplyTo([blocked], late);
  const { change, apply, emulator } = tenant;
  const restore = { ...change('ana').restore, accountEnabled: true };
  const from = { ...change('ana').from, accountEnabled: false };
  const { reached, wroteAt } = await apply(change('ana', { accountEnabled: true }, { restore, from }));
  const outcome = await apply(
    change('ana', { accountEnabled: false }, { restore, from: reached, wroteAt }),
    waits(tenant),
  );
  expect(outcome).toMatchObject({ refused: [], failure: null, reached: { accountEnabled: false } });
  expect(emulator.getState('ana').accountEnabled).toBe(false);
});

test('a run that was killed right after it blocked an account is undone by the next one, though the directory still shows it allowed', async () => {
  const { change, apply, context, emulator } = await aTenantToApplyTo([], late);
  const before = change('ana').from;
  await context().writer.setAccountEnabled(emulator.getState('ana').id, false);
  const attempted = { ...before, accountEnabled: false };
  const wroteAt = new Date().toISOString();
  expect(await apply(change('ana', before, { attempted, wroteAt }), impatient)).toMatchObject({
    failure: null,
    done: [{ step: 'sign-in-allowed' }],
  });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test('sign-in that a killed run never got to allow is allowed, though the directory still shows it from before the block', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], late);
  const before = change('ana').from;
  const { reached } = await apply(change('ana', { accountEnabled: false }));
  const killed = change('ana', before, { from: reached, attempted: before });
  expect(await apply(killed, impatient)).toMatchObject({ failure: null, done: [{ step: 'sign-in-allowed' }] });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test('a mailbox of unknown kind that a killed run has shared is no shared mailbox to protect; one that nobody here has touched is', async () => {
  const max = anInactive({ kind: 'max', accountEnabled: false, mailbox: { type: 'SharedMailbox' } });
  const { change, apply } = await aTenantToApplyTo([max]);
  const restore = { ...change('max').restore, accountEnabled: true, mailbox: 'unknown' as const };
  const from = { ...change('max').from, accountEnabled: false };
  const wanted = change('max', delicensed, { restore, from });
  expect((await apply(wanted)).refused).toMatchObject([{ code: 'protected' }]);
  const attempted = { ...from, mailbox: 'shared' as const };
  expect(await apply({ ...wanted, attempted })).toMatchObject({ refused: [], failure: null });
});

test('the last seat, which a killed run has given back a moment ago, is no seat that is missing', async () => {
  const tenant = await aTenantToApplyTo([], { switches: { weather: null, licenseDelaySeconds: 300 } });
  const { change, apply, context, emulator } = tenant;
  const before = change('ana').from;
  const [license] = change('ana').restore.licenses;
  const { reached } = await apply(change('ana', { licenses: [] }), passing(tenant));
  const { skuId = '' } = license ?? {};
  const { writer, reader } = context();
  const order = { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] };
  await writer.assignLicense(emulator.getState('ana').id, order, await reader.readSubscriptions());
  emulator.tenant.seats.buy(skuId, emulator.tenant.seats.countConsumed(skuId));
  const wroteAt = new Date().toISOString();
  const killed = change('ana', before, { from: reached, attempted: before, wroteAt });
  expect(await apply(killed, passing(tenant))).toMatchObject({ failure: null, reached: before });
  expect(emulator.getState('ana').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3' }]);
});

/** Whatever is waited for shows after the first look. */
function passing({ emulator }: Pick<TenantToApplyTo, 'emulator'>): ContextChange {
  return { onWait: () => emulator.tenant.clock.advance({ seconds: 301 }) };
}

/** The next replica to answer is behind the one before: what was read a moment ago is as if it had not been. */
function fallBehind({ emulator }: Pick<TenantToApplyTo, 'emulator'>, bySeconds: number): void {
  emulator.tenant.clock.advance({ seconds: -bySeconds });
}

test('licences that were just taken and a mailbox that was just shared are given back, though an older answer shows them untouched', async () => {
  const tenant = await aTenantToApplyTo([], {
    switches: { weather: null, licenseDelaySeconds: 300, conversionDelaySeconds: 300 },
  });
  const { change, apply, emulator, context } = tenant;
  const before = change('ana').from;
  const { reached } = await apply(change('ana', delicensed), passing(tenant));
  fallBehind(tenant, 450);
  const { id } = emulator.getState('ana');
  expect(await context().find(id)).toMatchObject({
    mailbox: { recipientType: 'user' },
    licenses: [{ skuPartNumber: 'SPE_E3' }],
  });
  const outcome = await apply(change('ana', before, { from: reached }), passing(tenant));
  expect(outcome).toMatchObject({ failure: null, reached: before });
  emulator.tenant.clock.advance({ days: 40 });
  expect(emulator.getState('ana')).toMatchObject({
    accountEnabled: true,
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { type: 'UserMailbox', losses: [] },
  });
});

test('a licence that was just given back is taken, though an older answer does not show it', async () => {
  const tenant = await aTenantToApplyTo([], { switches: { weather: null, licenseDelaySeconds: 300 } });
  const { change, apply, emulator, context } = tenant;
  const before = change('ana').from;
  const taken = await apply(change('ana', delicensed), passing(tenant));
  const given = await apply(change('ana', before, { from: taken.reached }), passing(tenant));
  fallBehind(tenant, 200);
  expect(await context().find(emulator.getState('ana').id)).toMatchObject({ licenses: [] });
  const outcome = await apply(change('ana', delicensed, { from: given.reached }), passing(tenant));
  expect(outcome).toMatchObject({ failure: null, refused: [], reached: { licenses: [] } });
  expect(emulator.getState('ana').licenses).toEqual([]);
});

test('a licence that is refused, though an older answer shows it, makes no mailbox a person’s again', async () => {
  const tenant = await aTenantToApplyTo([], { switches: { weather: null, licenseDelaySeconds: 300 } });
  const { change, apply, emulator } = tenant;
  const before = change('ana').from;
  const { reached } = await apply(change('ana', delicensed), passing(tenant));
  fallBehind(tenant, 200);
  emulator.tenant.switches.refusedLicenses = { SPE_E3: 'Not today.' };
  expect(await apply(change('ana', before, { from: reached }))).toMatchObject({
    failure: { code: 'licence-not-given' },
    reached: { accountEnabled: true, mailbox: 'shared', licenses: [] },
  });
  expect(emulator.getState('ana').mailbox).toMatchObject({ type: 'SharedMailbox', losses: [] });
});

test('a mailbox is a person’s again, though the answer after the one that showed its licence is older', async () => {
  const tenant = await aTenantToApplyTo([], { switches: { weather: null, licenseDelaySeconds: 300 } });
  const { change, apply, context, emulator } = tenant;
  const before = change('ana').from;
  const { reached } = await apply(change('ana', delicensed), passing(tenant));
  const usual = context(passing(tenant));
  let isBehind = false;
  const readLicenses = async (id: string) => {
    const seen = await usual.reader.readLicenses(id);
    if (seen?.length === 1 && !isBehind) {
      isBehind = true;
      fallBehind(tenant, 200);
    }
    return seen;
  };
  const shared = { ...usual, reader: { ...usual.reader, readLicenses } };
  const outcome = await apply(change('ana', before, { from: reached }), { shared });
  expect({ isBehind, ...outcome }).toMatchObject({ isBehind: true, failure: null, reached: before });
  expect(emulator.getState('ana').mailbox).toMatchObject({ type: 'UserMailbox', losses: [] });
});
