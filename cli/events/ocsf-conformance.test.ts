import { describe, expect, test } from 'vitest';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { listEventFaults, ocsf } from '../../tools/ocsf/list-event-faults.fixture.ts';
import { buildExamples, exampleLines, exampleSource, exampleSteps } from '../../tools/reference/event-examples.ts';
import { type EventMeaning, eventKinds, ocsfClasses, ocsfVersion } from './event-kinds.ts';
import { SecurityEvent } from './event-schema.ts';
import { buildRunEvents } from './request-events.ts';

const examples = Object.entries(buildExamples());

test('the classes have the numbers and names that the release of OCSF gives them', () => {
  expect(ocsf.version).toBe(ocsfVersion);
  const own = Object.entries(ocsfClasses).map(([key, { uid, category, name }]) => [key, uid, category, name]);
  const theirs = Object.entries(ocsf.classes).map(([key, { uid, category_uid, caption }]) => [
    ...[key, uid, category_uid, caption],
  ]);
  expect(own.sort()).toEqual(theirs.sort());
});

test.each(examples)('an event %s is one of OCSF, and as the reference has it', (kind, event) => {
  expect(listEventFaults(event)).toEqual([]);
  expect(listSchemaFaults(SecurityEvent, event)).toEqual([]);
  expect(event.metadata.event_code).toBe(kind);
});

test.each(Object.entries(exampleSteps))(
  'a request %s that failed, or got no answer, is an event of OCSF, too',
  (_, entry) => {
    const [asked, failed] = exampleLines(entry, 'Microsoft Graph answered 503.');
    if (asked === undefined || failed === undefined) throw new Error('An example lacks a line.');
    const events = [...buildRunEvents([asked], exampleSource), ...buildRunEvents([asked, failed], exampleSource)];
    expect(events.map(({ status }) => status)).toEqual(['Unknown', 'Failure']);
    for (const event of events) expect(listEventFaults(event)).toEqual([]);
  },
);

describe('an event is refused', () => {
  const mutations: readonly (readonly [what: string, change: (event: SecurityEvent) => object])[] = [
    ['with the class of another', (event) => ({ ...event, class_uid: event.class_uid === 3001 ? 3006 : 3001 })],
    ['with a class that there is not', (event) => ({ ...event, class_uid: 9999 })],
    ['with the type of another activity', (event) => ({ ...event, type_uid: event.type_uid + 1 })],
    [
      'with an activity that its class lacks',
      (event) => ({ ...event, activity_id: 77, type_uid: event.class_uid * 100 + 77 }),
    ],
    ['with the name of another activity', (event) => ({ ...event, activity_id: 0, type_uid: event.class_uid * 100 })],
    ['with an attribute that its class lacks', (event) => ({ ...event, person: 'Ana' })],
    [
      'with an attribute of a profile that it does not name',
      (event) => ({ ...event, metadata: { ...event.metadata, profiles: [] } }),
    ],
    ['with a profile whose attributes it lacks', (event) => ({ ...event, cloud: undefined })],
    ['without its time', (event) => ({ ...event, time: undefined })],
    ['with its time in seconds', (event) => ({ ...event, time: Math.floor(event.time / 1000) })],
    ['with its time as a text', (event) => ({ ...event, time: '2026-12-07' })],
    ['with a severity that there is not', (event) => ({ ...event, severity_id: 9 })],
    ['with the wrong release', (event) => ({ ...event, metadata: { ...event.metadata, version: '1.7.0' } })],
    [
      'with a product that is none',
      (event) => ({ ...event, metadata: { ...event.metadata, product: { named: 'Dormant' } } }),
    ],
  ];
  test.each(mutations)('%s', (_, change) => {
    const taken = examples.filter(([, event]) => listEventFaults(change(event)).length === 0).map(([kind]) => kind);
    expect(taken).toEqual([]);
  });

  test('without what its class requires', () => {
    const required = { 3001: 'user', 3004: 'entity', 3005: 'privileges', 3006: 'group', 4009: 'email', 6002: 'app' };
    const more = { ...required, 2008: 'finding_info', 6007: 'scan' };
    for (const [uid, key] of Object.entries(more)) {
      const of = examples.filter(([, event]) => event.class_uid === Number(uid));
      expect(of.length).toBeGreaterThan(0);
      for (const [, event] of of)
        expect(listEventFaults({ ...event, [key]: undefined })).toEqual([`${key} is required`]);
    }
  });
});

test('a class is only named base event where the table says why', () => {
  for (const { class: name, because } of Object.values<EventMeaning>(eventKinds))
    if (name === 'base_event') expect(because).toBeDefined();
});
