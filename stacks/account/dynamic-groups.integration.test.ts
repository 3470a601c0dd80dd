import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import {
  anInactive,
  aTenantToApplyTo,
  delicensed,
  disabled,
  shortWaits,
} from '../tenant/tenant-to-apply-to.fixture.ts';
import type { AccountChange } from './account-change.ts';
import { createDryRunContext } from './dry-run.ts';

// A licence from a dynamic group whose rule reads accountEnabled goes by itself once sign-in is blocked.

const reading = '(user.accountEnabled -eq true) -and (user.department -eq "Sales")';

/** Gina's SPE_E3 comes from such a group. */
function aGroupTenant(
  gina: Partial<PersonInput> = {},
  { membershipRule = reading, ...switches }: Partial<EmulatorOptions['switches']> & { membershipRule?: string } = {},
) {
  const licenses = [{ sku: 'SPE_E3' as const, group: 'Everybody' }];
  return aTenantToApplyTo([anInactive({ kind: 'gina', licenses, ...gina })], {
    dynamicGroups: [{ displayName: 'Everybody', membershipRule, licenses: ['SPE_E3'] }],
    switches: { membershipRules: 'shown', ...switches },
  });
}

test('the mailbox is shared before the block, and after 60 days no mail is lost', async () => {
  const { change, apply, writes, emulator } = await aGroupTenant();
  const outcome = await apply(change('gina', disabled));
  expect(outcome).toMatchObject({ failure: null, refused: [], reached: { ...disabled } });
  expect(writes()).toEqual(['Set-Mailbox gina Shared', 'PATCH /users/gina', 'POST /users/gina/revokeSignInSessions']);
  emulator.tenant.clock.advance({ days: 60 });
  expect(emulator.getState('gina')).toMatchObject({
    accountEnabled: false,
    licenses: [],
    mailbox: { type: 'SharedMailbox', isConnected: true, losses: [] },
  });
});

test('the block waits until the mailbox is seen shared', async () => {
  const { change, apply, emulator } = await aGroupTenant({}, { weather: null, conversionDelaySeconds: 900 });
  const waits = { ...shortWaits, mailbox: { everyMs: 10, atMostMs: 50 } };
  const first = await apply(change('gina', disabled), { waits });
  expect(first).toMatchObject({
    failure: { code: 'not-seen' },
    reached: { accountEnabled: true, mailbox: 'unchanged' },
  });
  expect(emulator.getState('gina').accountEnabled).toBe(true);
  emulator.tenant.clock.advance({ minutes: 16 });
  const again = change('gina', disabled, { from: first.reached, attempted: change('gina', disabled).to });
  expect(await apply(again)).toMatchObject({ failure: null, reached: { ...disabled } });
});

test('who signs in while the conversion is waited for is not blocked', async () => {
  const { change, apply, emulator } = await aGroupTenant({}, { weather: null, conversionDelaySeconds: 1 });
  const outcome = await apply(change('gina', disabled), {
    onWait: () => emulator.applyEvents('gina', { signIn: { successful: 'now' } }),
  });
  expect(outcome).toMatchObject({ refused: [{ code: 'active-again' }], reached: { mailbox: 'shared' } });
  expect(emulator.getState('gina').accountEnabled).toBe(true);
});

test.each<[string, string, Parameters<typeof aGroupTenant>[1]]>([
  ['that reads it in other letters', 'user.AccountEnabled -eq True', {}],
  ['that reads it turned round', '-not (user.accountenabled -eq false)', {}],
  ['that may not be read', reading, { membershipRules: 'null' }],
  ['that is left out of the answer', reading, { membershipRules: 'absent' }],
  ['that does not read it, which nobody may see', 'user.department -eq "Sales"', { membershipRules: 'null' }],
])('a rule %s: shared first', async (_, membershipRule, switches) => {
  const { change, apply, writes } = await aGroupTenant({}, { membershipRule, ...switches });
  expect(await apply(change('gina', disabled))).toMatchObject({ failure: null, refused: [] });
  expect(writes()[0]).toBe('Set-Mailbox gina Shared');
});

