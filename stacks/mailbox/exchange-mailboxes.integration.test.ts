import { expect, test } from 'vitest';
import { aServer, type ServerAnswer } from '../../graph/server.fixture.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import { createExchangeMailboxes } from './exchange-mailboxes.ts';

const ana = { id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', userPrincipalName: 'ana.reyes@contoso.com' };

/** Exchange answers every cmdlet with `status` and `body`; Graph says `recipientType`. */
async function anExchange(status: number, body: unknown, recipientType: RecipientType = 'user') {
  const server = await aServer(() => ({ status, headers: { 'request-id': 'r-1' }, body }));
  const mailboxes = createExchangeMailboxes({
    exchange: server.graph,
    readRecipientType: async () => recipientType,
  });
  return { ...server, mailboxes };
}

/** Exchange knows `mailbox`, and answers for the organisation as it is told to. */
async function anOrganization(organization: () => ServerAnswer, mailbox: object) {
  const server = await aServer(({ body }) =>
    body.includes('Get-OrganizationConfig') ? organization() : { body: { value: [mailbox] } },
  );
  const mailboxes = createExchangeMailboxes({
    exchange: server.graph,
    readRecipientType: async () => 'user',
  });
  return { ...server, mailboxes };
}

const message = "|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|It couldn't be found.";

/** The places in which Exchange puts its sentence. */
const shapes: readonly [string, unknown][] = [
  ['details', { error: { message: 'Error executing request. ', details: [{ message }] } }],
  ['innererror', { error: { message: 'Error', innererror: { internalException: { message } } } }],
  ['innererror, in small letters', { error: { message: 'Error', innererror: { internalexception: { message } } } }],
  ['message', { error: { message } }],
];

test.each(shapes)(
  'a mailbox that Exchange does not find (%s) is absent only if Graph says so, too',
  async (_, body) => {
    const absent = await anExchange(404, body, 'none');
    expect(await absent.mailboxes.look(ana)).toMatchObject({ recipientType: 'none' });
    const contradicted = await anExchange(404, body, 'user');
    expect(await contradicted.mailboxes.look(ana)).toMatchObject({ recipientType: 'unknown' });
  },
);

test('a 404 of something in between is not an absent mailbox', async () => {
  const { mailboxes } = await anExchange(404, { status: 'Not here' }, 'none');
  await expect(mailboxes.look(ana)).rejects.toMatchObject({ code: 'request-failed', status: 404 });
});

const free = {
  LitigationHoldEnabled: false,
  InPlaceHolds: [],
  ComplianceTagHoldApplied: false,
  DelayHoldApplied: false,
  DelayReleaseHoldApplied: false,
};
const policy = 'mbx7cfb30345d454ac0a989ab3041051209';

test.each([
  [
    'a user mailbox',
    { ...free, RecipientTypeDetails: 'UserMailbox', ArchiveStatus: 'None' },
    { recipientType: 'user', hold: 'none', hasArchive: false },
  ],
  [
    'a shared one with an archive',
    { ...free, RecipientTypeDetails: 'SharedMailbox', ArchiveStatus: 'Active' },
    { recipientType: 'shared', hold: 'none', hasArchive: true },
  ],
  ['one on litigation hold', { LitigationHoldEnabled: true }, { hold: 'litigation', hasArchive: null }],
  ['one on hold by a retention policy', { ...free, InPlaceHolds: [`${policy}:2`] }, { hold: 'retention' }],
  ['one with a policy that only deletes', { ...free, InPlaceHolds: [`${policy}:1`] }, { hold: 'none' }],
  ['one that says nothing of holds', { RecipientTypeDetails: 'SharedMailbox' }, { hold: null }],
  ['a kind nobody knows', { RecipientTypeDetails: 'MonitoringMailbox' }, { recipientType: 'unknown' }],
])('%s is seen as such', async (_, mailbox, seen) => {
  const { mailboxes } = await anOrganization(() => ({ body: { value: [{ InPlaceHolds: [] }] } }), mailbox);
  expect(await mailboxes.look(ana)).toMatchObject(seen);
});

const notInTheRole = {
  error: { message: "|System.Management.Automation.CommandNotFoundException|The term isn't recognized." },
};

test.each<[string, ServerAnswer, string | null]>([
  ['a policy over the whole organisation', { body: { value: [{ InPlaceHolds: [`${policy}:3`] }] } }, 'retention'],
  ['a policy over all groups', { body: { value: [{ InPlaceHolds: ['grp1a0a:3'] }] } }, 'none'],
  ['a role that lacks the cmdlet', { status: 400, body: notInTheRole }, null],
  ['no role for it', { status: 403, body: {} }, null],
  ['an answer that says nothing of holds', { body: { value: [{ Name: 'contoso' }] } }, null],
  ['no answer to speak of', { body: { value: [] } }, null],
])('with %s a mailbox that is on no hold of its own is seen so', async (_, answer, hold) => {
  const { mailboxes } = await anOrganization(() => answer, free);
  expect(await mailboxes.look(ana)).toMatchObject({ hold });
});

test('the organisation is asked once for all mailboxes', async () => {
  const { mailboxes, heard } = await anOrganization(() => ({ body: { value: [{ InPlaceHolds: [] }] } }), free);
  for (const _ of [1, 2, 3]) await mailboxes.look(ana);
  expect(heard.filter(({ body }) => body.includes('Get-OrganizationConfig'))).toHaveLength(1);
});

test('while the organisation cannot be asked, nothing is said of the mailbox', async () => {
  const { mailboxes } = await anOrganization(() => ({ status: 503, body: {} }), free);
  await expect(mailboxes.look(ana)).rejects.toMatchObject({ code: 'request-failed', status: 503 });
});

test.each([
  ['its text', '62 GB (66,571,993,088 bytes)', 66_571_993_088],
  ['its text with other separators', '62 GB (66.571.993.088 bytes)', 66_571_993_088],
  ['an object around it', { IsUnlimited: false, Value: '1.5 KB (1,536 bytes)' }, 1_536],
  ['an empty mailbox', '0 B (0 bytes)', 0],
  ['plain bytes', 1_536, 1_536],
  ['no exact number', '62 GB', null],
  ['no size at all', undefined, null],
])('the size of a mailbox is read from %s', async (_, TotalItemSize, bytes) => {
  const { mailboxes, heard } = await anExchange(200, { value: [{ TotalItemSize }] });
  expect(await mailboxes.readStorageUsed(ana)).toBe(bytes);
  expect(JSON.parse(heard[0]?.body ?? '').CmdletInput).toEqual({
    CmdletName: 'Get-MailboxStatistics',
    Parameters: { Identity: ana.id },
  });
});

test.each([
  ['a mailbox that nobody has opened yet', 200, { value: [] }],
  ['no mailbox', 404, { error: { message } }],
  ['no role in Exchange', 403, { error: { message: 'The role is not supported.' } }],
  [
    'a role without the cmdlet',
    400,
    {
      error: { message: "|System.Management.Automation.CommandNotFoundException|The term isn't recognized." },
    },
  ],
])('with %s nobody can tell the size', async (_, status, body) => {
  const { mailboxes } = await anExchange(status, body);
  expect(await mailboxes.readStorageUsed(ana)).toBeNull();
});

test('a size that Exchange could not give is no unknown one', async () => {
  const { mailboxes } = await anExchange(400, { error: { message: 'Something else.' } });
  await expect(mailboxes.readStorageUsed(ana)).rejects.toMatchObject({ code: 'request-failed', status: 400 });
});
