import { expect, test } from 'vitest';
import type { HeardRequest, ServerAnswer } from '../../graph/server.fixture.ts';
import { readHolds } from './holds.ts';
import { aReader } from './reader.fixture.ts';

const ana = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const ben = '0b7a6b1f-3e11-4c5e-9d52-3c0f2b0e5a1d';
const policy = 'mbx7cfb30345d454ac0a989ab3041051209';

const free = {
  LitigationHoldEnabled: false,
  InPlaceHolds: [],
  ComplianceTagHoldApplied: false,
  DelayHoldApplied: false,
  DelayReleaseHoldApplied: false,
};
const values = (...value: unknown[]): ServerAnswer => ({ body: { value } });
const notInTheRole: ServerAnswer = {
  status: 400,
  body: {
    error: { message: "|System.Management.Automation.CommandNotFoundException|The term isn't recognized." },
  },
};

/** An Exchange with these mailboxes, and an organisation that is set to these policies. */
async function holdsOf(mailboxes: ServerAnswer, organization: ServerAnswer = values({ InPlaceHolds: [] })) {
  const { reader, server } = await aReader(({ body }) =>
    body.includes('Get-OrganizationConfig') ? organization : mailboxes,
  );
  return { holds: await readHolds(reader), heard: server.heard };
}

const mailbox = (id: unknown, holds: object = {}) => ({ ExternalDirectoryObjectId: id, ...free, ...holds });

test('each mailbox is on the hold that Exchange tells of', async () => {
  const { holds } = await holdsOf(values(mailbox(ana, { LitigationHoldEnabled: true }), mailbox(ben)));
  expect([holds.findHold(ana), holds.findHold(ana.toUpperCase()), holds.findHold(ben)]).toEqual([
    'litigation',
    'litigation',
    'none',
  ]);
  expect(holds.access).toEqual({ mailboxes: 'read', organization: 'read' });
});

test('a policy over the whole organisation holds anyone who is not excluded from it', async () => {
  const excluded = mailbox(ben, { InPlaceHolds: [`-${policy}`] });
  const { holds } = await holdsOf(values(mailbox(ana), excluded), values({ InPlaceHolds: [`${policy}:3`] }));
  expect([holds.findHold(ana), holds.findHold(ben)]).toEqual(['retention', 'none']);
});

test('a mailbox that is listed twice is on the heavier hold', async () => {
  const { holds } = await holdsOf(
    values(mailbox(ana), mailbox(ana, { LitigationHoldEnabled: true }), mailbox(ana, { DelayHoldApplied: true })),
  );
  expect(holds.findHold(ana)).toBe('litigation');
});

test('a mailbox that is listed twice, and once without all of its holds, is on nobody knows which', async () => {
  const { holds } = await holdsOf(values(mailbox(ana), mailbox(ana, { DelayHoldApplied: null })));
  expect(holds.findHold(ana)).toBeNull();
});

test.each([
  ['that Exchange does not list', []],
  ['without its account’s id', [mailbox(null), mailbox(undefined)]],
  ['that leaves a hold out', [{ ...mailbox(ana), DelayReleaseHoldApplied: undefined }]],
  ['that is no object', [null, 'ana']],
])('nobody knows what holds a mailbox %s', async (_, listed) => {
  const { holds } = await holdsOf(values(...listed));
  expect(holds.findHold(ana)).toBeNull();
  expect(holds.access.mailboxes).toBe('read');
});

test.each<[string, ServerAnswer]>([
  ['a role that lacks the cmdlet', notInTheRole],
  ['a refusal', { status: 403, body: {} }],
  ['an answer without holds', values({ Name: 'contoso' })],
  ['no answer', values()],
])('with %s for the organisation no mailbox is on no hold, and those on hold are', async (_, organization) => {
  const listed = values(mailbox(ana), mailbox(ben, { ComplianceTagHoldApplied: true }));
  const { holds } = await holdsOf(listed, organization);
  expect([holds.findHold(ana), holds.findHold(ben)]).toEqual([null, 'retention']);
  expect(holds.access).toEqual({ mailboxes: 'read', organization: 'unavailable' });
});

test.each<[string, ServerAnswer]>([
  ['no role', { status: 403, body: {} }],
  ['a role without the cmdlet', notInTheRole],
  ['properties that this cloud does not know', { status: 400, body: { error: { message: 'Bad select' } } }],
])('with %s for mailboxes nothing is known', async (_, mailboxes) => {
  const { holds } = await holdsOf(mailboxes);
  expect(holds.findHold(ana)).toBeNull();
  expect(holds.access).toEqual({ mailboxes: 'unavailable', organization: 'unavailable' });
});

test('what is refused on a later page takes back the pages before', async () => {
  const answer = ({ path, body }: HeardRequest, origin: string): ServerAnswer => {
    if (body.includes('Get-OrganizationConfig')) return values({ InPlaceHolds: [] });
    if (path.includes('skiptoken')) return { status: 403, body: {} };
    const next = `${origin}/v1.0/InvokeCommand?$skiptoken=2`;
    return { body: { value: [mailbox(ana)], '@odata.nextLink': next } };
  };
  const { reader } = await aReader(answer);
  expect((await readHolds(reader)).findHold(ana)).toBeNull();
});

test('an outage ends the audit instead of making everybody unknown', async () => {
  await expect(holdsOf({ status: 503, body: {} })).rejects.toMatchObject({ status: 503 });
});

test('only what is looked at is asked for, of all mailboxes at once', async () => {
  const { heard } = await holdsOf(values());
  const cmdlets = heard.map(({ path, body }) => [path, JSON.parse(body).CmdletInput.CmdletName]);
  expect(cmdlets).toEqual([
    ['/v1.0/InvokeCommand', 'Get-OrganizationConfig'],
    [
      '/v1.0/InvokeCommand?$select=ExternalDirectoryObjectId,LitigationHoldEnabled,InPlaceHolds,ComplianceTagHoldApplied,DelayHoldApplied,DelayReleaseHoldApplied',
      'Get-Mailbox',
    ],
  ]);
});
