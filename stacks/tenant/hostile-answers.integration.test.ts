import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aHostileAnswer, expectSentence } from '../../graph/a-hostile-answer.ts';
import { aServer } from '../../graph/a-server.ts';
import { impatience } from '../../graph/an-emulator.ts';
import { coalescer } from './coalesce.ts';
import { userNow } from './fresh.ts';
import { type TenantReader, tenantReader } from './reader.ts';

// Whatever JSON the other side sends, the apply reads it or takes nothing, with a sentence: no crash, no guess.

const id = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const reads: Record<string, (reader: TenantReader) => Promise<unknown>> = {
  'an account': (reader) => reader.user(id),
  'its licences': (reader) => reader.licenses(id),
  'its mailbox': (reader) => reader.recipientType(id),
  privileges: (reader) => reader.privileges(),
  products: (reader) => reader.subscriptions(),
  'the size of the tenant': (reader) => reader.enabledMembers(),
  'who a mail would reach': (reader) => reader.addressee('lee.park@contoso.com'),
};

test.each(Object.entries(reads))('%s: any JSON is read or refused with a sentence', async (_, read) => {
  let next: unknown = null;
  const { graph } = await aServer(() => ({ body: JSON.stringify(next) }));
  await fc.assert(
    fc.asyncProperty(aHostileAnswer, async (body) => {
      next = body;
      const gathering = { quietMs: 0, atMostMs: 0 };
      await read(
        tenantReader(graph, coalescer(graph, { source: 'x', gathering, patience: impatience })),
      ).catch(expectSentence);
    }),
    { numRuns: 25 },
  );
});

test('an account is read whole or not at all', () => {
  const whole = { id, userPrincipalName: 'ana@contoso.com', accountEnabled: true };
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(userNow(whole)), 'signInActivity'),
      aHostileAnswer,
      (name, value) => {
        try {
          const user = userNow({ ...whole, [name]: value });
          expect(typeof user.accountEnabled).toBe('boolean');
          expect(user.id).toMatch(/\S/);
        } catch (error) {
          expectSentence(error);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a mailbox of the purpose "constructor" is one of unknown purpose', async () => {
  const { graph } = await aServer(() => ({
    body: { responses: [{ id: '0', status: 200, body: { value: 'constructor' } }] },
  }));
  const gathering = { quietMs: 0, atMostMs: 0 };
  const reader = tenantReader(graph, coalescer(graph, { source: 'x', gathering, patience: impatience }));
  expect(await reader.recipientType(id)).toBe('unknown');
});
