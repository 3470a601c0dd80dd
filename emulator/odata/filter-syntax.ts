// Reads the text of $filter into a tree: the part of OData's grammar that Graph's directory accepts.
import { invalidFilter, type Literal, type Token, tokensOf } from './filter-tokens.ts';

const COMPARISONS = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'] as const;
const TEXT_TESTS = ['startswith', 'endswith', 'contains'] as const;

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; path: string; operator: (typeof COMPARISONS)[number]; value: Literal }
  | { kind: 'in'; path: string; values: Literal[] }
  | { kind: 'text'; test: (typeof TEXT_TESTS)[number]; path: string; value: string }
  | { kind: 'any'; path: string; variable: string; of: Filter };

/** The tree of a filter; 400 if it makes no sense. */
export function parseFilter(text: string): Filter {
  return new FilterReader(text).whole();
}

class FilterReader {
  readonly #text: string;
  readonly #tokens: Token[];
  #place = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  whole(): Filter {
    const filter = this.#either();
    if (this.#place < this.#tokens.length) throw invalidFilter(this.#text);
    return filter;
  }

  #either(): Filter {
    let left = this.#both();
    while (this.#takesWord('or')) left = { kind: 'or', left, right: this.#both() };
    return left;
  }

  #both(): Filter {
    let left = this.#one();
    while (this.#takesWord('and')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }

  #one(): Filter {
    if (this.#takesWord('not')) return { kind: 'not', of: this.#one() };
    if (!this.#takesMark('(')) return this.#term();
    const inner = this.#either();
    this.#mark(')');
    return inner;
  }

  #term(): Filter {
    const path = this.#word();
    const test = TEXT_TESTS.find((name) => name === path.toLowerCase());
    if (test) return this.#textTest(test);
    if (path.toLowerCase().endsWith('/any')) return this.#any(path.slice(0, -'/any'.length));
    const word = this.#word().toLowerCase();
    if (word === 'in') return { kind: 'in', path, values: this.#list() };
    const operator = COMPARISONS.find((name) => name === word);
    if (!operator) throw invalidFilter(this.#text);
    return { kind: 'compare', path, operator, value: this.#literal() };
  }

  #textTest(test: (typeof TEXT_TESTS)[number]): Filter {
    this.#mark('(');
    const path = this.#word();
    this.#mark(',');
    const value = this.#literal();
    this.#mark(')');
    if (typeof value !== 'string') throw invalidFilter(this.#text);
    return { kind: 'text', test, path, value };
  }

  #any(path: string): Filter {
    this.#mark('(');
    const variable = this.#word();
    this.#mark(':');
    const of = this.#either();
    this.#mark(')');
    return { kind: 'any', path, variable, of };
  }

  #list(): Literal[] {
    this.#mark('(');
    const values = [this.#literal()];
    while (this.#takesMark(',')) values.push(this.#literal());
    this.#mark(')');
    return values;
  }

  #word(): string {
    const token = this.#next();
    if (token.kind !== 'word') throw invalidFilter(this.#text);
    return token.text;
  }

  #literal(): Literal {
    const token = this.#next();
    if (token.kind !== 'literal') throw invalidFilter(this.#text);
    return token.value;
  }

  #mark(mark: string): void {
    if (!this.#takesMark(mark)) throw invalidFilter(this.#text);
  }

  #takesMark(mark: string): boolean {
    const token = this.#tokens[this.#place];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#place += 1;
    return true;
  }

  #takesWord(word: string): boolean {
    const token = this.#tokens[this.#place];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#place += 1;
    return true;
  }

  #next(): Token {
    const token = this.#tokens[this.#place];
    if (!token) throw invalidFilter(this.#text);
    this.#place += 1;
    return token;
  }
}