test('a rule that does not read it changes nothing: blocked first', async () => {
  const { change, apply, writes } = await aGroupTenant({}, { membershipRule: 'user.department -eq "Sales"' });
  expect(await apply(change('gina', disabled))).toMatchObject({ failure: null, refused: [] });
  expect(writes()[0]).toBe('PATCH /users/gina');
});

test('each group is read once for all of its people', async () => {
  const licenses = [{ sku: 'SPE_E3' as const, group: 'Everybody' }];
  const people = ['gina', 'hans', 'ida'].map((kind) => anInactive({ kind, licenses }));
  const { change, context, apply, emulator } = await aTenantToApplyTo(people, {
    dynamicGroups: [{ displayName: 'Everybody', membershipRule: reading, licenses: ['SPE_E3'] }],
    switches: { membershipRules: 'shown' },
  });
  const shared = context();
  await Promise.all(people.map(({ kind = '' }) => apply(change(kind, delicensed), { shared })));
  expect(emulator.log.listEntries({ path: '^/v1.0/groups/[^/]+$' })).toHaveLength(1);
});

test.each<[string, Partial<PersonInput>, Partial<AccountChange>, RegExp]>([
  ['a litigation hold', { mailbox: { litigationHold: true } }, {}, /litigation hold/],
  ['an archive', { mailbox: { archive: true } }, {}, /archive/],
  ['a large mailbox', { mailbox: { sizeGb: 62 } }, {}, /too large/],
  ['an eDiscovery hold', { mailbox: { inPlaceHolds: ['UniH1'] } }, {}, /eDiscovery/],
  ['a OneDrive that nobody has released', {}, { oneDrive: { gigabytes: 3.1 } }, /3\.1 GB of OneDrive/],
  ['a OneDrive of which nobody knows', {}, { oneDrive: { gigabytes: null } }, /unknown content/],
])('licence-goes-with-block: %s, and nothing is written', async (_, person, more, words) => {
  const { change, apply, writes } = await aGroupTenant(person);
  const outcome = await apply(change('gina', delicensed, more));
  expect(outcome.refused).toMatchObject([{ code: 'licence-goes-with-block', because: expect.stringMatching(words) }]);
  expect(outcome.refused[0]?.because).toContain('"Everybody"');
  expect(outcome.reached).toEqual(change('gina').from);
  expect(writes()).toEqual([]);
});

test('a small OneDrive, or one that was released, is blocked', async () => {
  const { change, apply } = await aGroupTenant();
  const small = change('gina', disabled, { oneDrive: { gigabytes: 0.4 } });
  expect(await apply(small)).toMatchObject({ refused: [], failure: null });
});

test('a mailbox that a reviewer kept a person’s needs the licence: not blocked', async () => {
  const { change, apply, writes } = await aGroupTenant();
  const outcome = await apply(change('gina', { accountEnabled: false }));
  expect(outcome.refused).toMatchObject([{ code: 'licence-goes-with-block' }]);
  expect(writes()).toEqual([]);
});

test('what another licence carries on need not hold up the block', async () => {
  const licenses = ['SPE_E5' as const, { sku: 'SPE_E3' as const, group: 'Everybody' }];
  const { change, apply } = await aGroupTenant({ licenses, mailbox: { litigationHold: true } });
  const { from } = change('gina');
  expect(await apply(change('gina', { ...from, ...disabled }))).toMatchObject({ refused: [], failure: null });
});

