// Text in, checked value out: every YAML file of the repository is read through here. Pure.
import type { Static, TSchema } from 'typebox';
import { Composer, type Document, isMap, isNode, LineCounter, Parser } from 'yaml';
import { InvalidInput, type Problem } from '../errors.ts';
import { findNewestFormat } from '../schemas/parts.ts';
import { listSchemaFaults } from '../schemas/validate.ts';
import { listRefusedNodes, listRefusedTokens, type YamlRefusal } from './refusals.ts';

/** Larger files are refused unread: an account file has 3,000 characters, a policy under 10,000. */
const maxLength = 512 * 1024;

/** Of more problems the first are listed, with the number of the others. */
const maxProblems = 50;

export interface ParsedYaml<T> {
  path: string;
  text: string;
  value: T;
  /** Keeps comments and order, for edits that must not disturb what people wrote. */
  document: Document;
  /** The place of the value at `keys`, or of its nearest parent where it is absent. */
  locate(keys: readonly (string | number)[]): Position;
}

/** Lines and columns start at 1. */
interface Position {
  line: number;
  column: number;
}

/**
 * Parses and checks one YAML file; refusals.ts has what is refused because it could be misread. Throws `InvalidInput` with
 * all problems of the file; a file that is not YAML has no schema problems yet.
 */
export function parseYaml<T extends TSchema>(schema: T, path: string, text: string): ParsedYaml<Static<T>> {
  const lines = new LineCounter();
  const throwIfAny = (refusals: readonly YamlRefusal[]) => {
    if (refusals.length > 0) throw new InvalidInput(locateRefusals(path, lines, refusals));
  };
  if (text.length > maxLength) {
    const message = `is ${Math.ceil(text.length / 1024)} kB, allowed are ${maxLength / 1024} kB`;
    throw new InvalidInput([{ path, line: 1, column: 1, code: 'too-large', message }]);
  }
  const unfinished = listUnfinishedMerges(path, text);
  if (unfinished.length > 0) throw new InvalidInput(unfinished);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  throwIfAny(listRefusedTokens(tokens));
  const document = compose(tokens, text.length);
  throwIfAny([...listSyntaxErrors(document), ...listRefusedNodes(document)]);

  const locate = (keys: readonly (string | number)[]) => findPosition(document, lines, keys);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const newer = describeNewerFormat(schema, value);
  if (newer !== null) throw new InvalidInput([{ path, ...locate(['format']), code: 'file-newer', message: newer }]);
  const faults = listSchemaFaults(schema, value);
  if (faults.length > 0) {
    throw new InvalidInput(
      truncateProblems(faults).map(({ keys, message }) => ({
        path,
        ...locate(keys),
        code: 'schema',
        message,
      })),
    );
  }
  // The one validated boundary: the schema has just vouched for the shape.
  return { path, text, value: value as Static<T>, document, locate };
}

/** The signs that git-merge writes around what it could not merge (its page, "How conflicts are presented"). */
function listUnfinishedMerges(path: string, text: string): Problem[] {
  const begins = [...text.split('\n').entries()].filter(([, line]) => /^<{7}( |\r?$)/.test(line));
  if (begins.length === 0 || !/^>{7}( |\r?$)/m.test(text)) return [];
  const message =
    'a merge is not finished here: keep what is right of both sides, and take out the lines <<<<<<<, ======= and >>>>>>>';
  return truncateProblems(begins.map(([at]) => ({ path, line: at + 1, column: 1, code: 'unfinished-merge', message })));
}

/** What else such a file says may mean something else by now: that is its one fault. null: this version reads it. */
function describeNewerFormat(schema: TSchema, value: unknown): string | null {
  const newest = findNewestFormat(schema);
  const format: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'format') : undefined;
  if (newest === null || !Number.isInteger(format) || Number(format) <= newest) return null;
  return `format: found ${format}, and this version reads ${newest === 1 ? '1' : `1 to ${newest}`}: a newer version wrote the file`;
}

/** refusals.ts finds duplicate keys: the library compares every key with every other, which a large file can abuse. */
function compose(tokens: Parameters<Composer['compose']>[0], length: number): Document.Parsed {
  const options = { uniqueKeys: false, stringKeys: true, merge: false };
  const [document] = new Composer(options).compose(tokens, true, length);
  if (document === undefined) throw new Error('the composer was asked for a document and made none');
  return document;
}

function listSyntaxErrors({ errors }: Document): YamlRefusal[] {
  return errors.map(({ pos, message }) => ({ offset: pos[0], message }));
}

function locateRefusals(path: string, lines: LineCounter, refusals: readonly YamlRefusal[]): Problem[] {
  const inOrder = [...refusals].sort((a, b) => a.offset - b.offset);
  return truncateProblems(inOrder).map(({ offset, message }) => ({
    path,
    ...toPosition(lines, offset),
    code: 'yaml',
    message,
  }));
}

function truncateProblems<T extends { message: string }>(problems: readonly T[]): T[] {
  const kept = problems.slice(0, maxProblems);
  const next = problems[maxProblems];
  const more = problems.length - maxProblems;
  return next === undefined ? kept : [...kept, { ...next, message: `and ${more} more problems from here on` }];
}

function toPosition(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function findPosition(document: Document, lines: LineCounter, keys: readonly (string | number)[]): Position {
  for (let depth = keys.length; depth >= 0; depth--) {
    const start = findStart(document, keys.slice(0, depth));
    if (start !== null) return toPosition(lines, start);
  }
  return { line: 1, column: 1 };
}

/** The offset of the key for a map's entry, of the item for a list's. */
function findStart(document: Document, keys: readonly (string | number)[]): number | null {
  const last = keys.at(-1);
  const parent = keys.length === 0 ? null : document.getIn(keys.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => String(key) === String(last));
    return isNode(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node = document.getIn(keys, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
