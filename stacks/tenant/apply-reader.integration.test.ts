import { expect, test } from 'vitest';
import { anInactive, applyWithout, aTenantToApplyTo, disabled } from './tenant-to-apply-to.fixture.ts';

test('an account is read with all that the guard asks for', async () => {
  const { context, emulator } = await aTenantToApplyTo([
    anInactive({ kind: 'ana', roles: ['User Administrator'], mailbox: { type: 'SharedMailbox' } }),
  ]);
  const { id } = emulator.getState('ana');
  expect(await context().find(id)).toMatchObject({
    id,
    userType: 'member',
    accountEnabled: true,
    department: 'Sales',
    onPremisesSyncEnabled: false,
    signIns: { kind: 'read', lastSuccessful: '2026-07-17' },
    mailbox: { recipientType: 'shared' },
    roles: [{ roleName: 'User Administrator', kind: 'active', viaGroup: null }],
    licenses: [{ assignedByGroup: null, disabledPlans: [] }],
  });
});

test('an account that is gone is null', async () => {
  const { context, emulator } = await aTenantToApplyTo();
  const { id } = emulator.getState('ana');
  emulator.applyEvents('ana', { delete: true });
  expect(await context().find(id)).toBeNull();
});

test('an account without a mailbox has none', async () => {
  const { context, emulator } = await aTenantToApplyTo([anInactive({ kind: 'max', mailbox: null })]);
  const found = await context().find(emulator.getState('max').id);
  expect(found?.mailbox).toEqual({ recipientType: 'none' });
});

test('who may activate a role cannot be told without the permission, so nothing is taken from anybody', async () => {
  const identity = applyWithout('RoleManagement.Read.Directory');
  const identities = { apply: identity };
  const { apply, change, writes } = await aTenantToApplyTo([], { identities });
  const { failure } = await apply(change('ana', disabled));
  expect(failure).toMatchObject({ code: 'request-failed', message: expect.stringContaining('403') });
  expect(writes()).toEqual([]);
});

test('roles, subscriptions and the right to see sign-ins are asked for once for many accounts', async () => {
  const people = Array.from({ length: 15 }, (_, at) => anInactive({ kind: `p${at}` }));
  const { context, emulator } = await aTenantToApplyTo(people, { switches: { weather: null } });
  // Anyone who is late joins: nobody leaves before all the others have had a second to come.
  const { find, reader } = context({ gathering: { quietMs: 1_000, atMostMs: 60_000 } });
  await Promise.all(people.map(({ kind = '' }) => find(emulator.getState(kind).id)));
  await Promise.all([reader.readSubscriptions(), reader.readSubscriptions()]);
  const asked = (path: string) => emulator.log.listEntries({ path }).length;
  expect([asked('/roleAssignments$'), asked('/subscribedSkus$')]).toEqual([1, 1]);
  // Whether sign-ins can be read, and those of all fifteen.
  expect(asked('/v1.0/users$')).toBe(2);
  // Two for who is privileged: the lists of the whole tenant, then those of each group; the rest is the accounts.
  expect(asked('/\\$batch$')).toBeLessThanOrEqual(5);
});

test('a mailbox whose kind Graph may not tell is asked for in Exchange', async () => {
  const identity = applyWithout('MailboxSettings.Read');
  const identities = { apply: { ...identity, directoryRoles: ['Exchange Recipient Administrator'] } };
  const { context, emulator } = await aTenantToApplyTo([], { identities });
  expect((await context().find(emulator.getState('ana').id))?.mailbox).toEqual({ recipientType: 'user' });
});

test('a mail address leads to its one account, whatever signs are in it', async () => {
  const sean = anInactive({ kind: 'sean', mail: "sean.o'neill@contoso.com", displayName: "Sean O'Neill" });
  const { context } = await aTenantToApplyTo([
    sean,
    { kind: 'gus', mail: 'gus@fabrikam.com', userType: 'Guest' },
    { kind: 'max', mail: 'max@fabrikam.com', userPrincipalName: 'max_fabrikam.com#EXT#@contoso.com' },
    { kind: 'ida', mail: 'ida@fabrikam.com', creationType: 'Invitation' },
    { kind: 'bot', mail: 'bot@contoso.com', identityParentId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' },
  ]);
  const { findAddressee } = context().reader;
  expect(await findAddressee("sean.o'neill@contoso.com")).toMatchObject({
    accountEnabled: true,
    userType: 'member',
    accountKind: 'person',
  });
  expect(await findAddressee('gus@fabrikam.com')).toMatchObject({ userType: 'guest' });
  for (const mail of ['max@fabrikam.com', 'ida@fabrikam.com'])
    expect(await findAddressee(mail)).toMatchObject({ userType: 'member', accountKind: 'external' });
  expect(await findAddressee('bot@contoso.com')).toMatchObject({ accountKind: 'agent' });
  expect(await findAddressee('nobody@contoso.com')).toBeNull();
});
