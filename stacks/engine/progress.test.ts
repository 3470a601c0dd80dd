import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import { expect, test } from 'vitest';
import { createRequestLog, type SentRequest } from '../../graph/request-log.ts';
import { type ProviderMessage, sendProviderMessage } from '../provider/provider-messages.ts';
import type { PlannedChange } from './plan-changes.ts';
import { trackProgress } from './progress.ts';

/** As the provider says it, and as the engine passes it on. */
async function said(urn: string, what: ProviderMessage): Promise<EngineEvent> {
  let message = '';
  await sendProviderMessage(
    async (_urn, _severity, text) => {
      message = text;
    },
    urn,
    what,
  );
  const diagnosticEvent = { urn, message: `${message}\n`, color: 'never', severity: 'info' as const };
  return { sequence: 1, timestamp: 1, diagnosticEvent };
}

const outcome = (urn: string) =>
  said(urn, {
    outcome: {
      ...{ done: [], refused: [], heldBack: [], waits: [], failure: null },
      wroteAt: null,
      reached: { accountEnabled: false, mailbox: 'shared', licenses: [] },
    },
  });
const waiting = (accountId: string, what: 'mailbox' | 'licenses') =>
  said('', { wait: { accountId, for: what, waitedMs: 5_000 } });

function planned(id: string): PlannedChange {
  const state = { accountEnabled: true, mailbox: 'unchanged' as const, licenses: [] };
  const restore = { accountEnabled: true, mailbox: 'user' as const, licenses: [] };
  const account = { id, userPrincipalName: `${id}@contoso.com`, displayName: id, department: null };
  const evidence = { auditedOn: '2026-12-07', signIn: null };
  return {
    urn: `urn:${id}`,
    inputs: {
      account: { ...account, onPremisesSyncEnabled: false },
      ...{ stage: 'disable', desired: state, restore, evidence },
    },
    isAdopted: false,
    change: {
      account: { ...account, jobTitle: null, manager: null, onPremisesSyncEnabled: false },
      ...{ restore, from: state, to: state, attempted: null, oneDrive: null, isNew: false, wroteAt: null },
      evidence: { auditedOn: '2026-12-07', lastActivity: { signIn: null } },
    },
  };
}

test('who waits for what is counted once an account, until its outcome is known', async () => {
  const told: string[] = [];
  const watch = trackProgress([planned('ana'), planned('ben')], {
    onWaiting: ({ mailbox, licenses }) => told.push(`${mailbox} mailboxes, ${licenses} licences`),
  });
  watch(await waiting('ana', 'mailbox'));
  watch(await waiting('ana', 'mailbox'));
  watch(await waiting('ben', 'mailbox'));
  watch(await waiting('ana', 'licenses'));
  watch(await outcome('urn:ana'));
  watch(await outcome('urn:ben'));
  expect(told).toEqual([
    '1 mailboxes, 0 licences',
    '2 mailboxes, 0 licences',
    '1 mailboxes, 1 licences',
    '1 mailboxes, 0 licences',
    '0 mailboxes, 0 licences',
  ]);
});

test('the provider’s requests are recorded with those of this process, with their ids', async () => {
  const seen: SentRequest[] = [];
  const request = {
    ...{ source: 'writes', method: 'POST', path: '/v1.0/$batch', status: 200 },
    ...{ requestId: 'r-1', milliseconds: 90, attempt: 1 },
  };
  trackProgress([], { requests: createRequestLog((sent) => seen.push(sent)) })(await said('', { request }));
  expect(seen).toEqual([request]);
});

test('what the engine itself says is no message of the provider', () => {
  const diagnosticEvent = { message: 'Registering resource', color: 'never', severity: 'info' as const };
  const watch = trackProgress([], {
    onWaiting: () => {
      throw new Error('nobody waits');
    },
  });
  expect(() => watch({ sequence: 1, timestamp: 1, diagnosticEvent })).not.toThrow();
});

test('that the provider waits for the quota of sign-ins is heard, too', async () => {
  const waits: number[] = [];
  const watch = trackProgress([planned('ana')], { onQuotaWait: (milliseconds) => waits.push(milliseconds) });
  watch(await said('', { quotaWaitMs: 6_000 }));
  expect(waits).toEqual([6_000]);
});
