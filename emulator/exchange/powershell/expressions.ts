// Evaluates PowerShell expressions. An unsupported one is a fault of the emulator, not of the script, and ends the test.
import type { Node } from 'web-tree-sitter';
import { findComparison } from './operators.ts';
import type { Scope } from './scope.ts';
import { listParts, unwrap } from './syntax.ts';
import { fold, formatValue, gather, isTrue, readMember, ScriptBlock, ScriptObject, type Value } from './values.ts';

/** Runs the statements inside an expression, as in `(Get-Role)`, and returns their output. */
type RunInside = (node: Node, scope: Scope) => Value[];

export function evaluateExpression(wrapped: Node, scope: Scope, run: RunInside): Value {
  const node = unwrap(wrapped);
  const known = expressions[node.type];
  if (known) return known(node, scope, run);
  throw createUnknownSyntaxError(node);
}

/** Whether this node is an expression; otherwise it is a command or a statement. */
export function isExpression(wrapped: Node): boolean {
  return Object.hasOwn(expressions, unwrap(wrapped).type);
}

export function createUnknownSyntaxError({ type, text }: Node): Error {
  return new Error(`The embedded tenant's PowerShell does not support this ${type}: ${text}`);
}

type Evaluate = (node: Node, scope: Scope, run: RunInside) => Value;

const expressions: Readonly<Record<string, Evaluate>> = {
  verbatim_string_characters: ({ text }) => text.slice(1, -1).replaceAll(/(['‘’‚‛])['‘’‚‛]/g, '$1'),
  expandable_string_literal: expandString,
  generic_token: ({ text }) => text,
  simple_name: ({ text }) => text,
  decimal_integer_literal: ({ text }) => Number(text),
  variable: (node, scope) => readVariable(node.text, scope),
  member_access: readProperty,
  element_access: readElement,
  array_literal_expression: (node, scope, run) => listParts(node).map((part) => evaluateExpression(part, scope, run)),
  array_expression: (node, scope, run) => run(node, scope),
  parenthesized_expression: (node, scope, run) => gather(run(node, scope)),
  script_block_expression: (node) => new ScriptBlock(node),
  hash_literal_expression: readTable,
  expression_with_unary_operator: negate,
  logical_expression: combine,
  comparison_expression: compare,
};

function readVariable(text: string, scope: Scope): Value {
  const name = text.slice(1);
  const constant = constants.get(fold(name));
  return constant === undefined ? scope.get(name) : constant;
}

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Text, with the variables and `$(…)` in it. */
function expandString(node: Node, scope: Scope, run: RunInside): string {
  let text = '';
  let place = node.startIndex + 1;
  for (const part of listParts(node)) {
    text += unescapeLiteral(node, place, part.startIndex);
    text += formatValue(
      part.type === 'sub_expression' ? gather(run(part, scope)) : evaluateExpression(part, scope, run),
    );
    place = part.endIndex;
  }
  return text + unescapeLiteral(node, place, node.endIndex - 1);
}

function unescapeLiteral({ text, startIndex }: Node, from: number, to: number): string {
  return text
    .slice(from - startIndex, to - startIndex)
    .replaceAll('""', '"')
    .replaceAll(/`(.)/g, '$1');
}

function readProperty(node: Node, scope: Scope, run: RunInside): Value {
  const [of, member] = listParts(node);
  if (!of || !member) throw createUnknownSyntaxError(node);
  return readMember(evaluateExpression(of, scope, run), member.text);
}

function readElement(node: Node, scope: Scope, run: RunInside): Value {
  const [of, key] = listParts(node);
  if (!of || !key) throw createUnknownSyntaxError(node);
  const table = evaluateExpression(of, scope, run);
  if (table instanceof ScriptObject) return table.get(formatValue(evaluateExpression(key, scope, run)));
  throw createUnknownSyntaxError(node);
}

function readTable(node: Node, scope: Scope, run: RunInside): Value {
  const entries = node.descendantsOfType('hash_entry').flatMap((entry) => {
    const [key, value] = listParts(entry);
    if (!key?.firstNamedChild || !value) throw createUnknownSyntaxError(node);
    const name = formatValue(evaluateExpression(key.firstNamedChild, scope, run));
    return [[name, evaluateExpression(value, scope, run)] as const];
  });
  return new ScriptObject(Object.fromEntries(entries));
}

function negate(node: Node, scope: Scope, run: RunInside): Value {
  const [operand] = listParts(node);
  if (!operand || !/^(-not|!)/i.test(node.text)) throw createUnknownSyntaxError(node);
  return !isTrue(evaluateExpression(operand, scope, run));
}

function combine(node: Node, scope: Scope, run: RunInside): Value {
  const [left, right] = listParts(node);
  const operator = fold(node.child(1)?.text ?? '');
  if (!left || !right || !['-and', '-or'].includes(operator)) throw createUnknownSyntaxError(node);
  const first = isTrue(evaluateExpression(left, scope, run));
  if (first !== (operator === '-and')) return first;
  return isTrue(evaluateExpression(right, scope, run));
}

function compare(node: Node, scope: Scope, run: RunInside): Value {
  const [left, operator, right] = listParts(node);
  const comparison = findComparison(operator?.text ?? '');
  if (!left || !right || !comparison) throw createUnknownSyntaxError(node);
  const value = evaluateExpression(left, scope, run);
  // PowerShell would compare each entry of a list; only -join takes the whole.
  if (Array.isArray(value) && fold(operator?.text ?? '') !== '-join') throw createUnknownSyntaxError(node);
  return comparison(value, evaluateExpression(right, scope, run));
}
