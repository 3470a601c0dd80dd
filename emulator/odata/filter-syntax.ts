// Parses $filter into a tree: the part of OData's grammar that Graph's directory accepts.
import { createFilterError, type Literal, type LiteralType, type Token, tokenise } from './filter-tokens.ts';
import { canonicaliseName } from './schema.ts';

const COMPARISONS = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'] as const;
const TEXT_TESTS = ['startswith', 'endswith', 'contains'] as const;

export type Comparison = (typeof COMPARISONS)[number];

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; path: string; operator: Comparison; value: Literal; type: LiteralType }
  | { kind: 'in'; path: string; values: Literal[]; types: LiteralType[] }
  | { kind: 'text'; test: (typeof TEXT_TESTS)[number]; path: string; value: string }
  | { kind: 'any'; path: string; variable: string; of: Filter };

/** The tree of a filter; 400 if it cannot be parsed. */
export function parseFilter(text: string): Filter {
  return new FilterParser(text).parse();
}

/** The paths that a filter names; those inside of `any` are that of its collection. */
export function listFilterPaths(filter: Filter): Set<string> {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return new Set([...listFilterPaths(filter.left), ...listFilterPaths(filter.right)]);
    case 'not':
      return listFilterPaths(filter.of);
    default:
      return new Set([filter.path]);
  }
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: Token[];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenise(text);
  }

  parse(): Filter {
    const filter = this.#parseOr();
    if (this.#position < this.#tokens.length) throw createFilterError(this.#text);
    return filter;
  }

  #parseOr(): Filter {
    let left = this.#parseAnd();
    while (this.#acceptWord('or')) left = { kind: 'or', left, right: this.#parseAnd() };
    return left;
  }

  #parseAnd(): Filter {
    let left = this.#parseOperand();
    while (this.#acceptWord('and')) left = { kind: 'and', left, right: this.#parseOperand() };
    return left;
  }

  #parseOperand(): Filter {
    if (this.#acceptWord('not')) return { kind: 'not', of: this.#parseOperand() };
    if (!this.#acceptMark('(')) return this.#parseTerm();
    const inner = this.#parseOr();
    this.#requireMark(')');
    return inner;
  }

  #parseTerm(): Filter {
    const path = this.#parseWord();
    const test = TEXT_TESTS.find((name) => name === path.toLowerCase());
    if (test) return this.#parseTextTest(test);
    if (path.toLowerCase().endsWith('/any')) return this.#parseAny(canonicaliseName(path.slice(0, -'/any'.length)));
    const word = this.#parseWord().toLowerCase();
    if (word === 'in') return { kind: 'in', path: canonicaliseName(path), ...this.#parseList() };
    const operator = COMPARISONS.find((name) => name === word);
    if (!operator) throw createFilterError(this.#text);
    return { kind: 'compare', path: canonicaliseName(path), operator, ...this.#parseLiteral() };
  }

  #parseTextTest(test: (typeof TEXT_TESTS)[number]): Filter {
    this.#requireMark('(');
    const path = canonicaliseName(this.#parseWord());
    this.#requireMark(',');
    const { value } = this.#parseLiteral();
    this.#requireMark(')');
    if (typeof value !== 'string') throw createFilterError(this.#text);
    return { kind: 'text', test, path, value };
  }

  #parseAny(path: string): Filter {
    this.#requireMark('(');
    const variable = this.#parseWord();
    this.#requireMark(':');
    const of = this.#parseOr();
    this.#requireMark(')');
    return { kind: 'any', path, variable, of };
  }

  #parseList(): { values: Literal[]; types: LiteralType[] } {
    this.#requireMark('(');
    const literals = [this.#parseLiteral()];
    while (this.#acceptMark(',')) literals.push(this.#parseLiteral());
    this.#requireMark(')');
    return { values: literals.map(({ value }) => value), types: literals.map(({ type }) => type) };
  }

  #parseWord(): string {
    const token = this.#takeToken();
    if (token.kind !== 'word') throw createFilterError(this.#text);
    return token.text;
  }

  #parseLiteral(): { value: Literal; type: LiteralType } {
    const token = this.#takeToken();
    if (token.kind !== 'literal') throw createFilterError(this.#text);
    return { value: token.value, type: token.type };
  }

  #requireMark(mark: string): void {
    if (!this.#acceptMark(mark)) throw createFilterError(this.#text);
  }

  #acceptMark(mark: string): boolean {
    const token = this.#tokens[this.#position];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#position += 1;
    return true;
  }

  #acceptWord(word: string): boolean {
    const token = this.#tokens[this.#position];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#position += 1;
    return true;
  }

  #takeToken(): Token {
    const token = this.#tokens[this.#position];
    if (!token) throw createFilterError(this.#text);
    this.#position += 1;
    return token;
  }
}
