// Splits the text of $filter into literals, words and marks.
import { badRequest } from './errors.ts';

export type Literal = string | number | boolean | null;

export type Token =
  | { kind: 'literal'; value: Literal }
  | { kind: 'word'; text: string }
  | { kind: 'mark'; text: string };

/** Quoted text, GUID, date, number, word or path, mark: in that order. */
const TOKEN = new RegExp(
  [
    /('(?:[^']|'')*')/,
    /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/,
    /(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)/,
    /(-?\d+(?:\.\d+)?)/,
    /([a-z_$][\w$]*(?:\/[a-z_$][\w$]*)*)/,
    /([(),:])/,
  ]
    .map(({ source }) => source)
    .join('|')
    .replace(/^(.*)$/, '\\s*(?:$1)'),
  'iy',
);

/** The tokens of a filter; 400 if a part of it is none. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text);
    if (!found) throw createFilterError(text);
    tokens.push(toToken(found));
  }
  return tokens;
}

/** The error for a filter that cannot be parsed. */
export function createFilterError(text: string): Error {
  return badRequest(`Invalid filter clause: '${text}' cannot be read.`, 'BadRequest');
}

function toToken([, quoted, guid, date, number, word, mark]: RegExpExecArray): Token {
  if (quoted !== undefined) return { kind: 'literal', value: quoted.slice(1, -1).replaceAll("''", "'") };
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  if (mark !== undefined) return { kind: 'mark', text: mark };
  if (word === undefined) return { kind: 'literal', value: guid ?? date ?? '' };
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  return word === 'null' ? { kind: 'literal', value: null } : { kind: 'word', text: word };
}
