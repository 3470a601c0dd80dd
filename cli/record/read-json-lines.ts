// Reads audit.json value by value: that of a large tenant would not fit into one string. As audit/report/json.ts writes it.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { DormantError } from '../../policy/errors.ts';
import type { Json } from '../../policy/records/json.ts';
import type { Entry } from '../../policy/records/split.ts';

/** A list or an object that is open at a line, and what leads to its next value. */
interface Container {
  isList: boolean;
  step: string | number;
}

const keyed = /^("(?:[^"\\]|\\.)*"): (.*)$/;

/** Each value that stands on a line of its own. Throws `record` (exit code 2) for another layout. */
export async function* readJsonLines(path: string): AsyncIterable<Entry> {
  const file = basename(path);
  const open: Container[] = [];
  let line = 0;
  for await (const whole of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const text = whole.endsWith(',') ? whole.slice(0, -1) : whole;
    if (text === '}' || text === ']') open.pop();
    else {
      const container = open.at(-1);
      const [, key, rest = text] = container?.isList === false ? (keyed.exec(text) ?? []) : [];
      if (container !== undefined) container.step = key === undefined ? nextIndex(container) : parse(key, path, line);
      if (rest === '{' || rest === '[') open.push({ isList: rest === '[', step: -1 });
      else yield { file, at: open.map(({ step }) => step), value: parse(rest, path, line) };
    }
  }
  if (open.length > 0 || line === 0) throw createLayoutError(path, line);
}

function nextIndex({ step }: Container): number {
  return typeof step === 'number' ? step + 1 : 0;
}

function parse<T extends Json>(text: string, path: string, line: number): T {
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
