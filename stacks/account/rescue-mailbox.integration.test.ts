import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { SKUS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anInactive, aTenantToApplyTo, delicensed, shortWaits } from '../tenant/tenant-to-apply-to.fixture.ts';
import { createDryRunContext } from './dry-run.ts';

// A shared mailbox turns into a user mailbox again, and without a licence its mail is lost after 30 days.

const shared = { accountEnabled: false, mailbox: 'shared' as const };
const later = { guard: { today: '2026-12-30' } };

/** Flo was delicensed on the first day, and 21 days later her mailbox is a user mailbox again. */
async function aFlippedMailbox(person: Partial<PersonInput> = {}, options: Omit<EmulatorOptions, 'people'> = {}) {
  const flo = anInactive({
    kind: 'flo',
    licenses: ['SPE_E3', 'VISIOCLIENT'],
    mailbox: { flipBackAfterDays: 21 },
    ...person,
  });
  const tenant = await aTenantToApplyTo([flo], options);
  const { change, apply, emulator, writes } = tenant;
  const { reached } = await apply(change('flo', delicensed));
  emulator.tenant.clock.advance({ days: 23 });
  expect(emulator.getState('flo').mailbox).toMatchObject({
    type: 'UserMailbox',
    isConnected: false,
    losses: [],
  });
  const taken = writes().length;
  return {
    ...tenant,
    save: (more = {}) => {
      const evidence = { auditedOn: '2026-12-30', lastActivity: { signIn: null } };
      return change('flo', { ...shared, licenses: ['SPE_E3'] }, { from: reached, evidence, ...more });
    },
    saving: () => writes().slice(taken),
  };
}

test('the licence first, then the mailbox is there again and is shared; no mail is lost, and sign-in stays blocked', async () => {
  const { save, apply, saving, emulator } = await aFlippedMailbox();
  const outcome = await apply(save(), later);
  expect(outcome).toMatchObject({
    failure: null,
    refused: [],
    reached: { ...shared, licenses: ['SPE_E3'] },
  });
  expect(outcome.done.map(({ step }) => step)).toEqual(['licenses-changed', 'mailbox-shared']);
  expect(saving()).toEqual(['POST /users/flo/assignLicense', 'Set-Mailbox flo Shared']);
  emulator.tenant.clock.advance({ days: 60 });
  expect(emulator.getState('flo')).toMatchObject({
    accountEnabled: false,
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { isConnected: true, losses: [] },
  });
});

test('Graph may not find it for a while after the licence: it is waited for', async () => {
  const { save, apply, emulator } = await aFlippedMailbox(
    {},
    { switches: { hiddenAfterLicenseSeconds: 1, licenseDelaySeconds: 1 } },
  );
  expect(await apply(save(), later)).toMatchObject({ failure: null, reached: { licenses: ['SPE_E3'] } });
  expect(emulator.getState('flo').mailbox).toMatchObject({ type: 'SharedMailbox', isConnected: true });
});

test('without a free seat nothing changes, and the sentence says so', async () => {
  const { save, apply, saving, emulator } = await aFlippedMailbox();
  const { seats } = emulator.tenant;
  const { skuId } = SKUS.SPE_E3;
  seats.buy(skuId, seats.countConsumed(skuId));
  expect(await apply(save(), later)).toMatchObject({
    failure: { code: 'no-seats', message: expect.stringContaining('SPE_E3 (wanted 1, free 0)') },
    reached: { licenses: [] },
  });
  expect(saving()).toEqual([]);
});

test('the licence is given even where the mailbox may not be shared now: mail is not lost because its owner is promoted', async () => {
  const { save, apply, saving, emulator } = await aFlippedMailbox();
  emulator.applyEvents('flo', { jobTitle: 'Chief Financial Officer' });
  const outcome = await apply(save(), later);
  expect(outcome).toMatchObject({ refused: [{ code: 'protected' }] });
  expect(saving()).toEqual(['POST /users/flo/assignLicense']);
  emulator.tenant.clock.advance({ days: 60 });
  expect(emulator.getState('flo').mailbox).toMatchObject({ isConnected: true, losses: [] });
});

