// What became of records is told apart: changed, left out, written twice, erased; and by whom each was signed.
import { expect, test } from 'vitest';
import { aFactsKey } from '../signing/signing.fixture.ts';
import { aChain, type Chain, hash, judge, listFaults, recordKeys, sign, toFound } from './record.fixture.ts';
import type { ChainedRecord } from './record.ts';

function getRecord({ records }: Chain, sequence: number): ChainedRecord {
  const record = records.find((each) => each.record?.sequence === sequence)?.record;
  if (!record) throw new Error(`There is no record ${sequence}.`);
  return record;
}

function replace(chain: Chain, sequence: number, record: ChainedRecord): Chain {
  return { ...chain, records: chain.records.map((each) => (each.number === sequence ? toFound(record) : each)) };
}

test('records as they were written are whole, and each kind is signed by its own key', () => {
  const verdict = judge(aChain());
  expect(verdict.findings).toEqual([]);
  expect(verdict.signers).toEqual([
    { key: 'contoso-audit', kind: 'audit', records: 3 },
    { key: 'contoso-apply', kind: 'apply', records: 2 },
  ]);
  expect([verdict.parts, verdict.head]).toEqual([15, verdict.hashes.at(-1)]);
});

test('a record of which one line was changed is told by its signature, and once', () => {
  const chain = aChain();
  const changed = { ...getRecord(chain, 3), commit: 'f'.repeat(40) };
  expect(listFaults(replace(chain, 3, changed))).toEqual(['signature 3']);
});

test('a record that whoever has its key wrote anew is told by the one after it, with the key', () => {
  const chain = aChain();
  const forged = replace(chain, 3, sign({ ...getRecord(chain, 3), commit: 'f'.repeat(40) }));
  const { findings } = judge(forged);
  expect(findings).toMatchObject([{ fault: 'changed', sequences: [3], signedBy: 'contoso-audit' }]);
  expect(findings[0]?.message).toContain('by whoever has the key contoso-audit');
});

test('records that were left out are named, between which', () => {
  const chain = aChain();
  const without = (...gone: number[]) => ({
    ...chain,
    records: chain.records.filter(({ number }) => !gone.includes(number)),
  });
  expect(judge(without(3)).findings).toMatchObject([{ fault: 'missing', sequences: [3] }]);
  expect(judge(without(2, 3)).findings[0]?.message).toMatch(/^Records 2 to 3 are missing, after 1 .* and before 4 /);
  expect(listFaults(without(1))).toEqual(['missing 1']);
});

test('a chain whose end was taken off is whole by itself, and lacks the hash that somebody has noted', () => {
  const chain = aChain();
  const noted = judge(chain).head;
  const { findings, hashes } = judge({ ...chain, records: chain.records.slice(0, 4) });
  expect(findings).toEqual([]);
  expect(hashes).not.toContain(noted);
});

test('files that were renamed to hide a gap are told by the numbers inside', () => {
  const chain = aChain();
  const records = chain.records.flatMap((each) =>
    each.number === 3 || each.record === null ? [] : each.number > 3 ? toFound(each.record, each.number - 1) : each,
  );
  expect(listFaults({ ...chain, records })).toEqual(['missing 3', 'misnamed 4', 'misnamed 5']);
});

test('a record that is there twice, another one of the same number, and a run that was recorded twice are told apart', () => {
  const chain = aChain();
  const copy = { ...chain, records: [...chain.records, toFound(getRecord(chain, 3), 6)] };
  expect(judge(copy).findings).toMatchObject([
    { fault: 'twice', sequences: [3], message: expect.stringContaining('is there twice') },
  ]);
  const other = sign({ ...getRecord(chain, 3), run: '99/1' });
  const forked = { ...chain, records: [...chain.records, toFound(other, 6)] };
  expect(judge(forked).findings).toMatchObject([
    { fault: 'twice', message: expect.stringContaining('two different records 3') },
  ]);
  const again = aChain({
    change: (record) => (record.sequence === 5 ? { ...record, run: '3/1' } : record),
  });
  expect(judge(again).findings).toMatchObject([{ fault: 'twice', sequences: [5], signedBy: 'contoso-audit' }]);
});

