import { expect, test } from 'vitest';
import { type ApiClient, type ApiReply, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

const UNIH = 'UniH7d895d48-7e23-4a8d-8346-533c3beac15d';
const OVER_ALL = 'mbx7cfb30345d454ac0a989ab3041051209:2';
const identities = {
  reader: { appRoles: ['Exchange.ManageAsApp'], directoryRoles: ['Global Reader'] },
  recipients: { appRoles: ['Exchange.ManageAsApp'], directoryRoles: ['Exchange Recipient Administrator'] },
  narrow: { appRoles: ['Exchange.ManageAsApp'], exchangeCmdlets: ['Get-Mailbox -Identity'] },
  scoped: { appRoles: ['Exchange.ManageAsApp'], exchangeCmdlets: ['Get-OrganizationConfig'] },
} as const;

let emulator: Emulator;
let reader: ApiClient;

useTenant(
  'each',
  {
    users: 0,
    identities,
    people: [
      { kind: 'plain' },
      { kind: 'litigation', mailbox: { litigationHold: true, archive: true } },
      { kind: 'eDiscovery', mailbox: { inPlaceHolds: [UNIH, 'mbxcdbbb86ce60342489bff371876e7f224:1'] } },
      { kind: 'label', mailbox: { complianceTagHold: true } },
      { kind: 'delayed', mailbox: { delayHold: true, delayReleaseHold: true } },
      { kind: 'shared', licenses: [], mailbox: { type: 'SharedMailbox' } },
    ],
  },
  async (started) => {
    emulator = started;
    reader = await signInAs(started, 'reader', 'https://outlook.office365.com');
  },
);

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const path = (query = '') => `/adminapi/beta/${emulator.tenant.id}/InvokeCommand${query}`;
const body = (CmdletName: string, Parameters: object = {}) => ({ CmdletInput: { CmdletName, Parameters } });
const run = (name: string, parameters: object = {}, caller = reader, headers = {}): Promise<ApiReply> =>
  caller.post(path(), body(name, parameters), headers);
const kindsOf = (reply: ApiReply) =>
  listValues(reply).map(({ ExternalDirectoryObjectId }) => emulator.getState(String(ExternalDirectoryObjectId)).kind);
const whoPasses = async (Filter: string) => kindsOf(await run('Get-Mailbox', { Filter }));

test.each([
  ['litigation', { LitigationHoldEnabled: true, ArchiveStatus: 'Active', InPlaceHolds: [] }],
  ['eDiscovery', { InPlaceHolds: [UNIH, 'mbxcdbbb86ce60342489bff371876e7f224:1'] }],
  ['label', { ComplianceTagHoldApplied: true, DelayHoldApplied: false }],
  ['delayed', { DelayHoldApplied: true, DelayReleaseHoldApplied: true }],
  ['plain', { LitigationHoldEnabled: false, ArchiveStatus: 'None', ComplianceTagHoldApplied: false }],
])('Get-Mailbox shows every hold of the mailbox of %s', async (kind, expected) => {
  const [mailbox] = listValues(await run('Get-Mailbox', { Identity: id(kind) }));
  expect(mailbox).toMatchObject(expected);
});

test('a policy over the organisation is in Get-OrganizationConfig and on no mailbox', async () => {
  emulator.tenant.switches.organizationHolds = [OVER_ALL, 'grp70676ff4a8f74d3b95ce0d1d1d5d8a4d:1'];
  const [organization] = listValues(await run('Get-OrganizationConfig'));
  expect(organization).toMatchObject({
    InPlaceHolds: [OVER_ALL, 'grp70676ff4a8f74d3b95ce0d1d1d5d8a4d:1'],
  });
  const [mailbox] = listValues(await run('Get-Mailbox', { Identity: id('plain') }));
  expect(mailbox).toMatchObject({ InPlaceHolds: [] });
  expect(emulator.getState('plain').mailbox).toMatchObject({ isOnHold: true });
});

test('the organisation is read by who reads everything or was given just that, not by who manages recipients', async () => {
  const ask = async (name: string) =>
    run('Get-OrganizationConfig', {}, await signInAs(emulator, name, 'https://outlook.office365.com'));
  expect((await ask('scoped')).status).toBe(200);
  const refused = await ask('recipients');
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('CommandNotFoundException')]);
});

test.each([
  ['LitigationHoldEnabled -eq $true', ['litigation']],
  ["LitigationHoldEnabled -eq 'True'", ['litigation']],
  ['{litigationholdenabled -eq $true}', ['litigation']],
  ['(ComplianceTagHoldApplied -eq $true) -or (LitigationHoldEnabled -eq $true)', ['litigation', 'label']],
  [`InPlaceHolds -eq '${UNIH}'`, ['eDiscovery']],
  ['InPlaceHolds -ne $null', ['eDiscovery']],
  ["ArchiveStatus -eq 'Active' -and RecipientTypeDetails -eq 'UserMailbox'", ['litigation']],
  ["RecipientTypeDetails -like 'Shared*'", ['shared']],
  ['-not (IsShared -eq $false)', ['shared']],
])('-Filter %s finds %j', async (filter, kinds) => {
  expect(await whoPasses(filter)).toEqual(kinds);
});

