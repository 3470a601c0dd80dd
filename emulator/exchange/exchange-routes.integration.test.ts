import { expect, test } from 'vitest';
import { type ApiClient, type ApiReply, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { SKUS } from '../tenant/skus.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let exchange: ApiClient;
let graph: ApiClient;

/** In a role group of Exchange's own, and in no role of Entra. */
const scoped = { appRoles: ['Exchange.ManageAsApp'], exchangeCmdlets: ['Get-Mailbox'] } as const;

const roleless = { appRoles: ['Exchange.ManageAsApp'] } as const;

useTenant('each', { users: 200, identities: { scoped, roleless } }, async (started) => {
  emulator = started;
  exchange = await signInAs(started, 'apply', 'https://outlook.office365.com');
  graph = await signInAs(started, 'apply');
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;

function run(CmdletName: string, Parameters: Record<string, unknown>, caller = exchange): Promise<ApiReply> {
  const path = `/adminapi/beta/${emulator.tenant.id}/InvokeCommand`;
  const headers = { 'X-AnchorMailbox': 'UPN:admin@contoso.com', Prefer: 'odata.maxpagesize=1000' };
  return caller.post(path, { CmdletInput: { CmdletName, Parameters } }, headers);
}
const convert = (kind: string, Type = 'Shared') => run('Set-Mailbox', { Identity: id(kind), Type });
const delicense = (kind: string) =>
  graph.post(`/v1.0/users/${id(kind)}/assignLicense`, {
    addLicenses: [],
    removeLicenses: [SKUS.SPE_E3.skuId],
  });
const purpose = async (kind: string) => (await graph.get(`/v1.0/users/${id(kind)}/mailboxSettings`)).body.userPurpose;

test('a licensed mailbox becomes shared, in Exchange and in Graph', async () => {
  expect(await purpose('inactiveDirect')).toBe('user');
  expect((await convert('inactiveDirect')).status).toBe(200);
  const [mailbox] = listValues(await run('Get-Mailbox', { Identity: id('inactiveDirect') }));
  expect(mailbox).toMatchObject({ RecipientTypeDetails: 'SharedMailbox', ArchiveStatus: 'None' });
  expect(await purpose('inactiveDirect')).toBe('shared');
});

test('a conversion shows after its delay', async () => {
  emulator.tenant.switches.conversionDelaySeconds = 60;
  await convert('inactiveDirect');
  expect(await purpose('inactiveDirect')).toBe('user');
  emulator.tenant.clock.advance({ seconds: 61 });
  expect(await purpose('inactiveDirect')).toBe('shared');
});

test('a shared mailbox turns back into a person’s', async () => {
  await convert('inactiveDirect');
  await convert('inactiveDirect', 'Regular');
  expect(await purpose('inactiveDirect')).toBe('user');
});

test('a mailbox without a licence cannot be found, let alone converted', async () => {
  await delicense('inactiveDirect');
  const reply = await convert('inactiveDirect');
  expect(reply.status).toBe(404);
  const { details } = Object(reply.body.error);
  expect(details[0].message).toContain('ManagementObjectNotFoundException');
  const settings = await graph.get(`/v1.0/users/${id('inactiveDirect')}/mailboxSettings`);
  expect([settings.status, settings.text]).toEqual([404, expect.stringContaining('MailboxNotEnabledForRESTAPI')]);
});

test('mail is lost thirty days after the licence of a user mailbox went', async () => {
  await delicense('inactiveDirect');
  emulator.tenant.clock.advance({ days: 29 });
  expect(emulator.getState('inactiveDirect').mailbox?.losses).toEqual([]);
  emulator.tenant.clock.advance({ days: 2 });
  expect(emulator.getState('inactiveDirect').mailbox?.losses).toEqual(['data']);
});

test('a licence given back within thirty days brings the mailbox back with its mail', async () => {
  const before = emulator.getState('inactiveDirect').mailbox?.itemCount;
  await delicense('inactiveDirect');
  emulator.tenant.clock.advance({ days: 20 });
  await graph.post(`/v1.0/users/${id('inactiveDirect')}/assignLicense`, {
    addLicenses: [{ skuId: SKUS.SPE_E3.skuId, disabledPlans: [] }],
    removeLicenses: [],
  });
  emulator.tenant.clock.advance({ days: 40 });
  expect(emulator.getState('inactiveDirect').mailbox).toMatchObject({
    isConnected: true,
    losses: [],
    itemCount: before,
  });
});

test.each([
  ['inactiveDirect', []],
  ['largeMailbox', ['locked']],
  ['archiveMailbox', ['archive']],
  ['litigationHold', ['hold']],
])('the shared mailbox of %s without a licence loses %j', async (kind, losses) => {
  await convert(kind);
  await delicense(kind);
  emulator.tenant.clock.advance({ days: 31 });
  expect(emulator.getState(kind).mailbox?.losses).toEqual(losses);
});

test('a hybrid mailbox flips back where the tenant does so', async () => {
  emulator.tenant.switches.hybridMailboxesFlipBack = true;
  await convert('inactiveSynced');
  expect(await purpose('inactiveSynced')).toBe('shared');
  emulator.tenant.clock.advance({ hours: 1 });
  expect(await purpose('inactiveSynced')).toBe('user');
});

test('Get-Mailbox tells holds and archives, and pages through a type', async () => {
  const [mailbox] = listValues(await run('Get-Mailbox', { Identity: id('litigationHold') }));
  expect(mailbox).toMatchObject({ LitigationHoldEnabled: true });
  const [archived] = listValues(await run('Get-Mailbox', { Identity: id('archiveMailbox') }));
  expect(archived).toMatchObject({ ArchiveStatus: 'Active' });
  const shared = listValues(await run('Get-Mailbox', { RecipientTypeDetails: 'SharedMailbox' }));
  expect(shared.map(({ DisplayName }) => DisplayName)).toContain('Invoices');
});

test.each([
  [62, '62 GB (66,571,993,088 bytes)'],
  [50.0001, '50 GB (53,687,198,574 bytes)'],
  [0.25, '256 MB (268,435,456 bytes)'],
  [0, '0 B (0 bytes)'],
])('Get-MailboxStatistics writes a size of %d GB rounded and exact: %s', async (sizeGb, text) => {
  emulator.applyEvents('largeMailbox', { mailbox: { sizeGb } });
  const [statistics] = listValues(await run('Get-MailboxStatistics', { Identity: id('largeMailbox') }));
  expect(statistics).toMatchObject({ TotalItemSize: text, MailboxTypeDetail: 'UserMailbox' });
});

test('a mailbox without a licence has no statistics', async () => {
  await delicense('inactiveDirect');
  const reply = await run('Get-MailboxStatistics', { Identity: id('inactiveDirect') });
  expect(reply.status).toBe(404);
});

test('what is no cmdlet, no parameter and no type is refused', async () => {
  expect((await run('Remove-Mailbox', { Identity: id('inactiveDirect') })).text).toContain('CommandNotFound');
  expect(
    (await run('Set-Mailbox', { Identity: id('inactiveDirect'), Type: 'Shared', MaxSendSize: '1MB' })).text,
  ).toContain('MaxSendSize');
  expect((await convert('inactiveDirect', 'Public')).status).toBe(400);
});

test('the permission without an Entra role is not enough, a Graph token no token', async () => {
  const caller = await signInAs(emulator, 'roleless', 'https://outlook.office365.com');
  const Identity = id('inactiveDirect');
  expect((await run('Set-Mailbox', { Identity, Type: 'Shared' }, caller)).status).toBe(403);
  expect((await run('Get-MailboxStatistics', { Identity }, caller)).status).toBe(403);
  expect((await run('Get-Mailbox', {}, graph)).status).toBe(401);
});

test('anyone who is let in by a role group of Exchange knows its cmdlets and no other', async () => {
  const caller = await signInAs(emulator, 'scoped', 'https://outlook.office365.com');
  const Identity = id('inactiveDirect');
  expect((await run('get-mailbox', { Identity }, caller)).status).toBe(200);
  const refused = await run('Set-Mailbox', { Identity, Type: 'Shared' }, caller);
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('CommandNotFoundException')]);
  expect(await purpose('inactiveDirect')).toBe('user');
});
