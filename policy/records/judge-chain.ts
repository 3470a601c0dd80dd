// Whether a stack's records are whole, years later: what is missing, changed, there twice or erased, each told apart, with who
// signed it. Everything is known by hashes, so no network and no repository is needed. Pure.
import type { RecordKey, RecordKind } from '../schemas/records.ts';
import type { VerifySignature } from '../signing/signed-line.ts';
import { listChainFaults } from './chain-faults.ts';
import type { FoundRecord, JudgedRecord, RecordFinding } from './finding.ts';
import { type FoundFiles, judgeBody, judgeParts } from './part-faults.ts';
import { buildSignedRecordText, type ChainedRecord } from './record.ts';

export interface ChainVerdict {
  findings: readonly RecordFinding[];
  /** In the order of the chain, each once. */
  records: readonly ChainedRecord[];
  /** SHA-256 of their files, in the same order. */
  hashes: readonly string[];
  /** SHA-256 of the last record's file; null: there is none. */
  head: string | null;
  /** Records by the key that signed them and kind; key null: not signed. */
  signers: readonly { key: string | null; kind: RecordKind; records: number }[];
  /** Parts as they were written. */
  parts: number;
  /** Parts that are no longer there, by the day of the erasure that names them. */
  erased: ReadonlyMap<string, number>;
  /** Files of records that the chain does not have: of a run that ended early. */
  leftOver: number;
}

/** `keys`: those that the reader trusts; null: those that the records themselves name. */
export function judgeChain(
  found: readonly FoundRecord[],
  files: FoundFiles,
  { keys, verify }: { keys: readonly RecordKey[] | null; verify: VerifySignature },
): ChainVerdict {
  const signedSince = findFirstSigned(found);
  const judged = found.flatMap((each): JudgedRecord[] =>
    each.record === null
      ? []
      : [{ ...each, record: each.record, ...judgeSignature(each.record, { keys, verify, signedSince }) }],
  );
  const chain = selectChain(judged);
  const erased = collectErased(chain);
  const parts = chain.map((each) => judgeParts(each, files, erased));
  const known = new Set(chain.map(({ record }) => record.id));
  return {
    findings: [
      ...listChainFaults(found, judged, chain),
      ...chain.flatMap((each) => judgeBody(each, files)),
      ...parts.flatMap(({ findings }) => findings),
    ],
    records: chain.map(({ record }) => record),
    hashes: chain.map(({ hash }) => hash),
    head: chain.at(-1)?.hash ?? null,
    signers: countSigners(chain),
    parts: parts.reduce((sum, { good }) => sum + good, 0),
    erased: countByDay(parts.flatMap(({ gone }) => gone)),
    leftOver: [...new Set([...files.bodies.keys(), ...files.parts.keys()])].filter((id) => !known.has(id)).length,
  };
}

/** One record for each number: of several the one that its successor names, else the one in its own place. */
function selectChain(judged: readonly JudgedRecord[]): JudgedRecord[] {
  const byNumber = Map.groupBy(judged, ({ record }) => record.sequence);
  const named = new Set(judged.map(({ record }) => record.previous));
  const choose = (several: readonly JudgedRecord[]) =>
    several.find(({ hash }) => named.has(hash)) ??
    several.find(({ number, record }) => number === record.sequence) ??
    several[0];
  return [...byNumber.keys()].sort((a, b) => a - b).flatMap((number) => choose(byNumber.get(number) ?? []) ?? []);
}

interface SignatureContext {
  keys: readonly RecordKey[] | null;
  verify: VerifySignature;
  signedSince: ReadonlyMap<RecordKind, number>;
}

/** Not signed is what no key of its kind was listed for, before the first that is signed: later a signature was taken off. */
function judgeSignature(
  record: ChainedRecord,
  { keys, verify, signedSince }: SignatureContext,
): Pick<JudgedRecord, 'signedBy' | 'isSignatureGood'> {
  const { signature, kind, day, sequence } = record;
  if (signature === null) {
    const isBefore = sequence < (signedSince.get(kind) ?? Number.POSITIVE_INFINITY);
    return { signedBy: null, isSignatureGood: isBefore && !record.keys.some((key) => isInForce(key, kind, day)) };
  }
  const key = (keys ?? record.keys).find(({ name }) => name === signature.key);
  const isGood =
    key !== undefined &&
    isInForce(key, kind, day) &&
    verify(buildSignedRecordText(record), signature.value, key.publicKey);
  return { signedBy: signature.key, isSignatureGood: isGood };
}

/** The number of the first signed record of each kind. */
function findFirstSigned(found: readonly FoundRecord[]): Map<RecordKind, number> {
  const first = new Map<RecordKind, number>();
  for (const { record } of found) {
    if (record?.signature == null) continue;
    first.set(record.kind, Math.min(record.sequence, first.get(record.kind) ?? record.sequence));
  }
  return first;
}

function isInForce({ signs, until }: RecordKey, kind: RecordKind, day: string): boolean {
  return signs === kind && (until === undefined || day <= until);
}

/** The day of the erasure by the hash of each part that it names; only of one whose signature is good. */
function collectErased(chain: readonly JudgedRecord[]): Map<string, string> {
  const trusted = chain.filter(({ record, isSignatureGood }) => record.kind === 'erasure' && isSignatureGood);
  return new Map(trusted.flatMap(({ record }) => (record.erased ?? []).map((hash) => [hash, record.day] as const)));
}

function countSigners(chain: readonly JudgedRecord[]): ChainVerdict['signers'] {
  const groups = Map.groupBy(chain, ({ record, signedBy }) => `${record.kind} ${signedBy}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ key: first.signedBy, kind: first.record.kind, records: others.length + 1 }],
  );
}

function countByDay(days: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const day of [...days].sort()) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}
