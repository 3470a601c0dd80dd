import { expect, test } from 'vitest';
import type { LogLine } from '../../stacks/record/apply-log.ts';
import { exampleLines, exampleSource, exampleSteps } from '../../tools/reference/event-examples.ts';
import { buildRunEvents } from './request-events.ts';

const build = (lines: readonly LogLine[]) => buildRunEvents(lines, exampleSource);

test('a request with its answer is one event, with Microsoft’s request id, ours, and its place in the batch', () => {
  const events = build(exampleLines(exampleSteps['sign-in-blocked']));
  expect(events).toMatchObject([
    {
      ...{ class_uid: 3001, activity_id: 5, type_uid: 300105, status: 'Success', severity_id: 1 },
      time: Date.parse('2026-12-07T09:00:01.250Z'),
      start_time: Date.parse('2026-12-07T09:00:01.000Z'),
      api: { operation: 'PATCH /users/{id}', request: { uid: '3c9d1c1e-8f4a-4a53-b3f1-3a4f1a0c9d77' } },
      user: { uid: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', name: 'ana.reyes@contoso.com', full_name: 'Ana Reyes' },
      metadata: { correlation_uid: '4711/1', tenant_uid: exampleSource.tenantId },
      unmapped: { client_request_id: '0e2b6a51-5d54-4c55-9d38-7a11c1b70f2f', batch_item: '1' },
    },
  ]);
});

test.each([
  [['SPE_E3'], [], 'licenses-removed', 300502],
  [[], ['SPE_E3'], 'licenses-given', 300501],
  [['SPE_E3'], ['SPE_F1'], 'licenses-exchanged', 300599],
  [[], [], 'licenses-exchanged', 300599],
])('licences removed %j and given %j are %s', (removed, given, kind, type) => {
  const [event] = build(exampleLines({ step: 'licenses-changed', removed, given }));
  expect(event).toMatchObject({ type_uid: type, privileges: [...removed, ...given], unmapped: { removed, given } });
  expect(event?.metadata.event_code).toBe(kind);
});

test('a request that was refused by Microsoft is a failure, with what was said', () => {
  const [event] = build(exampleLines(exampleSteps['group-left'], 'Insufficient privileges.'));
  expect(event).toMatchObject({ status: 'Failure', severity_id: 3, status_detail: 'Insufficient privileges.' });
  expect(event?.api).not.toHaveProperty('request');
});

test('a request without an answer is unknown, and another event than the answered one', () => {
  const [asked, done] = exampleLines(exampleSteps['mailbox-shared']);
  if (asked === undefined || done === undefined) throw new Error('An example lacks a line.');
  const [[unknown], [answered]] = [build([asked]), build([asked, done])];
  expect(unknown).toMatchObject({ status_id: 0, status: 'Unknown', severity_id: 3 });
  expect(answered).toMatchObject({ status: 'Success' });
  expect(unknown?.metadata.uid).not.toBe(answered?.metadata.uid);
});

test('a request that a killed run had left open, and the next run repeats, is one event of each run', () => {
  const [asked, done] = exampleLines(exampleSteps['sessions-revoked']);
  if (asked === undefined || done === undefined) throw new Error('An example lacks a line.');
  const next = [asked, done].map((line) => ({ ...line, run: '4712/1' }));
  expect(build([asked, ...next]).map(({ status, metadata }) => [metadata.correlation_uid, status])).toEqual([
    ['4712/1', 'Success'],
    ['4711/1', 'Unknown'],
  ]);
});

test('requests of two groups of one account, answered in another order, keep their own times', () => {
  const [first, second] = ['Sales', 'Office'].map((group) => exampleLines({ step: 'group-left', group }));
  const later = second?.map((line) => ({ ...line, at: '2026-12-07T09:00:01.100Z' })) ?? [];
  const [askedFirst, doneFirst] = first ?? [];
  const [askedSecond, doneSecond] = later;
  if (!askedFirst || !doneFirst || !askedSecond || !doneSecond) throw new Error('An example lacks a line.');
  const events = build([askedFirst, askedSecond, doneSecond, doneFirst]);
  expect(events.map(({ group, start_time: start }) => [group?.name, start])).toEqual([
    ['Office', Date.parse('2026-12-07T09:00:01.100Z')],
    ['Sales', Date.parse('2026-12-07T09:00:01.000Z')],
  ]);
});

test('an answer whose announcement was cut off is an event, only without when it was sent', () => {
  const [, done] = exampleLines(exampleSteps['sign-in-allowed']);
  const [event] = build(done === undefined ? [] : [done]);
  expect(event).toMatchObject({ status: 'Success' });
  expect(event).not.toHaveProperty('start_time');
});

test('a run that ended early is a failed end, with why', () => {
  const about = { stack: 'contoso', run: '4711/1', commit: null, at: '2026-12-07T09:00:00.000Z' };
  const [ended] = build([{ ...about, what: 'ended', how: 'the backend is away' }]);
  expect(ended).toMatchObject({ type_uid: 600204, status: 'Failure', status_detail: 'the backend is away' });
});

test('each event has an id of its own, which is the same every time', () => {
  const lines = Object.values(exampleSteps).flatMap((entry) => exampleLines(entry));
  const ids = build(lines).map(({ metadata }) => metadata.uid);
  expect(new Set(ids).size).toBe(Object.keys(exampleSteps).length);
  expect(build(lines).map(({ metadata }) => metadata.uid)).toEqual(ids);
});
