import { expect, test } from 'vitest';
import { listEventFaults } from '../../tools/ocsf/list-event-faults.fixture.ts';
import { exampleDocument, exampleSource } from '../../tools/reference/event-examples.ts';
import { type ApplyDocument, buildOutcomeEvents } from './outcome-events.ts';

const quiet: ApplyDocument = { ...exampleDocument, stop: null, quarantine: null, accounts: [] };

const build = (change: Partial<ApplyDocument>) => buildOutcomeEvents({ ...quiet, ...change }, exampleSource);

test('an apply that did all of it has nothing to add to its requests', () => {
  expect(build({})).toEqual([]);
});

test.each<[string, Partial<ApplyDocument>, string]>([
  ['a limit', { limited: '40 accounts would be blocked, allowed are 25.' }, 'over-limit'],
  ['a pause', { stop: { kind: 'paused', because: 'tenant.yaml says so' } }, 'paused'],
  ['a closed day', { stop: { kind: 'closed', because: 'it is a Sunday' } }, 'closed'],
  ['a lock', { stopped: 'another run holds the lock' }, 'stopped'],
  ['a mail that could not be sent', { unsent: ['the mailbox is gone'] }, 'mail-unsent'],
])('%s is an event that says what was held back', (_, change, code) => {
  const [event, ...others] = build(change);
  expect(others).toEqual([]);
  expect(event).toMatchObject({ class_uid: 0, type_uid: 99, status: 'Failure', status_code: code });
  expect(listEventFaults(event)).toEqual([]);
});

test('each reason for which an account was left alone is one event, with the time and the run of the record', () => {
  const [account] = exampleDocument.accounts;
  if (account === undefined) throw new Error('The example has no account.');
  const refused = ['renamed', 'exempt'].map((code) => ({ code, because: `it is ${code}` }));
  const events = build({ accounts: [{ ...account, refused, failure: null }] });
  expect(events.map(({ status_code: code, user }) => [code, user?.name])).toEqual([
    ['renamed', 'ana.reyes@contoso.com'],
    ['exempt', 'ana.reyes@contoso.com'],
  ]);
  for (const { time, metadata } of events)
    expect([time, metadata.correlation_uid]).toEqual([Date.parse(exampleDocument.at ?? ''), '4711/1']);
});

test('a file that may not stand names its account by the id that it has', () => {
  const id = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
  const refused = [{ code: 'facts-changed', because: 'its facts are not what was signed' }];
  const [event] = build({ refusedFiles: [{ account: id, stage: 'disable', refused }] });
  expect(event).toMatchObject({ user: { uid: id, type_id: 1 }, status_code: 'facts-changed' });
  expect(listEventFaults(event)).toEqual([]);
});

test('who joins and who leaves the quarantine is named where the record names them, and else by id', () => {
  const [known, unknown] = ['6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', '7a6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e'];
  const stranger = { id: known ?? '', userPrincipalName: 'bo@contoso.com', displayName: 'Bo' };
  const quarantine = { mode: 'enforced' as const, holds: [known ?? ''], releases: [unknown ?? ''] };
  const events = build({ quarantine: { ...quarantine, failures: ['a policy is missing'], strangers: [stranger] } });
  expect(events.map(({ type_uid: type, user, group }) => [type, user?.name ?? user?.uid, group?.name])).toEqual([
    [99, undefined, undefined],
    [300603, 'bo@contoso.com', 'Dormant quarantine of contoso'],
    [300604, unknown, 'Dormant quarantine of contoso'],
  ]);
  for (const event of events) expect(listEventFaults(event)).toEqual([]);
});

test('of a record without its instant the day counts', () => {
  const { at: _, run: _1, commit: _2, ...older } = quiet;
  const [event] = buildOutcomeEvents({ ...older, stopped: 'a lock' }, exampleSource);
  expect(event?.time).toBe(Date.parse('2026-12-07'));
  expect(event?.metadata).not.toHaveProperty('correlation_uid');
});
