// A chain of records for tests, whole and signed: each test breaks one thing.
import { createHash } from 'node:crypto';
import { readPrivateKey, verifySignature } from '../../forge/facts-key.ts';
import { addDays } from '../evidence.ts';
import type { RecordKey, RecordKind } from '../schemas/records.ts';
import { aFactsKey, aPrivateKey, aSigning, contoso } from '../signing/signing.fixture.ts';
import type { FoundRecord } from './finding.ts';
import { judgeChain } from './judge-chain.ts';
import type { FoundFiles } from './part-faults.ts';
import { getChainName } from './places.ts';
import { buildSignedRecordText, type ChainedRecord, formatRecord, type UnsignedRecord } from './record.ts';

export const recordKeys: readonly RecordKey[] = (['audit', 'apply', 'erasure'] as const).map((signs) => ({
  ...aFactsKey(`contoso-${signs}`),
  signs,
}));

export const hash = (text: string) => createHash('sha256').update(text).digest('hex');

export interface ChainOptions {
  /** Of each record in turn; by default audits and applies. */
  kinds?: readonly RecordKind[];
  keys?: readonly RecordKey[];
  /** Changed before it is signed, and so before the next one names it. */
  change?(record: UnsignedRecord): UnsignedRecord;
}

export interface Chain {
  records: FoundRecord[];
  bodies: Map<string, string>;
  parts: Map<string, string[]>;
}

export function aChain({
  kinds = ['audit', 'apply', 'audit', 'apply', 'audit'],
  keys = recordKeys,
  change = (each) => each,
}: ChainOptions = {}): Chain {
  const chain: Chain = { records: [], bodies: new Map(), parts: new Map() };
  for (const [index, kind] of kinds.entries()) {
    const record = change(aRecord(index + 1, kind, { previous: chain.records.at(-1)?.hash ?? null, keys: [...keys] }));
    chain.records.push(toFound(sign(record)));
    if (record.body !== null) chain.bodies.set(record.id, record.body);
    chain.parts.set(record.id, [...record.parts]);
  }
  return chain;
}

function aRecord(sequence: number, kind: RecordKind, change: Partial<UnsignedRecord>): UnsignedRecord {
  const day = addDays('2026-12-07', sequence * 7);
  const id = `${day}-${kind}-${String(sequence).padStart(16, '0')}`;
  return {
    ...{ format: 1, stack: contoso.stack, tenantId: contoso.tenantId, sequence, id, kind, day },
    ...{ writtenAt: `${day}T09:00:00.000Z`, run: `${sequence}/1`, commit: null, previous: null, keys: [] },
    ...{ body: kind === 'erasure' ? null : hash(`${id} run`), signing: aSigning() },
    parts: kind === 'erasure' ? [] : ['ana', 'ben', 'cleo'].map((name) => hash(`${id} ${name}`)).sort(),
    ...change,
  };
}

export function sign(record: UnsignedRecord): ChainedRecord {
  const key = record.keys.find(({ signs }) => signs === record.kind);
  if (key === undefined) return { ...record, signature: null };
  const value = readPrivateKey(aPrivateKey(key.name)).sign(buildSignedRecordText(record));
  return { ...record, signature: { key: key.name, value } };
}

export function toFound(record: ChainedRecord, number = record.sequence): FoundRecord {
  return { name: getChainName(contoso.stack, number), number, hash: hash(formatRecord(record)), record };
}

/** `keys` null: those that the records themselves name. */
export function judge({ records, bodies, parts }: Chain, keys: readonly RecordKey[] | null = recordKeys) {
  const files: FoundFiles = { bodies, parts };
  return judgeChain(records, files, { keys, verify: verifySignature });
}

/** The faults with the records that each is about. */
export function listFaults(chain: Chain, keys?: readonly RecordKey[] | null): string[] {
  return judge(chain, keys).findings.map(({ fault, sequences }) => `${fault} ${sequences.join(',')}`);
}
