// Reads audit.json value by value, for its record.
import { basename } from 'node:path';
import { DormantError } from '../../policy/errors.ts';
import type { Json } from '../../policy/records/json.ts';
import type { Entry } from '../../policy/records/split.ts';
import { readAuditEntries } from '../audit/audit-entries.ts';

/** Each value that stands on a line of its own. Throws `record` (exit code 2) for another layout, or a file that was cut off. */
export async function* readJsonLines(path: string): AsyncIterable<Entry> {
  const file = basename(path);
  let isWhole = false;
  let last = 0;
  const entries = readAuditEntries(path, (whole) => {
    isWhole = whole;
  });
  for await (const { line, at, text } of entries) {
    last = line;
    yield { file, at, value: parse(text, path, line) };
  }
  if (!isWhole) throw createLayoutError(path, last);
}

function parse(text: string, path: string, line: number): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw createLayoutError(path, line, cause);
  }
}

function createLayoutError(path: string, line: number, cause?: unknown): DormantError {
  return new DormantError('record', 'The file is not as `dormant audit` writes it, or was cut off.', {
    exitCode: 2,
    where: `${path}:${line}`,
    remedy: 'Run the audit again; nothing was added to the records.',
    cause,
  });
}
