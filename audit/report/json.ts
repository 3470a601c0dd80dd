// audit.json: all that the audit knows, for machines and for the auditor who asks a year later.
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditResult } from '../audit-result.ts';

/** Changes whenever a reader of the file would have to; the fields of AuditResult are its contract. */
const formatVersion = 1;

/**
 * Writes `audit.json` into `folder`, whole or not at all, and returns its path. Keys are in the order of their names and lists
 * in the order of the result, so that two audits can be compared line by line; each account is one line.
 */
export async function writeJson(result: AuditResult, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'audit.json');
  const draft = `${path}.part`;
  try {
    await pipeline(Readable.from(text(result)), createWriteStream(draft));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}

function* text(result: AuditResult): Iterable<string> {
  const document: Record<string, unknown> = { formatVersion, ...result };
  const keys = Object.keys(document).sort();
  yield '{\n';
  for (const [at, key] of keys.entries()) {
    yield `${JSON.stringify(key)}: `;
    yield* value(document[key]);
    yield at < keys.length - 1 ? ',\n' : '\n';
  }
  yield '}\n';
}

/** Lists element by element: the text of a large tenant as one string would not fit. */
function* value(given: unknown): Iterable<string> {
  if (!Array.isArray(given)) {
    yield stable(given, 2);
    return;
  }
  yield '[';
  for (const [at, element] of given.entries()) yield `${at === 0 ? '\n' : ',\n'}${stable(element)}`;
  yield given.length > 0 ? '\n]' : ']';
}

/** JSON with sorted keys; maps become objects and sets become lists. */
function stable(given: unknown, indent?: number): string {
  return JSON.stringify(given, (_key, inner: unknown) => ordered(inner), indent) ?? 'null';
}

function ordered(given: unknown): unknown {
  if (given instanceof Map) return ordered(Object.fromEntries(given));
  if (given instanceof Set) return [...given].sort();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)));
}
