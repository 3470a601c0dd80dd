// audit.json as its lines have it (audit/report/json.ts): keys of the document and of its parts, and the elements of lists, one a
// line. That of a large tenant would not fit into one string.
import { type NumberedLine, readLines } from './read-lines.ts';

export interface AuditEntry extends NumberedLine {
  /** Keys and indexes that lead to it, such as `plan`, `moves`, 0. */
  at: readonly (string | number)[];
  /** The keys of these alone. */
  keys: readonly string[];
  /** JSON; without the comma after it. */
  text: string;
}

/** A list or an object that is open at a line, and what leads to its next value. */
interface Container {
  isList: boolean;
  step: string | number;
}

const keyed = /^("(?:[^"\\]|\\.)*"): (.*)$/;

/** `end` is told whether all that was opened was closed: a file that was cut off has values, too. */
export async function* readAuditEntries(
  path: string,
  end: (isWhole: boolean) => void = () => {},
): AsyncGenerator<AuditEntry> {
  const open: Container[] = [];
  let hasBegun = false;
  for await (const { line, text: whole } of readLines(path)) {
    hasBegun = true;
    const text = whole.endsWith(',') ? whole.slice(0, -1) : whole;
    if (text === '}' || text === ']') {
      open.pop();
      continue;
    }
    const container = open.at(-1);
    const [, key, rest = text] = container?.isList === false ? (keyed.exec(text) ?? []) : [];
    if (container !== undefined) container.step = key === undefined ? nextIndex(container) : readKey(key);
    if (rest === '{' || rest === '[') open.push({ isList: rest === '[', step: -1 });
    else {
      const at = open.map(({ step }) => step);
      yield { line, at, keys: at.filter((step) => typeof step === 'string'), text: rest };
    }
  }
  end(hasBegun && open.length === 0);
}

function nextIndex({ step }: Container): number {
  return typeof step === 'number' ? step + 1 : 0;
}

/** One that is no JSON stays as it is written: its reader finds the fault in the value. */
function readKey(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
