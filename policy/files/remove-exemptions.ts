// Takes entries out of exemptions.yaml, and leaves every other line as people wrote it. Pure.
import { isNode, isSeq, LineCounter } from 'yaml';
import { type Exemption, Exemptions } from '../schemas/exemptions.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';

/** By lines; where the list cannot be cut so, by the document, which reformats the others, too. */
export function removeExemptions(file: ParsedYaml<Exemptions>, isLeaving: (entry: Exemption) => boolean): string {
  const { path, document, value } = file;
  const remaining = value.exemptions.filter((entry) => !isLeaving(entry));
  const cutText = removeLines(file, isLeaving, remaining.length === 0);
  if (hasExactly(path, cutText, remaining)) return cutText;
  document.setIn(['exemptions'], document.createNode(remaining));
  return document.toString({ lineWidth: 0 });
}

function hasExactly(path: string, text: string, exemptions: readonly Exemption[]): boolean {
  try {
    return isSameValue(parseYaml(Exemptions, path, text).value.exemptions, exemptions);
  } catch {
    return false;
  }
}

function removeLines(
  { text, document, value, locate }: ParsedYaml<Exemptions>,
  isLeaving: (entry: Exemption) => boolean,
  isEmpty: boolean,
): string {
  const lines = text.split('\n');
  const lineAt = createLineCounter(lines);
  const list = document.get('exemptions');
  const items: unknown[] = isSeq(list) ? list.items : [];
  const goneLines = new Set<number>();
  for (const [index, entry] of value.exemptions.entries()) {
    const item = items[index];
    if (!isLeaving(entry) || !isNode(item) || !item.range) continue;
    const [start, end] = item.range;
    const dash = text.lastIndexOf('-', start - 1);
    for (const line of listEntryLines(lines, lineAt(dash), lineAt(end - 1))) goneLines.add(line);
  }
  const key = locate(['exemptions']).line - 1;
  if (isEmpty) lines[key] = (lines[key] ?? '').replace(':', ': []');
  return lines.filter((_line, index) => !goneLines.has(index)).join('\n');
}

/** Gives the index of the line at an offset. */
function createLineCounter(lines: readonly string[]): (offset: number) => number {
  const counter = new LineCounter();
  let start = 0;
  for (const line of lines) {
    counter.addNewLine(start);
    start += line.length + 1;
  }
  return (offset) => counter.linePos(offset).line - 1;
}

/** An entry's lines with the comment above it, the comments inside it, and the blank lines below. */
function listEntryLines(lines: readonly string[], dash: number, end: number): number[] {
  let first = dash;
  let last = end;
  const indent = lines[dash]?.indexOf('-') ?? 0;
  const isInside = (line = '') => /^\s*#/.test(line) && line.indexOf('#') > indent;
  while (/^\s*#/.test(lines[first - 1] ?? '')) first -= 1;
  while (isInside(lines[last + 1])) last += 1;
  while (last + 2 < lines.length && lines[last + 1]?.trim() === '') last += 1;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