test.each([
  ['long ago', null],
  ['a moment ago', new Date().toISOString()],
])('a licence that a dynamic group took back with the block, %s, is given directly', async (_, wroteAt) => {
  const everybody = {
    displayName: 'Everybody',
    membershipRule: '(user.accountEnabled -eq true)',
    licenses: ['SPE_E3'] as const,
  };
  const { save, apply, saving, emulator } = await aFlippedMailbox(
    { licenses: [{ sku: 'SPE_E3', group: 'Everybody' }] },
    { switches: { membershipRules: 'shown', weather: null }, dynamicGroups: [everybody] },
  );
  expect(emulator.getState('flo').licenses).toEqual([]);
  const outcome = await apply(save({ saved: ['SPE_E3'], wroteAt }), later);
  expect(outcome).toMatchObject({ failure: null, refused: [], reached: { licenses: ['SPE_E3'] } });
  expect(saving()).toEqual(['POST /users/flo/assignLicense', 'Set-Mailbox flo Shared']);
  emulator.tenant.clock.advance({ days: 60 });
  expect(emulator.getState('flo')).toMatchObject({
    accountEnabled: false,
    licenses: [{ skuPartNumber: 'SPE_E3', assignedByGroup: null }],
    mailbox: { isConnected: true, losses: [] },
  });
});

test('to share it again asks for no newer evidence than the review had', async () => {
  const { save, apply, saving } = await aFlippedMailbox();
  const evidence = { auditedOn: '2026-11-01', lastActivity: { signIn: null } };
  expect(await apply(save({ evidence }), later)).toMatchObject({ refused: [], failure: null });
  expect(saving()).toEqual(['POST /users/flo/assignLicense', 'Set-Mailbox flo Shared']);
});

test('an apply that was killed after the licence goes on with the mailbox', async () => {
  const { save, apply, saving, emulator } = await aFlippedMailbox({}, { switches: { weather: null } });
  emulator.applyEvents('flo', { addLicenses: ['SPE_E3'] });
  const killed = save();
  expect(await apply({ ...killed, attempted: killed.to }, later)).toMatchObject({
    failure: null,
    reached: { ...shared, licenses: ['SPE_E3'] },
  });
  expect(saving()).toEqual(['Set-Mailbox flo Shared']);
});

test('an apply that was killed after the conversion has nothing left to do', async () => {
  const { save, apply, saving, emulator } = await aFlippedMailbox({}, { switches: { weather: null } });
  emulator.applyEvents('flo', { addLicenses: ['SPE_E3'], mailbox: { type: 'SharedMailbox' } });
  const killed = save();
  expect(await apply({ ...killed, attempted: killed.to }, later)).toMatchObject({
    failure: null,
    done: [],
    reached: { ...shared, licenses: ['SPE_E3'] },
  });
  expect(saving()).toEqual([]);
});

test('a mailbox that does not come is a failure, and the next run looks for it again', async () => {
  const { save, apply, context, emulator } = await aFlippedMailbox();
  const waits = { ...shortWaits, mailbox: { everyMs: 10, atMostMs: 50 } };
  const run = context({ ...later, waits });
  const look = async () => ({ recipientType: 'none' as const, hold: null, hasArchive: null });
  const first = await apply(save(), { shared: { ...run, mailboxes: { ...run.mailboxes, look } } });
  expect(first).toMatchObject({ failure: { code: 'not-seen' }, reached: { licenses: [] } });
  const killed = save();
  expect(await apply({ ...killed, attempted: killed.to }, later)).toMatchObject({ failure: null });
  expect(emulator.getState('flo').mailbox).toMatchObject({ type: 'SharedMailbox', losses: [] });
});

test('where a person converts, the licence comes first and the conversion is asked for', async () => {
  const policy = aPolicy({ mailbox: { convert: 'manual', unknownHold: 'proceed' } });
  const { save, apply, emulator } = await aFlippedMailbox();
  const manual = { guard: { ...later.guard, policy } };
  const first = await apply(save(), manual);
  expect(first).toMatchObject({ failure: null, waits: [{ for: 'manual-conversion' }] });
  expect(emulator.getState('flo').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3' }]);
  emulator.applyEvents('flo', { mailbox: { type: 'SharedMailbox', flipBackAfterDays: null } });
  const killed = save();
  expect(await apply({ ...killed, attempted: killed.to }, manual)).toMatchObject({
    failure: null,
    waits: [],
  });
});

test('the preview foresees the licence and the conversion, and writes nothing', async () => {
  const { save, apply, context, saving } = await aFlippedMailbox();
  const outcome = await apply(save(), { shared: createDryRunContext(context(later)) });
  expect(outcome).toMatchObject({ failure: null, refused: [] });
  expect(outcome.done.map(({ step }) => step)).toEqual(['licenses-changed', 'mailbox-shared']);
  expect(saving()).toEqual([]);
});
