import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { aHostileAnswer, expectSentence } from '../../graph/hostile-answer.fixture.ts';
import { aServer } from '../../graph/server.fixture.ts';
import { type ApplyReader, createApplyReader } from './apply-reader.ts';
import { parseLiveUser } from './live-account.ts';
import { createRequestBatcher } from './request-batcher.ts';

// Whatever JSON the other side sends, the apply reads it or takes nothing, with a sentence: no crash, no guess.

const id = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const reads: Record<string, (reader: ApplyReader) => Promise<unknown>> = {
  'an account': (reader) => reader.readUser(id),
  'its licences': (reader) => reader.readLicenses(id),
  'its mailbox': (reader) => reader.readRecipientType(id),
  privileges: (reader) => reader.readPrivileges(),
  products: (reader) => reader.readSubscriptions(),
  'the size of the tenant': (reader) => reader.countEnabledMembers(),
  'who a mail would reach': (reader) => reader.findAddressee('lee.park@contoso.com'),
};

test.each(Object.entries(reads))('%s: any JSON is read or refused with a sentence', async (_, read) => {
  let next: unknown = null;
  const { graph } = await aServer(() => ({ body: JSON.stringify(next) }));
  await fc.assert(
    fc.asyncProperty(aHostileAnswer, async (body) => {
      next = body;
      const gathering = { quietMs: 0, atMostMs: 0 };
      await read(
        createApplyReader(graph, createRequestBatcher(graph, { source: 'x', gathering, retryPolicy: fastRetryPolicy })),
      ).catch(expectSentence);
    }),
    { numRuns: 25 },
  );
});

test('an account is read whole or not at all', () => {
  const whole = { id, userPrincipalName: 'ana@contoso.com', accountEnabled: true };
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(parseLiveUser(whole)), 'signInActivity'),
      aHostileAnswer,
      (name, value) => {
        try {
          const user = parseLiveUser({ ...whole, [name]: value });
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
  const reader = createApplyReader(
    graph,
    createRequestBatcher(graph, { source: 'x', gathering, retryPolicy: fastRetryPolicy }),
  );
  expect(await reader.readRecipientType(id)).toBe('unknown');
});

test.each(['Error', 'error'])('an assignment in state %s is in no effect, as in the audit', (state) => {
  const skuId = '05e9a617-0261-4cee-bb44-138d3ef5d965';
  const licenseAssignmentStates = [{ skuId: skuId.toUpperCase(), state, error: 'a whole <b>sentence</b>' }];
  const entry = { id, userPrincipalName: 'ana@contoso.com', accountEnabled: true, licenseAssignmentStates };
  const { licenses, doubtfulLicenses } = parseLiveUser({ ...entry, assignedLicenses: [{ skuId }] });
  expect(licenses).toEqual([]);
  expect(doubtfulLicenses).toMatchObject([{ skuId, doubt: 'in-error' }]);
  expect(JSON.stringify(doubtfulLicenses)).not.toContain('sentence');
});

test.each([null, '', 5, {}])(
  'a group called %j that gives a licence goes by its id, and stops nobody',
  async (displayName) => {
    const body = { displayName, groupTypes: [] };
    const { graph } = await aServer(() => ({ body: { responses: [{ id: '0', status: 200, body }] } }));
    const gathering = { quietMs: 0, atMostMs: 0 };
    const reader = createApplyReader(graph, createRequestBatcher(graph, { source: 'x', gathering }));
    expect(await reader.readLicenseGroup(id)).toEqual({ displayName: id, dynamicGroup: null });
  },
);
