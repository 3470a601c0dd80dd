// Every field of a schema has a reason, and every reason a field: what somebody adds without one is named here.
import Type from 'typebox';
import { expect, test } from 'vitest';
import { SecurityEvent } from '../../cli/events/event-schema.ts';
import { ChainedRecord } from '../../policy/records/record.ts';
import { AccountFile } from '../../policy/schemas/account.ts';
import { schemas } from '../../policy/schemas/file-kinds.ts';
import { strictObject } from '../../policy/schemas/parts.ts';
import { accountFile, lastActivity } from './fields/account-file.ts';
import { escalations, exemptions, giveBack } from './fields/decisions.ts';
import { chainedRecord, securityEvent } from './fields/records.ts';
import { policy, tenant } from './fields/settings.ts';
import { compareWithSchema, listUnexplained } from './found-fields.ts';
import { places, sharedParts } from './places.ts';
import { listReasons, type ReasonTree } from './reasons.ts';

const nothing = { missing: [], left: [] };

/** Every kind of file but the one with prices, which is about products. */
const explained = { account: accountFile, escalations, exemptions, 'give-back': giveBack, policy, tenant };

test.each(Object.entries(explained))('each field of %s has a reason, and each reason a field', (kind, reasons) => {
  expect(compareWithSchema(schemas[kind as keyof typeof explained], reasons)).toEqual(nothing);
});

test.each([
  ['a record', ChainedRecord, chainedRecord],
  ['an event for a SIEM', SecurityEvent, securityEvent],
])('each field of %s has a reason, and each reason a field', (_, schema, reasons) => {
  expect(compareWithSchema(schema, reasons)).toEqual(nothing);
});

test('every kind of file is explained, but for prices.yaml, which knows products and no people', () => {
  expect(Object.keys(schemas).filter((kind) => !(kind in explained))).toEqual(['prices']);
  expect(Object.keys(explained).filter((kind) => !(kind in schemas))).toEqual([]);
});

test('a field that somebody adds without a reason is named, wherever it is', () => {
  const { properties } = AccountFile;
  const atTheTop = { ...AccountFile, properties: { ...properties, birthday: Type.String() } };
  expect(compareWithSchema(atTheTop, accountFile)).toEqual({ missing: ['birthday'], left: [] });
  const inEvidence = strictObject({ ...properties.evidence.properties, sickDays: Type.Integer() });
  const inside = { ...AccountFile, properties: { ...properties, evidence: inEvidence } };
  expect(compareWithSchema(inside, accountFile)).toEqual({ missing: ['evidence.sickDays'], left: [] });
  const inList = Type.Array(strictObject({ id: Type.String(), place: Type.Union([Type.String(), Type.Null()]) }));
  expect(compareWithSchema(inList, { id: 'why' })).toEqual({ missing: ['place'], left: [] });
});

test('a reason whose field is gone is named, too', () => {
  const { jobTitle: _, ...rest } = AccountFile.properties.account.properties;
  const without = { ...AccountFile, properties: { ...AccountFile.properties, account: strictObject(rest) } };
  expect(compareWithSchema(without, accountFile)).toEqual({ missing: [], left: ['account.jobTitle'] });
});

test('a field that a file has and no reason explains is named by its path', () => {
  const reasons = { people: { id: 'why', days: lastActivity }, files: { '<name>': 'why' } };
  const written = {
    people: [{ id: 'a', days: null, hobby: 'chess' }],
    files: { 'any.yaml': 'text' },
    more: { inner: 1 },
  };
  expect(listUnexplained(written, reasons)).toEqual(['people.hobby', 'more']);
  expect(listUnexplained({ people: [{ id: { first: 1 } }] }, reasons)).toEqual(['people.id']);
  expect(listUnexplained({ people: 'Ana Reyes' }, reasons)).toEqual(['people']);
});

test('each reason is a sentence that ends, and none is a word alone', () => {
  const trees: ReasonTree[] = [...places.flatMap(({ files = [] }) => files), ...sharedParts].map(
    ({ reasons }) => reasons,
  );
  const reasons = trees.flatMap((tree) => listReasons(tree)).filter(([, reason]) => reason !== null);
  expect(reasons.length).toBeGreaterThan(300);
  expect(reasons.filter(([, reason]) => !/^[A-Z“].{3,}\.$/su.test(reason ?? ''))).toEqual([]);
});
