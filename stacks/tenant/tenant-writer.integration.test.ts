import { expect, expectTypeOf, test } from 'vitest';
import { fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import type { BatchRequest, CmdletRequest, ReadRequest } from '../../graph/send-once.ts';
import { aServer } from '../../graph/server.fixture.ts';
import type { Transport, WritingTransport } from '../../graph/transport.ts';
import { createTenantWriter } from './tenant-writer.ts';

const ana = { id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', userPrincipalName: 'ana.reyes@contoso.com' };

function aWriter(graph: WritingTransport, converts: boolean) {
  const writing = { graph, reports: graph, exchange: graph };
  const gathering = { quietMs: 5, atMostMs: 20 };
  const now = () => new Date('2026-12-07T09:30:00Z');
  return createTenantWriter(writing, { converts, now, gathering, retryPolicy: fastRetryPolicy });
}

/** Exchange answers every cmdlet with `status` and `body`. */
async function anExchange(status: number, body: unknown) {
  const server = await aServer(() => ({ status, headers: { 'request-id': 'r-1' }, body }));
  const { convertMailbox } = aWriter(server.graph, true);
  if (convertMailbox === null) throw new Error('The writer does not convert.');
  return { ...server, convertMailbox };
}

test('anyone who is handed no writer has nothing that sends a write', () => {
  expectTypeOf<{ source: string; path: string }>().toExtend<ReadRequest>();
  expectTypeOf<{ source: string; path: string; method: 'PATCH'; body: object }>().not.toExtend<ReadRequest>();
  expectTypeOf<{ source: string; path: string; method: 'POST'; body: object }>().not.toExtend<ReadRequest>();
  expectTypeOf<BatchRequest<'GET'>>().toExtend<ReadRequest>();
  expectTypeOf<BatchRequest<'GET' | 'POST'>>().not.toExtend<ReadRequest>();
  expectTypeOf<CmdletRequest<'Get-Mailbox'>>().toExtend<ReadRequest>();
  expectTypeOf<CmdletRequest<'Set-Mailbox'>>().not.toExtend<ReadRequest>();
  expectTypeOf<Transport>().not.toExtend<WritingTransport>();
});

test('where an admin converts mailboxes there is nothing to call', async () => {
  const { graph } = await aServer(() => ({}));
  expect(aWriter(graph, false).convertMailbox).toBeNull();
});

const message = "|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|It couldn't be found.";

/** The places in which Exchange puts its sentence. */
const shapes: readonly [string, unknown][] = [
  ['details', { error: { message: 'Error executing request. ', details: [{ message }] } }],
  ['innererror', { error: { message: 'Error', innererror: { internalException: { message } } } }],
  ['innererror, in small letters', { error: { message: 'Error', innererror: { internalexception: { message } } } }],
  ['message', { error: { message } }],
];

test('a conversion is one cmdlet with two parameters, sent to the server of the mailbox', async () => {
  const { convertMailbox, heard } = await anExchange(200, { value: [] });
  expect(await convertMailbox(ana, 'shared')).toEqual({
    requestId: 'r-1',
    clientRequestId: heard[0]?.headers['client-request-id'],
    batch: null,
    at: '2026-12-07T09:30:00.000Z',
  });
  expect(heard).toMatchObject([
    {
      method: 'POST',
      path: '/v1.0/InvokeCommand',
      headers: { 'x-anchormailbox': 'UPN:ana.reyes@contoso.com', prefer: 'odata.maxpagesize=1000' },
    },
  ]);
  expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
    CmdletInput: { CmdletName: 'Set-Mailbox', Parameters: { Identity: ana.id, Type: 'Shared' } },
  });
});

test('back to a person’s mailbox it is called Regular', async () => {
  const { convertMailbox, heard } = await anExchange(200, { value: [] });
  await convertMailbox(ana, 'user');
  expect(heard[0]?.body).toContain('"Type":"Regular"');
});

test.each(['zoë.müller@contoso.com', 'wes\r\nBcc: all@contoso.com'])(
  'the name %j is not put into a header',
  async (userPrincipalName) => {
    const { convertMailbox, heard } = await anExchange(200, { value: [] });
    await convertMailbox({ ...ana, userPrincipalName }, 'shared');
    expect(heard[0]?.headers).toMatchObject({
      'x-anchormailbox': expect.stringMatching(/^APP:SystemMailbox\{/),
    });
  },
);

test.each(shapes)('a refusal to convert is said in Exchange’s words, found in %s', async (_, body) => {
  const { convertMailbox } = await anExchange(400, body);
  await expect(convertMailbox(ana, 'shared')).rejects.toMatchObject({
    code: 'mailbox-not-converted',
    message: expect.stringContaining("It couldn't be found"),
    where: `Set-Mailbox ${ana.id}`,
  });
});

test('without a role in Exchange the sentence says how to get one', async () => {
  const { convertMailbox } = await anExchange(403, { error: { message: 'The role is not supported.' } });
  await expect(convertMailbox(ana, 'shared')).rejects.toMatchObject({
    code: 'mailbox-not-converted',
    remedy: expect.stringContaining('mailbox.convert: manual'),
  });
});
