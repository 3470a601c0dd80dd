// Reads the text of $filter into a tree: the part of OData's grammar that Graph's directory accepts.
import { badRequest } from './errors.ts';

export type Literal = string | number | boolean | null;
export type Comparison = 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt';
export type TextTest = 'startswith' | 'endswith' | 'contains';

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; path: string; operator: Comparison; value: Literal }
  | { kind: 'in'; path: string; values: Literal[] }
  | { kind: 'text'; test: TextTest; path: string; value: string }
  | { kind: 'any'; path: string; variable: string; of: Filter };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)|(-?\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*(?:\/[A-Za-z_$][\w$]*)*)|([(),:]))/iy;
const COMPARISONS = new Set<string>(['eq', 'ne', 'ge', 'le', 'gt', 'lt']);
const TEXT_TESTS = new Set<string>(['startswith', 'endswith', 'contains']);

type Token =
  | { kind: 'literal'; value: Literal }
  | { kind: 'word'; text: string }
  | { kind: 'mark'; text: string };

/** The tree of a filter; 400 with the place where it stops making sense. */
export function parseFilter(text: string): Filter {
  const tokens = tokenise(text);
  let place = 0;
  const peek = () => tokens[place];
  const next = () => {
    const token = tokens[place];
    if (!token) throw invalid(text);
    place += 1;
    return token;
  };
  const isWord = (word: string) => {
    const token = peek();
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  };
  const expectMark = (mark: string) => {
    const token = next();
    if (token.kind !== 'mark' || token.text !== mark) throw invalid(text);
  };
  const word = (): string => {
    const token = next();
    if (token.kind !== 'word') throw invalid(text);
    return token.text;
  };
  const literal = (): Literal => {
    const token = next();
    if (token.kind !== 'literal') throw invalid(text);
    return token.value;
  };

  const either = (): Filter => {
    let left = both();
    while (isWord('or')) {
      next();
      left = { kind: 'or', left, right: both() };
    }
    return left;
  };
  const both = (): Filter => {
    let left = unary();
    while (isWord('and')) {
      next();
      left = { kind: 'and', left, right: unary() };
    }
    return left;
  };
  const unary = (): Filter => {
    if (isWord('not')) {
      next();
      return { kind: 'not', of: unary() };
    }
    const token = peek();
    if (token?.kind === 'mark' && token.text === '(') {
      next();
      const inner = either();
      expectMark(')');
      return inner;
    }
    return term();
  };
  const term = (): Filter => {
    const path = word();
    if (TEXT_TESTS.has(path.toLowerCase())) return textTest(path.toLowerCase());
    if (path.toLowerCase().endsWith('/any')) return anyOf(path.slice(0, -4));
    const operator = word().toLowerCase();
    if (operator === 'in') return { kind: 'in', path, values: list() };
    if (isComparison(operator)) return { kind: 'compare', path, operator, value: literal() };
    throw invalid(text);
  };
  const textTest = (name: string): Filter => {
    expectMark('(');
    const path = word();
    expectMark(',');
    const value = literal();
    expectMark(')');
    if (typeof value !== 'string' || !isTextTest(name)) throw invalid(text);
    return { kind: 'text', test: name, path, value };
  };
  const anyOf = (path: string): Filter => {
    expectMark('(');
    const variable = word();
    expectMark(':');
    const of = either();
    expectMark(')');
    return { kind: 'any', path, variable, of };
  };
  const list = (): Literal[] => {
    expectMark('(');
    const values = [literal()];
    for (let token = next(); token.kind !== 'mark' || token.text !== ')'; token = next())
      values.push(literal());
    return values;
  };

  const filter = either();
  if (place < tokens.length) throw invalid(text);
  return filter;
}

function isComparison(word: string): word is Comparison {
  return COMPARISONS.has(word);
}

function isTextTest(word: string): word is TextTest {
  return TEXT_TESTS.has(word);
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text);
    if (!found) throw invalid(text);
    const [, quoted, guid, date, number, word, mark] = found;
    if (quoted !== undefined) {
      tokens.push({ kind: 'literal', value: quoted.slice(1, -1).replaceAll("''", "'") });
    } else if (guid ?? date) tokens.push({ kind: 'literal', value: guid ?? date ?? '' });
    else if (number !== undefined) tokens.push({ kind: 'literal', value: Number(number) });
    else if (word !== undefined) tokens.push(wordToken(word));
    else tokens.push({ kind: 'mark', text: mark ?? '' });
  }
  return tokens;
}

function wordToken(word: string): Token {
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  return word === 'null' ? { kind: 'literal', value: null } : { kind: 'word', text: word };
}

function invalid(text: string): Error {
  return badRequest(`Invalid filter clause: '${text}' cannot be read.`, 'BadRequest');
}
