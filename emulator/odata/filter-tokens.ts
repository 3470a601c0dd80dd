// Splits the text of $filter into literals, words and marks.
import { badRequest } from './errors.ts';

export type Literal = string | number | boolean | null;

/** OData's names of what a literal can be; `null` fits every type. */
export type LiteralType = 'String' | 'Guid' | 'DateTimeOffset' | 'Int32' | 'Boolean' | 'null';

export type Token =
  | { kind: 'literal'; value: Literal; type: LiteralType }
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
  if (quoted !== undefined) return createLiteral(quoted.slice(1, -1).replaceAll("''", "'"), 'String');
  if (guid !== undefined) return createLiteral(guid, 'Guid');
  if (date !== undefined) return createLiteral(date, 'DateTimeOffset');
  if (number !== undefined) return createLiteral(Number(number), 'Int32');
  if (mark !== undefined) return { kind: 'mark', text: mark };
  if (word === 'true' || word === 'false') return createLiteral(word === 'true', 'Boolean');
  return word === 'null' || word === undefined ? createLiteral(null, 'null') : { kind: 'word', text: word };
}

const createLiteral = (value: Literal, type: LiteralType): Token => ({ kind: 'literal', value, type });
