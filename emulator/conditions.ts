// Reads conditions as PowerShell writes them: Exchange's -Filter (OPATH) and the membership rules of Entra's dynamic groups.
// `A -eq 1 -and -not (B -in ["x"])`; the hyphens may be left out in rules, not in filters, and no word knows its case.

export interface Test {
  readonly kind: 'test';
  readonly property: string;
  /** In lower case, without its hyphen. */
  readonly operator: string;
  /** `$true` and `true` are the text `true`; null stands for `$null`. */
  readonly values: readonly (string | null)[];
}

export type Condition =
  | Test
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** The tree of a rule; a SyntaxError if it makes no sense. */
export function parseCondition(text: string): Condition {
  return new ConditionReader(text, isWord).whole();
}

/**
 * The tree of a filter: "Include the hyphen before all logical or comparison operators", "enclose the text in single quotation marks"
 * (office-docs-powershell, recipient-filters.md). A SyntaxError if it makes no sense.
 */
export function parseFilter(text: string): Condition {
  return new ConditionReader(text, isHyphenated).whole();
}

type Spelling = (token: string, word: string) => boolean;

const isWord: Spelling = (token, word) => wordOf(token) === word;
const isHyphenated: Spelling = (token, word) => token.toLowerCase() === `-${word}`;

/** What a condition comes to, if some tests may be unknown (null): so is then all that hangs on them. */
export function evaluate(condition: Condition, decide: (test: Test) => boolean | null): boolean | null {
  if (condition.kind === 'test') return decide(condition);
  if (condition.kind === 'not') {
    const of = evaluate(condition.of, decide);
    return of === null ? null : !of;
  }
  const sides = [evaluate(condition.left, decide), evaluate(condition.right, decide)];
  const decisive = condition.kind === 'or';
  if (sides.includes(decisive)) return decisive;
  return sides.includes(null) ? null : !decisive;
}

const TOKEN = /\s*("(?:[^"`]|`.)*"|'(?:[^']|'')*'|[()[\],]|[^\s()[\],'"]+)/gy;
const QUOTES = ['"', "'"];

class ConditionReader {
  readonly #text: string;
  readonly #spells: Spelling;
  readonly #tokens: string[];
  #place = 0;

  constructor(text: string, spells: Spelling) {
    this.#text = text;
    this.#spells = spells;
    const found = [...text.matchAll(TOKEN)];
    this.#tokens = found.map(([, token = '']) => token);
    const read = found.map(([whole]) => whole).join('');
    if (read.length < text.trimEnd().length) throw this.#unreadable();
  }

  whole(): Condition {
    const condition = this.#either();
    if (this.#place < this.#tokens.length) throw this.#unreadable();
    return condition;
  }

  #either(): Condition {
    let left = this.#both();
    while (this.#takes('or')) left = { kind: 'or', left, right: this.#both() };
    return left;
  }

  #both(): Condition {
    let left = this.#one();
    while (this.#takes('and')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }

  #one(): Condition {
    if (this.#takes('not')) return { kind: 'not', of: this.#one() };
    if (!this.#takes('(')) return this.#test();
    const inner = this.#either();
    if (!this.#takes(')')) throw this.#unreadable();
    return inner;
  }

  #test(): Condition {
    const property = this.#next();
    const operator = this.#operator();
    if (operator === 'any' || operator === 'all') {
      this.#skipGroup();
      return { kind: 'test', property, operator, values: [] };
    }
    return { kind: 'test', property, operator, values: this.#values() };
  }

  #values(): (string | null)[] {
    if (!this.#takes('[')) return [this.#literal()];
    const values: (string | null)[] = [];
    while (!this.#takes(']')) {
      if (!this.#takes(',')) values.push(this.#literal());
    }
    return values;
  }

  /** What is asked of the entries of a collection, in parentheses. */
  #skipGroup(): void {
    let depth = 0;
    do {
      const token = this.#next();
      if (token === '(') depth += 1;
      if (token === ')') depth -= 1;
    } while (depth > 0);
  }

  #operator(): string {
    const token = this.#next();
    if (this.#spells === isHyphenated && !/^-[a-z]/i.test(token)) throw this.#unreadable();
    return wordOf(token);
  }

  #literal(): string | null {
    const token = this.#next();
    if (this.#spells === isHyphenated && !/^(['"\d]|\$(true|false|null)$)/i.test(token))
      throw this.#unreadable();
    return literalOf(token);
  }

  #takes(word: string): boolean {
    const token = this.#tokens[this.#place];
    if (token === undefined || !(/\W/.test(word) ? token === word : this.#spells(token, word))) return false;
    this.#place += 1;
    return true;
  }

  #next(): string {
    const token = this.#tokens[this.#place];
    if (token === undefined) throw this.#unreadable();
    this.#place += 1;
    return token;
  }

  #unreadable(): SyntaxError {
    return new SyntaxError(`'${this.#text}' is no condition; write one like: user.accountEnabled -eq true.`);
  }
}

function wordOf(token: string): string {
  return token.replace(/^-/, '').toLowerCase();
}

function literalOf(token: string): string | null {
  if (QUOTES.includes(token[0] ?? ''))
    return token.slice(1, -1).replaceAll(/`(.)/g, '$1').replaceAll("''", "'");
  const word = token.replace(/^\$/, '');
  return word.toLowerCase() === 'null' ? null : word;
}
