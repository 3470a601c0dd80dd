import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anInactive, aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

const agent = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

test.each<[string, string, Partial<PersonInput>]>([
  ['guest', 'a member of another company', { userPrincipalName: 'max_fabrikam.com#EXT#@contoso.com' }],
  ['guest', 'a guest who was made a member', { creationType: 'Invitation' }],
  ['guest', 'a guest by a sign-up link', { creationType: 'SelfServiceSignUp' }],
  ['protected', 'an agent user', { identityParentId: agent }],
  ['protected', 'Entra Connect’s account', { userPrincipalName: 'Sync_DC01_5f2c9e1b@contoso.com' }],
  ['protected', 'a phone resource account', { licenses: ['PHONESYSTEM_VIRTUALUSER'] }],
  ['protected', 'a Teams room', { licenses: ['SPE_E3', 'Microsoft_Teams_Rooms_Pro'] }],
  ['protected', 'a common area phone', { licenses: ['MCOCAP'] }],
  ['protected', 'an auto attendant', { department: 'Microsoft Communication Application Instance' }],
  ['protected', 'a scanner', { displayName: 'Scanner 2. OG', userPrincipalName: 'scanner-2og@contoso.com' }],
  ['protected', 'a joint chief executive', { jobTitle: 'Joint CEO & Founder' }],
  ['protected', 'a Bookings mailbox', { mailbox: { type: 'SchedulingMailbox' } }],
  ['protected', 'a discovery mailbox', { mailbox: { type: 'DiscoveryMailbox' } }],
])('%s: %s is not written to, whatever the file says', async (code, _, person) => {
  const { change, apply, writes } = await aTenantToApplyTo([anInactive({ kind: 'max', ...person })]);
  const { refused } = await apply(change('max', disabled));
  expect(refused.map((refusal) => refusal.code)).toContain(code);
  expect(writes()).toEqual([]);
});

test('an account from before 2014, without a userType, is a member like any other', async () => {
  const { change, apply, writes } = await aTenantToApplyTo([anInactive({ kind: 'max', userType: null })]);
  expect(await apply(change('max', disabled))).toMatchObject({ refused: [], failure: null });
  expect(writes()).toContain('PATCH /users/max');
});

test('enabled members are all that are enabled, less the guests: no filter finds those without a userType', async () => {
  const { context } = await aTenantToApplyTo([
    { kind: 'old', userType: null },
    { kind: 'gus', userType: 'Guest' },
    { kind: 'gone', userType: 'Guest', accountEnabled: false },
    { kind: 'off', accountEnabled: false },
    { kind: 'enzo', creationType: 'Invitation' },
  ]);
  // Ana, the 29 others, the one from before 2014, and the member of another company, who is a member.
  expect(await context().reader.countEnabledMembers()).toBe(32);
});

test('where the cloud does not know agent users, everybody else is read all the same', async () => {
  const { context, emulator } = await aTenantToApplyTo([], { switches: { agentUsers: false } });
  const { find } = context();
  const id = emulator.getState('ana').id;
  expect(await find(id)).toMatchObject({ id, accountKind: 'person' });
  expect(await find(id)).toMatchObject({ id });
});
