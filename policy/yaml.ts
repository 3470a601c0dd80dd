// Text in, checked value out: every YAML file of the repository is read through here. Pure.
import type { Static, TSchema } from 'typebox';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { InvalidInput, type Problem } from './errors.ts';
import { schemaFaults } from './schemas/validate.ts';

/** Larger files are refused unread: an account file is under 3 kB, a policy under 10. */
const maxBytes = 512 * 1024;

export interface ParsedYaml<T> {
  path: string;
  text: string;
  value: T;
  /** Keeps comments and order, for edits that must not disturb what people wrote. */
  document: Document;
  /** Where the value at `keys` stands; the nearest parent's place when it is absent. */
  at(keys: readonly (string | number)[]): Position;
}

export interface Position {
  line: number;
  column: number;
}

/**
 * Parses and checks one YAML file.
 * Anchors, aliases, merge keys, tags, several documents and duplicate keys are refused: a reviewer must be able to read
 * what a file means from its own lines. Throws `InvalidInput` with all problems of the file.
 */
export function parseYaml<T extends TSchema>(schema: T, path: string, text: string): ParsedYaml<Static<T>> {
  if (text.length > maxBytes) {
    const message = `is ${Math.ceil(text.length / 1024)} kB, allowed are ${maxBytes / 1024} kB`;
    throw new InvalidInput([{ path, line: 1, column: 1, code: 'too-large', message }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    stringKeys: true,
    merge: false,
  });
  const at = (keys: readonly (string | number)[]) => positionOf(document, lines, keys);
  const problems = [...syntaxProblems(path, document, lines), ...forbiddenSyntax(path, document, lines)];
  if (problems.length > 0) throw new InvalidInput(problems);

  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const faults = schemaFaults(schema, value);
  if (faults.length > 0) {
    throw new InvalidInput(
      faults.map(({ keys, message }) => ({ path, ...at(keys), code: 'schema', message })),
    );
  }
  // The one validated boundary: the schema has just vouched for the shape.
  return { path, text, value: value as Static<T>, document, at };
}

function syntaxProblems(path: string, document: Document, lines: LineCounter): Problem[] {
  return [...document.errors, ...document.warnings].map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { path, line, column: col, code: 'yaml', message: firstLine(error.message) };
  });
}

function forbiddenSyntax(path: string, document: Document, lines: LineCounter): Problem[] {
  const problems: Problem[] = [];
  visit(document, (_key, node) => {
    if (!isNode(node)) return;
    const found = forbidden(node);
    if (found === null) return;
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    const message = `${found} is not allowed here; write the value out`;
    problems.push({ path, line, column: col, code: 'yaml', message });
  });
  return problems;
}

function forbidden(node: Node): string | null {
  if (isAlias(node)) return 'an alias';
  if ('anchor' in node && node.anchor) return 'an anchor';
  return node.tag ? `the tag ${node.tag}` : null;
}

function positionOf(document: Document, lines: LineCounter, keys: readonly (string | number)[]): Position {
  for (let depth = keys.length; depth >= 0; depth--) {
    const start = startOf(document, keys.slice(0, depth));
    if (start === null) continue;
    const { line, col } = lines.linePos(start);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

/** The offset of the key for a map's entry, of the item for a list's. */
function startOf(document: Document, keys: readonly (string | number)[]): number | null {
  const last = keys.at(-1);
  const parent = keys.length === 0 ? null : document.getIn(keys.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(last));
    return isNode(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node = document.getIn(keys, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/ at line \d+, column \d+:?$/, '');
}