test.each([
  'DelayHoldApplied -eq $true',
  'DelayReleaseHoldApplied -eq $true',
  'IsOnHold -eq $true',
  'LitigationHoldEnabled eq $true',
  'LitigationHoldEnabled -eq $true or IsShared -eq $true',
  'Alias -eq ana',
  "Alias -like '*ana'",
  "Alias -gt 'ana'",
  "Alias -eq 'ana",
  '(IsShared -eq $true',
  'nonsense',
  '',
])('-Filter %s is refused as Exchange refuses it', async (Filter) => {
  const reply = await run('Get-Mailbox', { Filter });
  expect([reply.status, reply.text]).toEqual([400, expect.stringContaining("Cannot bind parameter 'Filter'")]);
});

test('pages are as long as asked for, and the link carries on behind the last mailbox', async () => {
  const short = { Prefer: 'odata.maxpagesize=4' };
  const first = await run('Get-Mailbox', { ResultSize: 'Unlimited' }, reader, short);
  const next = String(first.body['@odata.nextLink']);
  const second = await reader.post(next, body('Get-Mailbox', { ResultSize: 'Unlimited' }), short);
  expect([kindsOf(first), kindsOf(second)]).toEqual([
    ['plain', 'litigation', 'eDiscovery', 'label'],
    ['delayed', 'shared'],
  ]);
  expect(second.body).not.toHaveProperty(['@odata.nextLink']);
});

test('ResultSize ends the list across pages', async () => {
  const short = { Prefer: 'odata.maxpagesize=2' };
  const first = await run('Get-Mailbox', { ResultSize: 3 }, reader, short);
  const second = await reader.post(
    String(first.body['@odata.nextLink']),
    body('Get-Mailbox', { ResultSize: 3 }),
    short,
  );
  expect([kindsOf(first), kindsOf(second)]).toEqual([['plain', 'litigation'], ['eDiscovery']]);
  expect((await run('Get-Mailbox', { ResultSize: 'all' })).status).toBe(400);
});

test.each([
  [{ Everything: true }, "parameter name 'Everything'"],
  [{ Anr: 'ana' }, "parameter name 'Anr'"],
  [{ RecipientTypeDetails: 'HumanMailbox' }, "parameter 'RecipientTypeDetails'"],
  [{ RecipientTypeDetails: ['UserMailbox', 'RemoteUserMailbox'] }, "parameter 'RecipientTypeDetails'"],
  [{ ResultSize: 0 }, "parameter 'ResultSize'"],
])('what Get-Mailbox does not know is refused: %j', async (parameters, words) => {
  const reply = await run('Get-Mailbox', parameters);
  expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(words)]);
});

test('no name knows its case: of a cmdlet, of a parameter, of a kind of mailbox', async () => {
  const reply = await run('GET-MAILBOX', { recipienttypedetails: 'sharedmailbox' });
  expect(kindsOf(reply)).toEqual(['shared']);
});

test.each(['Get-MailboxStatistics', 'Get-OrganizationConfig'])('%s knows no other parameter either', async (name) => {
  const reply = await run(name, { Filter: 'x' });
  expect([reply.status, reply.text]).toEqual([400, expect.stringContaining("parameter name 'Filter'")]);
});

test('a role that has a cmdlet with one parameter has it with no other', async () => {
  const caller = await signInAs(emulator, 'narrow', 'https://outlook.office365.com');
  expect((await run('Get-Mailbox', { Identity: id('plain') }, caller)).status).toBe(200);
  const refused = await run('Get-Mailbox', { ResultSize: 'Unlimited' }, caller);
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("parameter name 'ResultSize'")]);
});

test('$select leaves only what it names', async () => {
  const reply = await reader.post(
    path('?$select=ExternalDirectoryObjectId,inplaceholds,NoSuchProperty'),
    body('Get-Mailbox', { Identity: id('eDiscovery') }),
  );
  expect(Object.keys(listValues(reply)[0] ?? {})).toEqual(['ExternalDirectoryObjectId', 'InPlaceHolds']);
});

test.each([
  ['none', '', 400],
  ['a person', 'UPN:lee.park@contoso.com', 200],
  ['the system mailbox of this tenant', 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@', 200],
  ['that of another tenant', 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@fabrikam.com', 400],
])('every call wants an anchor: %s is answered so', async (_, anchor, status) => {
  const whole = anchor.endsWith('@') ? `${anchor}${emulator.tenant.id}` : anchor;
  const reply = await run('Get-Mailbox', {}, reader, { 'x-anchormailbox': whole });
  expect(reply.status).toBe(status);
  if (status === 400) expect(formatError(reply)).toContain('ErrorIncorrectRoutingHint');
});

test('some tenants are served by another host, with the same path and query', async () => {
  emulator.tenant.switches.exchangeRedirect = 307;
  const reply = await reader.post(path('?$select=Alias'), body('Get-Mailbox', { Identity: id('plain') }));
  const location = String(reply.headers.get('location'));
  expect([reply.status, location]).toEqual([307, `https://127.0.0.1:${emulator.port}${path('?$select=Alias')}`]);
  const moved = await reader.post(location, body('Get-Mailbox', { Identity: id('plain') }));
  expect(moved.status).toBe(200);
});
