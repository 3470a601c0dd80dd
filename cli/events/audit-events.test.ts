import { expect, test } from 'vitest';
import { listEventFaults } from '../../tools/ocsf/list-event-faults.fixture.ts';
import { exampleSource } from '../../tools/reference/event-examples.ts';
import { type AuditedMove, buildProposalEvent } from './audit-events.ts';

const none = { exchange: null, oneDrive: null, sharePoint: null, teams: null, yammer: null, signIn: null };

function aMove({ lastActivity = none, ...change }: Partial<AuditedMove> & { lastActivity?: typeof activity } = {}) {
  const account = {
    id: '6F6AD3A2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
    userPrincipalName: 'ana@contoso.com',
    displayName: 'Ana',
  };
  const move = { from: null, to: 'notify', reason: 'inactive', because: 'no activity for 143 days', judged: null };
  return { ...move, ...change, file: { account, evidence: { lastActivity } } };
}

const activity: Record<keyof typeof none, string | null> = { ...none, exchange: '2026-07-15', signIn: '2026-07-14' };

const build = (move: AuditedMove) => buildProposalEvent(move, '2026-12-07', exampleSource);

test.each([
  [null, 'notify', 'proposed', 200801],
  ['notify', 'review', 'proposed-on', 200802],
  ['disable', 'restore', 'proposed-on', 200802],
  ['review', null, 'proposed-out', 200803],
  ['delicense', 'archive', 'proposed-out', 200803],
])('a move from %s to %s is %s', (from, to, kind, type) => {
  const event = build(aMove({ from, to }));
  expect([event.metadata.event_code, event.type_uid]).toEqual([kind, type]);
  expect(event.unmapped).toMatchObject({ ...(from ? { from } : {}), ...(to ? { to } : {}) });
  expect(listEventFaults(event)).toEqual([]);
});

test('the last activity of any kind and the last sign-in are times, and what was never seen is left out', () => {
  expect(build(aMove({ lastActivity: activity })).identity_activity_metrics).toEqual({
    last_seen_time: Date.parse('2026-07-15'),
    last_authentication_time: Date.parse('2026-07-14'),
  });
  expect(build(aMove()).identity_activity_metrics).toEqual({});
});

test('all that is proposed of one account over the weeks is of one finding, however its id is written', () => {
  const events = [build(aMove()), build(aMove({ from: 'notify', to: 'review' }))];
  const findings = new Set(events.map(({ finding_info: finding }) => finding?.uid));
  expect([...findings]).toEqual(['dormant/contoso/6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e']);
  expect(new Set(events.map(({ metadata }) => metadata.uid)).size).toBe(2);
});
