// The facts in a record that the audit has signed, verified with the keys of that time: by nothing but the record. Pure.
import { findKey } from '../signing/keys.ts';
import { buildSignedFactsText, parseSignedLine, type VerifySignature } from '../signing/signed-line.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import type { ChainedRecord } from './record.ts';
import type { Entry } from './split.ts';

interface SignedFacts {
  /** Facts, with or without what people have decided beside them. */
  file: JsonObject;
  line: string;
}

export interface JudgedFacts {
  /** Signed as they stand, by the key’s name. */
  signed: ReadonlyMap<string, number>;
  /** Ids of accounts whose facts are not what was signed. */
  broken: readonly string[];
}

interface FactsContext {
  record: Pick<ChainedRecord, 'stack' | 'tenantId' | 'signing'>;
  verify: VerifySignature;
  /** null: it is no YAML. */
  parseYaml(text: string): Json;
}

/** Each signature once: what an audit lists of somebody stands in several places. */
export function judgeFacts(entries: readonly Entry[], { record, verify, parseYaml }: FactsContext): JudgedFacts {
  const signed = new Map<string, number>();
  const broken = new Set<string>();
  const seen = new Set<string>();
  for (const { file, line } of entries.flatMap((entry) => listSignedFacts(entry, parseYaml))) {
    if (seen.has(line)) continue;
    seen.add(line);
    const { stage: _, reason: _1, desired: _2, signed: _3, account, ...facts } = file;
    const parts = parseSignedLine(line);
    const key = parts && findKey(record.signing, parts.key);
    const id = isJsonObject(account) && typeof account.id === 'string' ? account.id : '';
    const text = parts && buildSignedFactsText({ ...facts, account: { ...toObject(account), id } }, record, parts);
    if (text && key && verify(text, parts.signature, key.publicKey))
      signed.set(key.name, (signed.get(key.name) ?? 0) + 1);
    else broken.add(id);
  }
  return { signed, broken: [...broken] };
}

/** In an audit the facts of everybody listed, and the files of moves; in an apply the files that were applied, as YAML. */
function listSignedFacts({ file, value }: Entry, parseYaml: (text: string) => Json): SignedFacts[] {
  if (file === 'accounts') {
    const text = isJsonObject(value) ? value.text : null;
    return typeof text === 'string' ? findIn(parseYaml(text)) : [];
  }
  return file === 'audit.json' ? findIn(value) : [];
}

function findIn(value: Json): SignedFacts[] {
  if (isJsonArray(value)) return value.flatMap(findIn);
  if (!isJsonObject(value)) return [];
  const { signed, facts } = value;
  if (typeof signed !== 'string') return Object.values(value).flatMap(findIn);
  if (isJsonObject(facts)) return [{ file: facts, line: signed }];
  return isJsonObject(value.account) ? [{ file: value, line: signed }] : [];
}

function toObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
