// Verifies a stack's records by nothing but themselves: the chain, each part, the signatures of facts, and the ids of commits.
import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { verifySignature } from '../../forge/facts-key.ts';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { describeRecord, type RecordFinding } from '../../policy/records/finding.ts';
import { joinEntries } from '../../policy/records/join.ts';
import { isJsonObject, type Json } from '../../policy/records/json.ts';
import { type ChainVerdict, judgeChain } from '../../policy/records/judge-chain.ts';
import { judgeFacts } from '../../policy/records/judge-facts.ts';
import type { Entry } from '../../policy/records/split.ts';
import type { RecordKey } from '../../policy/schemas/records.ts';
import { type OpenedRecord, readChain } from './read-chain.ts';

export interface VerifiedRecords extends ChainVerdict {
  /** Facts that are signed as they stand, by the key that signed them. */
  facts: ReadonlyMap<string, number>;
  /** Accounts whose facts name somebody who is erased, so that their signature can no longer be verified. */
  unverifiable: number;
  /** Commits whose id is that of the bytes in the record. */
  commits: number;
}

/** `keys`: what the reader trusts; null: the keys that the records themselves name. */
export async function verifyRecords(
  store: RecordStore,
  stack: string,
  { keys, tell }: { keys: readonly RecordKey[] | null; tell?(done: number, total: number): void },
): Promise<VerifiedRecords> {
  const facts = new Map<string, number>();
  const findings: RecordFinding[] = [];
  let [commits, unverifiable] = [0, 0];
  const visit = (opened: OpenedRecord) => {
    const entries = joinEntries(opened.lines, opened.fills);
    const judged = judgeFacts(entries, { record: opened.record, verify: verifySignature, parseYaml });
    for (const [key, count] of judged.signed) facts.set(key, (facts.get(key) ?? 0) + count);
    if (opened.isPartial) unverifiable += judged.broken.length;
    else findings.push(...listBrokenFacts(opened, judged.broken));
    if (opened.misfiled > 0) findings.push(describeMisfiled(opened));
    const isCommit = verifyCommit(opened.record.commit, entries);
    if (isCommit) commits += 1;
    else if (isCommit === false && !opened.isPartial) findings.push(describeForeignCommit(opened));
  };
  const { found, files } = await readChain(store, stack, { visit, ...(tell ? { tell } : {}) });
  const verdict = judgeChain(found, files, { keys, verify: verifySignature });
  return { ...verdict, findings: [...verdict.findings, ...findings], facts, unverifiable, commits };
}

function parseYaml(text: string): Json {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function listBrokenFacts({ record }: OpenedRecord, broken: readonly string[]): RecordFinding[] {
  if (broken.length === 0) return [];
  const whose = broken.length === 1 ? `the account ${broken[0]}` : `${broken.length} accounts`;
  const message = `Record ${describeRecord(record)}: the facts of ${whose} are not what an audit has signed.`;
  return [{ fault: 'facts', sequences: [record.sequence], signedBy: record.signature?.key ?? null, message }];
}

function describeMisfiled({ record, misfiled }: OpenedRecord): RecordFinding {
  const what = misfiled === 1 ? 'a part lies' : `${misfiled} parts lie`;
  const message = `Record ${describeRecord(record)}: ${what} in the folder of another person.`;
  return { fault: 'part-misfiled', sequences: [record.sequence], signedBy: record.signature?.key ?? null, message };
}

/** null: the record has no commit. git names a commit by the SHA-1 of its bytes, or the SHA-256 in a repository of that format. */
function verifyCommit(commit: string | null, entries: readonly Entry[]): boolean | null {
  const value = entries.find(({ file }) => file === 'commit')?.value;
  if (commit === null || !isJsonObject(value) || typeof value.raw !== 'string') return null;
  // `git cat-file` was read without the last line end, which a commit's message always has.
  return [value.raw, `${value.raw}\n`].some((raw) => hashCommit(raw, commit.length) === commit);
}

function hashCommit(raw: string, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash.update(`commit ${Buffer.byteLength(raw)}\0${raw}`).digest('hex');
}

function describeForeignCommit({ record }: OpenedRecord): RecordFinding {
  const message = `Record ${describeRecord(record)} names another commit than the one that it holds.`;
  return { fault: 'commit', sequences: [record.sequence], signedBy: record.signature?.key ?? null, message };
}