test('a person’s part that was changed, is missing, or was added, is told apart', () => {
  const chain = aChain();
  const { id, parts } = getRecord(chain, 2);
  const [first = '', ...others] = parts;
  const withParts = (found: string[]) => ({ ...chain, parts: new Map([...chain.parts, [id, found]]) });
  expect(listFaults(withParts([hash('forged'), ...others]))).toEqual(['part-changed 2']);
  expect(listFaults(withParts(others))).toEqual(['part-missing 2']);
  expect(listFaults(withParts([first, ...others, hash('added')]))).toEqual(['part-unknown 2']);
  expect(judge(withParts(others)).findings[0]).toMatchObject({ signedBy: 'contoso-apply' });
});

test('a run’s own part that was changed or is missing is told apart', () => {
  const chain = aChain();
  const { id } = getRecord(chain, 1);
  expect(listFaults({ ...chain, bodies: new Map([...chain.bodies, [id, hash('forged')]]) })).toEqual([
    'body-changed 1',
  ]);
  expect(listFaults({ ...chain, bodies: new Map([...chain.bodies].filter(([each]) => each !== id)) })).toEqual([
    'body-missing 1',
  ]);
});

test('an erased part is erased on its day, and the chain holds', () => {
  const [before] = aChain().records;
  const [gone = ''] = before?.record?.parts ?? [];
  const chain = aChain({
    kinds: ['audit', 'apply', 'erasure', 'audit'],
    change: (record) => (record.kind === 'erasure' ? { ...record, erased: [gone] } : record),
  });
  const id = before?.record?.id ?? '';
  const others = (chain.parts.get(id) ?? []).filter((each) => each !== gone);
  const verdict = judge({ ...chain, parts: new Map([...chain.parts, [id, others]]) });
  expect(verdict.findings).toEqual([]);
  expect([...verdict.erased]).toEqual([['2026-12-28', 1]]);
  expect(verdict.parts).toBe(8);
  expect(listFaults(chain)).toEqual(['not-erased 1']);
});

test('a part that was deleted is not erased because somebody without the key says so', () => {
  const [before] = aChain().records;
  const { id = '', parts = [] } = before?.record ?? {};
  const chain = aChain({ kinds: ['audit', 'apply'] });
  const said = {
    ...getRecord(aChain({ kinds: ['audit', 'apply', 'erasure'] }), 3),
    erased: [...parts],
    previous: judge(chain).head,
  };
  const records = [...chain.records, toFound({ ...said, signature: null })];
  expect(listFaults({ ...chain, records, parts: new Map([...chain.parts, [id, []]]) })).toEqual([
    'signature 3',
    'part-missing 1',
  ]);
});

test('an audit’s key cannot sign an apply, and a key of the past nothing after its day', () => {
  const chain = aChain();
  const swapped = recordKeys.map((key) => ({ ...key, signs: key.signs === 'audit' ? ('apply' as const) : key.signs }));
  expect(listFaults(chain, swapped)).toEqual(['signature 1', 'signature 3', 'signature 5']);
  const ended = recordKeys.map((key) => (key.signs === 'audit' ? { ...key, until: '2026-12-28' } : key));
  expect(listFaults(chain, ended)).toEqual(['signature 5']);
  const foreign = recordKeys.map((key) => ({ ...key, publicKey: aFactsKey('somebody').publicKey }));
  expect(listFaults(chain, foreign)).toHaveLength(5);
});

test('records from before there were keys are not signed, and none is after the first that is', () => {
  expect(listFaults(aChain({ keys: [] }))).toEqual([]);
  const chain = aChain();
  const stripped = { ...getRecord(chain, 5), keys: [], signature: null };
  expect(listFaults(replace(chain, 5, stripped))).toEqual(['signature 5']);
});

test('what is no record any more is named by its file', () => {
  const chain = aChain();
  const records = chain.records.map((each) =>
    each.number === 2 ? { ...each, record: null, hash: hash('spoiled') } : each,
  );
  expect(judge({ ...chain, records }).findings).toMatchObject([
    { fault: 'unreadable', sequences: [2], message: expect.stringContaining('000002.json') },
  ]);
});

test('what a run left that ended while it added its record is no fault', () => {
  const chain = aChain();
  const verdict = judge({
    ...chain,
    parts: new Map([...chain.parts, ['2026-12-07-audit-ffffffffffffffff', [hash('left')]]]),
  });
  expect([verdict.findings, verdict.leftOver]).toEqual([[], 1]);
});