test('where a person converts, sign-in stays allowed until the mailbox is seen shared, and it says so', async () => {
  const policy = aPolicy({ mailbox: { convert: 'manual', unknownHold: 'proceed' } });
  const manual = { guard: { policy } };
  const { change, apply, emulator } = await aGroupTenant();
  const first = await apply(change('gina', disabled), manual);
  expect(first.waits).toMatchObject([
    { for: 'manual-conversion', because: expect.stringMatching(/sign-in stays allowed .* group Everybody/) },
  ]);
  expect(first).toMatchObject({ failure: null, reached: { accountEnabled: true, mailbox: 'unchanged' } });
  expect(emulator.getState('gina').accountEnabled).toBe(true);
  emulator.applyEvents('gina', { mailbox: { type: 'SharedMailbox' } });
  const second = await apply(
    change('gina', disabled, { from: first.reached, attempted: change('gina', disabled).to }),
    manual,
  );
  expect(second).toMatchObject({ waits: [], failure: null, reached: { ...disabled } });
});

test('Active Directory is asked to disable a synced account only once its mailbox is shared', async () => {
  const { change, apply, writes } = await aGroupTenant({ synced: true });
  const outcome = await apply(change('gina', disabled));
  expect(outcome).toMatchObject({
    waits: [{ for: 'active-directory' }],
    reached: { accountEnabled: true, mailbox: 'shared' },
  });
  expect(writes()).toEqual(['Set-Mailbox gina Shared']);
});

test('given back: sign-in first, which brings the group’s licence, and then the mailbox', async () => {
  const { change, apply, writes, emulator } = await aGroupTenant({}, { weather: null });
  const before = change('gina').from;
  const { reached } = await apply(change('gina', disabled));
  expect(emulator.getState('gina').licenses).toEqual([]);
  const taken = writes().length;
  expect(await apply(change('gina', before, { from: reached }))).toMatchObject({
    failure: null,
    reached: before,
  });
  expect(writes().slice(taken)).toEqual(['PATCH /users/gina', 'Set-Mailbox gina Regular']);
  emulator.tenant.clock.advance({ days: 60 });
  expect(emulator.getState('gina')).toMatchObject({
    accountEnabled: true,
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { type: 'UserMailbox', isConnected: true, losses: [] },
  });
});

test('given back: a group that takes its time is waited for by the next run, with sign-in allowed', async () => {
  const { change, apply, emulator } = await aGroupTenant({}, { groupLicenseSeconds: 7200 });
  const before = change('gina').from;
  const { reached } = await apply(change('gina', disabled));
  emulator.tenant.clock.advance({ days: 1 });
  const waits = { ...shortWaits, licenses: { everyMs: 10, atMostMs: 50 } };
  const first = await apply(change('gina', before, { from: reached }), { waits });
  expect(first).toMatchObject({
    failure: null,
    waits: [{ for: 'group-license' }],
    reached: { accountEnabled: true, mailbox: 'shared' },
  });
  expect(emulator.getState('gina')).toMatchObject({
    accountEnabled: true,
    mailbox: { type: 'SharedMailbox' },
  });
  emulator.tenant.clock.advance({ days: 1 });
  const second = await apply(change('gina', before, { from: first.reached, attempted: before }));
  expect(second).toMatchObject({ failure: null, waits: [], reached: before });
});

test('the preview foresees the order, the refusal and the wait', async () => {
  const tenant = await aGroupTenant({}, { groupLicenseSeconds: 60 });
  const { change, apply, context, emulator, writes } = tenant;
  const preview = async (...asked: Parameters<typeof change>) =>
    apply(change(...asked), { shared: createDryRunContext(context()) });
  expect((await preview('gina', disabled)).done.map(({ step }) => step)).toEqual([
    'mailbox-shared',
    'sign-in-blocked',
    'sessions-revoked',
  ]);
  expect(await preview('gina', disabled, { oneDrive: { gigabytes: 3.1 } })).toMatchObject({
    refused: [{ code: 'licence-goes-with-block' }],
  });
  const before = change('gina').from;
  const { reached } = await apply(change('gina', disabled));
  emulator.tenant.clock.advance({ days: 1 });
  const written = writes().length;
  expect(await preview('gina', before, { from: reached })).toMatchObject({
    done: [{ step: 'sign-in-allowed' }],
    waits: [{ for: 'group-license' }],
    failure: null,
  });
  expect(writes()).toHaveLength(written);
});
