// audit.json: all that the audit knows, for machines and for auditors a year later.
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JudgedAccount } from '../../policy/judge/judgement.ts';
import type { AuditResult } from '../audit-result.ts';
import type { ListFacts } from '../listed-facts.ts';

/** Raised by changes that break readers of the file; the fields of AuditResult are its contract. */
const formatVersion = 1;

/**
 * Writes the whole `audit.json` into `folder` or nothing, and returns its path. Keys are sorted, lists keep their order,
 * and each account is one line, so that two audits can be compared line by line.
 */
export async function writeJson(result: AuditResult, folder: string, listFacts: ListFacts): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'audit.json');
  const draft = `${path}.part`;
  try {
    await pipeline(Readable.from(renderText(result, listFacts)), createWriteStream(draft));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}

function* renderText(result: AuditResult, listFacts: ListFacts): Iterable<string> {
  // Signed as it is written, because the facts of a large tenant are as long again as its evidence.
  const addFacts = (judged: JudgedAccount) => ({ toJSON: () => ({ ...judged, ...listFacts(judged) }) });
  const [inactive, guests] = [result.inactive.map(addFacts), result.guests.map(addFacts)];
  yield* renderValue({ formatVersion, ...result, inactive, guests }, 2);
  yield '\n';
}

/**
 * Objects down to `depth` key by key and lists element by element, one a line, because the text of a large tenant would not
 * fit into one string. Deeper values are on the line of their element.
 */
function* renderValue(value: unknown, depth: number): Iterable<string> {
  const plain = sortKeys(value);
  if (Array.isArray(plain)) yield* renderLines(['[', ']'], plain, (element) => [toCompactJson(element)]);
  else if (depth > 0 && typeof plain === 'object' && plain !== null)
    yield* renderLines(['{', '}'], Object.entries(plain), ([key, inner]) => renderEntry(key, inner, depth - 1));
  else yield toCompactJson(plain);
}

function* renderEntry(key: string, inner: unknown, depth: number): Iterable<string> {
  yield `${JSON.stringify(key)}: `;
  yield* renderValue(inner, depth);
}

function* renderLines<T>(
  [open, close]: readonly [open: string, close: string],
  items: readonly T[],
  text: (item: T) => Iterable<string>,
) {
  yield open;
  for (const [at, item] of items.entries()) {
    yield at === 0 ? '\n' : ',\n';
    yield* text(item);
  }
  yield items.length > 0 ? `\n${close}` : close;
}

/** JSON on one line with sorted keys; maps become objects and sets become lists. Savings follow from prices and policy. */
function toCompactJson(value: unknown): string {
  return (
    JSON.stringify(value, (key, inner: unknown) => sortKeys(key === 'judgement' ? omitSavings(inner) : inner)) ?? 'null'
  );
}

function omitSavings(judgement: unknown): unknown {
  return typeof judgement === 'object' ? { ...judgement, savings: undefined } : judgement;
}

function sortKeys(value: unknown): unknown {
  if (value instanceof Map) return sortKeys(Object.fromEntries(value));
  if (value instanceof Set) return [...value].sort();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
