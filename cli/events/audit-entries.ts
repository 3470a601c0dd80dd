// audit.json as its lines have it (audit/report/json.ts): keys of the document and of its parts, and the elements of lists, one a line.
import { type NumberedLine, readLines } from './read-lines.ts';

export interface AuditEntry extends NumberedLine {
  /** Such as `counts` and `accounts`, or `plan` and `moves` of each of its elements. */
  keys: readonly string[];
  /** JSON; without the comma after it. */
  text: string;
}

export async function* readAuditEntries(path: string): AsyncGenerator<AuditEntry> {
  const within: string[] = [];
  for await (const { line, text } of readLines(path)) {
    const [, key, rest = ''] = /^"((?:[^"\\]|\\.)*)": (.*)$/.exec(text) ?? ['', undefined, text];
    const value = rest.replace(/,$/, '');
    if (value === '{' || value === '[') within.push(key ?? '');
    else if (value === '}' || value === ']') within.pop();
    else yield { line, keys: [...within, ...(key === undefined ? [] : [key])].filter(Boolean), text: value };
  }
}
