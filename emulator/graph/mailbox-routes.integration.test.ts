import { expect, test } from 'vitest';
import { type ApiClient, formatError, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;

useTenant(
  'each',
  {
    users: 0,
    people: [
      {
        kind: 'desk',
        userPrincipalName: 'it-lifecycle@contoso.com',
        mailbox: { type: 'SharedMailbox' },
        licenses: [],
      },
      { kind: 'guest', userType: 'Guest' },
      { kind: 'lee' },
    ],
  },
  async (started) => {
    emulator = started;
    apply = await signInAs(started, 'apply');
  },
);

const message = (address: string) => ({
  message: {
    subject: 'Inactive accounts',
    body: { contentType: 'HTML', content: '<p>…</p>' },
    toRecipients: [{ emailAddress: { address } }],
  },
  saveToSentItems: true,
});
const send = (sender: string, address = 'lee.park@contoso.com') =>
  apply.post(`/v1.0/users/${sender}/sendMail`, message(address));

test('mail is accepted with 202 and kept in the outbox', async () => {
  const reply = await send('it-lifecycle@contoso.com');
  expect([reply.status, reply.text]).toEqual([202, '']);
  expect(emulator.outbox.list()).toMatchObject([
    {
      sender: 'it-lifecycle@contoso.com',
      message: { subject: 'Inactive accounts' },
      requestId: reply.headers.get('request-id'),
    },
  ]);
});

test('a recipient that is no address is refused and nothing is kept', async () => {
  expect(formatError(await send('it-lifecycle@contoso.com', 'nobody'))).toContain('ErrorInvalidRecipients');
  expect(emulator.outbox.list()).toEqual([]);
});

test('the audit sends no mail', async () => {
  const audit = await signInAs(emulator, 'audit');
  const reply = await audit.post('/v1.0/users/it-lifecycle@contoso.com/sendMail', message('lee@contoso.com'));
  expect(formatError(reply)).toContain('ErrorAccessDenied');
});

test('an app whose only grant is a scope in Exchange sends from that mailbox and from no other', async () => {
  emulator.tenant.switches.mailScopes = { audit: ['it-lifecycle@contoso.com'] };
  const scoped = await signInAs(emulator, 'audit');
  const from = (who: string) => scoped.post(`/v1.0/users/${who}/sendMail`, message('lee@contoso.com'));
  expect((await from('IT-Lifecycle@contoso.com')).status).toBe(202);
  expect((await from(emulator.tenant.people.requireKind('lee').id)).status).toBe(403);
});

test('Mail.Send in Entra means every mailbox: a scope in Exchange limits nothing beside it', async () => {
  emulator.tenant.switches.mailScopes = { apply: ['it-lifecycle@contoso.com'] };
  expect((await send(emulator.tenant.people.requireKind('lee').id)).status).toBe(202);
});

test('somebody without a mailbox has no settings', async () => {
  const { id } = emulator.tenant.people.requireKind('guest');
  expect(formatError(await apply.get(`/v1.0/users/${id}/mailboxSettings`))).toContain('MailboxNotEnabledForRESTAPI');
});

test('thirty mails a minute are the documented limit', async () => {
  emulator.tenant.switches.quotaSpeed = 1;
  const replies = [];
  for (let count = 0; count < 31; count += 1) replies.push(await send('it-lifecycle@contoso.com'));
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(30);
  expect(Number(replies.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(50);
  emulator.tenant.clock.advance({ minutes: 1 });
  expect((await send('it-lifecycle@contoso.com')).status).toBe(202);
});
