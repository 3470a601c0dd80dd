// Reads conditions as PowerShell writes them: Exchange's -Filter (OPATH) and the membership rules of Entra's dynamic groups.
// `A -eq 1 -and -not (B -in ["x"])`; hyphens may be left out in rules, not in filters; nothing is case-sensitive.
export interface ConditionTest {
  readonly kind: 'test';
  readonly property: string;
  /** In lower case, without its hyphen. */
  readonly operator: string;
  /** `$true` and `true` are the text `true`; null stands for `$null`. */
  readonly values: readonly (string | null)[];
}

export type Condition =
  | ConditionTest
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** The tree of a rule; throws SyntaxError if it cannot be parsed. */
export function parseCondition(text: string): Condition {
  return new ConditionParser(text, isWord).parse();
}

/**
 * The tree of a filter: "Include the hyphen before all logical or comparison operators", "enclose the text in single
 * quotation marks" (office-docs-powershell, recipient-filters.md). Throws SyntaxError if it cannot be parsed.
 */
export function parseOpathFilter(text: string): Condition {
  return new ConditionParser(text, isHyphenated).parse();
}

type Spelling = (token: string, word: string) => boolean;

const isWord: Spelling = (token, word) => normalizeWord(token) === word;
const isHyphenated: Spelling = (token, word) => token.toLowerCase() === `-${word}`;

/** The value of a condition; null if it depends on a test that is unknown (null). */
export function evaluateCondition(
  condition: Condition,
  decide: (test: ConditionTest) => boolean | null,
): boolean | null {
  if (condition.kind === 'test') return decide(condition);
  if (condition.kind === 'not') {
    const of = evaluateCondition(condition.of, decide);
    return of === null ? null : !of;
  }
  const sides = [evaluateCondition(condition.left, decide), evaluateCondition(condition.right, decide)];
  const decisive = condition.kind === 'or';
  if (sides.includes(decisive)) return decisive;
  return sides.includes(null) ? null : !decisive;
}

const TOKEN = /\s*("(?:[^"`]|`.)*"|'(?:[^']|'')*'|[()[\],]|[^\s()[\],'"]+)/gy;
const QUOTES = ['"', "'"];

class ConditionParser {
  readonly #text: string;
  readonly #isSpelled: Spelling;
  readonly #tokens: string[];
  #position = 0;

  constructor(text: string, spells: Spelling) {
    this.#text = text;
    this.#isSpelled = spells;
    const found = [...text.matchAll(TOKEN)];
    this.#tokens = found.map(([, token = '']) => token);
    const read = found.map(([whole]) => whole).join('');
    if (read.length < text.trimEnd().length) throw this.#createSyntaxError();
  }

  parse(): Condition {
    const condition = this.#parseOr();
    if (this.#position < this.#tokens.length) throw this.#createSyntaxError();
    return condition;
  }

  #parseOr(): Condition {
    let left = this.#parseAnd();
    while (this.#accept('or')) left = { kind: 'or', left, right: this.#parseAnd() };
    return left;
  }

  #parseAnd(): Condition {
    let left = this.#parseOperand();
    while (this.#accept('and')) left = { kind: 'and', left, right: this.#parseOperand() };
    return left;
  }

  #parseOperand(): Condition {
    if (this.#accept('not')) return { kind: 'not', of: this.#parseOperand() };
    if (!this.#accept('(')) return this.#parseTest();
    const inner = this.#parseOr();
    if (!this.#accept(')')) throw this.#createSyntaxError();
    return inner;
  }

  #parseTest(): Condition {
    const property = this.#takeToken();
    const operator = this.#parseOperator();
    if (operator === 'any' || operator === 'all') {
      this.#skipGroup();
      return { kind: 'test', property, operator, values: [] };
    }
    return { kind: 'test', property, operator, values: this.#parseValues() };
  }

  #parseValues(): (string | null)[] {
    if (!this.#accept('[')) return [this.#parseLiteral()];
    const values: (string | null)[] = [];
    while (!this.#accept(']')) {
      if (!this.#accept(',')) values.push(this.#parseLiteral());
    }
    return values;
  }

  /** The condition on a collection's entries, in parentheses. */
  #skipGroup(): void {
    let depth = 0;
    do {
      const token = this.#takeToken();
      if (token === '(') depth += 1;
      if (token === ')') depth -= 1;
    } while (depth > 0);
  }

  #parseOperator(): string {
    const token = this.#takeToken();
    if (this.#isSpelled === isHyphenated && !/^-[a-z]/i.test(token)) throw this.#createSyntaxError();
    return normalizeWord(token);
  }

  #parseLiteral(): string | null {
    const token = this.#takeToken();
    if (this.#isSpelled === isHyphenated && !/^(['"\d]|\$(true|false|null)$)/i.test(token))
      throw this.#createSyntaxError();
    return unquoteLiteral(token);
  }

  #accept(word: string): boolean {
    const token = this.#tokens[this.#position];
    if (token === undefined || !(/\W/.test(word) ? token === word : this.#isSpelled(token, word))) return false;
    this.#position += 1;
    return true;
  }

  #takeToken(): string {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw this.#createSyntaxError();
    this.#position += 1;
    return token;
  }

  #createSyntaxError(): SyntaxError {
    return new SyntaxError(`'${this.#text}' is not a valid condition; write it like: user.accountEnabled -eq true.`);
  }
}

function normalizeWord(token: string): string {
  return token.replace(/^-/, '').toLowerCase();
}

function unquoteLiteral(token: string): string | null {
  if (QUOTES.includes(token[0] ?? '')) return token.slice(1, -1).replaceAll(/`(.)/g, '$1').replaceAll("''", "'");
  const word = token.replace(/^\$/, '');
  return word.toLowerCase() === 'null' ? null : word;
}
