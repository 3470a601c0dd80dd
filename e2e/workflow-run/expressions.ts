// Evaluates `${{ }}` with GitHub's own library; the status functions come from the job.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The contexts of expressions: github, env, vars, secrets, inputs, matrix, needs, steps, runner, job. */
export type Contexts = Readonly<Record<string, Json>>;

export type JobStatus = 'success' | 'failure' | 'cancelled' | 'skipped';

/** The text with every `${{ }}` in it replaced. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_all, expression) =>
    evaluateExpression(expression, contexts, 'success').coerceString(),
  );
}

/** A value that is one expression keeps its type, such as the list that `fromJSON` gives a matrix. */
export function evaluateTyped(text: string, contexts: Contexts): Json {
  const [, whole] = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text) ?? [];
  return whole === undefined ? interpolate(text, contexts) : toJson(evaluateExpression(whole, contexts, 'success'));
}

/** An `if:`. Without a status function it also requires that nothing has failed. */
export function evaluateIf(text: string | undefined, contexts: Contexts, status: JobStatus): boolean {
  const [, inner] = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text ?? '') ?? [];
  const expression = inner ?? text ?? 'success()';
  const asks = /\b(?:always|success|failure|cancelled)\s*\(/.test(expression);
  return isTruthy(evaluateExpression(asks ? expression : `success() && (${expression})`, contexts, status));
}

function evaluateExpression(expression: string, contexts: Contexts, status: JobStatus): data.ExpressionData {
  const functions = Object.entries(statusFunctions).map(([name, holds]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(holds(status)),
  }));
  const parser = new Parser(new Lexer(expression.trim()).lex().tokens, Object.keys(contexts), functions);
  const own = new Map(functions.map((definition) => [definition.name, definition]));
  const dictionary = toExpressionData(contexts);
  if (!(dictionary instanceof data.Dictionary)) throw new TypeError('contexts are a dictionary');
  return new Evaluator(parser.parse(), dictionary, own).evaluate();
}

const statusFunctions: Record<string, (status: JobStatus) => boolean> = {
  always: () => true,
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  cancelled: (status) => status === 'cancelled',
};

function isTruthy(value: data.ExpressionData): boolean {
  const json = toJson(value);
  return json !== null && json !== false && json !== 0 && json !== '';
}

function toExpressionData(value: Json): data.ExpressionData {
  if (value === null) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (isList(value)) return new data.Array(...value.map(toExpressionData));
  const pairs = Object.entries(value).map(([key, entry]) => ({ key, value: toExpressionData(entry) }));
  return new data.Dictionary(...pairs);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function toJson(value: data.ExpressionData): Json {
  return JSON.parse(JSON.stringify(value, data.replacer)) as Json;
}
