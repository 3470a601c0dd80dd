// Runs a PowerShell script that calls cmdlets of Exchange Online. Anything such scripts do not need is refused.
import type { Node } from 'web-tree-sitter';
import { createUnknownSyntaxError, evaluateExpression, isExpression } from './expressions.ts';
import { parseArguments } from './pipeline-commands.ts';
import { createCommandRunner, type RunCommand, type ScriptCmdlets } from './run-command.ts';
import { Scope } from './scope.ts';
import { listParts, parseScript, unwrap } from './syntax.ts';
import { ErrorRecord, enumerate, formatValue, gather, isTrue, type Value } from './values.ts';

export interface ScriptRun {
  /** Its output, up to its end. */
  readonly output: readonly Value[];
  /** Errors that did not end it. */
  readonly errors: readonly ErrorRecord[];
  /** The error that ended it early. */
  readonly failure: ErrorRecord | null;
}

/** Runs it to its end or its first terminating error. Throws SyntaxError if it cannot be parsed. */
export async function runScript(script: string, cmdlets: ScriptCmdlets): Promise<ScriptRun> {
  const errors: ErrorRecord[] = [];
  const output: Value[] = [];
  const runner = new ScriptRunner(createCommandRunner(cmdlets, errors));
  try {
    runner.runAll(await parseScript(script), new Scope(), (value) => output.push(value));
    return { output, errors, failure: null };
  } catch (error) {
    if (error instanceof ErrorRecord) return { output, errors, failure: error };
    throw error;
  }
}

type Emit = (value: Value) => void;

class ScriptRunner {
  readonly #runCommand: RunCommand;

  constructor(runCommand: RunCommand) {
    this.#runCommand = runCommand;
  }

  /** Runs every statement below the node, in order. */
  runAll(node: Node, scope: Scope, emit: Emit): void {
    for (const part of listParts(node)) {
      if (containers.has(part.type)) this.runAll(part, scope, emit);
      else this.#runStatement(part, scope, emit);
    }
  }

  #runStatement(wrapped: Node, scope: Scope, emit: Emit): void {
    const node = unwrap(wrapped);
    if (node.type === 'empty_statement') return;
    if (node.type === 'assignment_expression') this.#assign(node, scope);
    else if (node.type === 'function_statement') declareFunction(node, scope);
    else if (node.type === 'if_statement') this.#runIf(node, scope, emit);
    else if (node.type === 'try_statement') this.#runTry(node, scope, emit);
    else if (node.type === 'flow_control_statement') this.#throw(node, scope);
    else this.#runPipeline(node, scope, emit);
  }

  #assign(node: Node, scope: Scope): void {
    const [left, , right] = listParts(node);
    const variable = left && unwrap(left);
    if (!right || variable?.type !== 'variable') throw createUnknownSyntaxError(node);
    scope.set(variable.text.slice(1), this.#evaluateValue(right, scope));
  }

  /** An expression's value as it is; a pipeline's output, gathered. */
  #evaluateValue(node: Node, scope: Scope): Value {
    return isExpression(node) ? this.#evaluate(node, scope) : gather(this.#collect(node, scope));
  }

  #evaluate(node: Node, scope: Scope): Value {
    return evaluateExpression(node, scope, (inside, within) => this.#collectAll(inside, within));
  }

  #collect(node: Node, scope: Scope): Value[] {
    const output: Value[] = [];
    this.#runStatement(node, scope, (value) => output.push(value));
    return output;
  }

  #collectAll(node: Node, scope: Scope): Value[] {
    const output: Value[] = [];
    this.runAll(node, scope, (value) => output.push(value));
    return output;
  }

  #runPipeline(node: Node, scope: Scope, emit: Emit): void {
    const stages = node.type === 'pipeline_chain' ? listParts(node) : [node];
    let input: readonly Value[] | null = null;
    for (const [at, stage] of stages.entries()) {
      const output: Value[] = [];
      const isLast = at === stages.length - 1;
      this.#runStage(stage, input, scope, isLast ? emit : (value) => output.push(value));
      input = output;
    }
  }

  #runStage(wrapped: Node, input: readonly Value[] | null, scope: Scope, emit: Emit): void {
    const node = unwrap(wrapped);
    if (node.type === 'command') this.#call(node, input, scope, emit);
    else if (isExpression(node)) for (const value of enumerate(this.#evaluate(node, scope))) emit(value);
    else throw createUnknownSyntaxError(node);
  }

  /** A function of the script, or a command. */
  #call(node: Node, input: readonly Value[] | null, scope: Scope, emit: Emit): void {
    const name = node.childForFieldName('command_name')?.text ?? '';
    const elements = listParts(node.childForFieldName('command_elements'));
    const values = elements.filter(({ type }) => type !== 'command_argument_sep');
    const args = parseArguments(values, (element) => this.#evaluate(element, scope));
    const called = scope.functions.get(name.toLowerCase());
    if (called) {
      const inner = new Scope(scope);
      for (const [at, parameter] of called.parameters.entries()) inner.set(parameter, args[at]?.value ?? null);
      this.runAll(called.body, inner, emit);
      return;
    }
    const runBlock = (body: Node, current: Value) => scope.runWithCurrent(current, () => this.#collectAll(body, scope));
    for (const value of this.#runCommand({ name, args, input, scope, runBlock })) emit(value);
  }

  #runIf(node: Node, scope: Scope, emit: Emit): void {
    const [condition, block, otherwise] = listParts(node);
    if (!condition || !block) throw createUnknownSyntaxError(node);
    if (isTrue(this.#evaluateValue(condition, scope))) this.runAll(block, scope, emit);
    else if (otherwise) this.runAll(otherwise, scope, emit);
  }

  #runTry(node: Node, scope: Scope, emit: Emit): void {
    const [block, clauses] = listParts(node);
    const handler = clauses?.firstNamedChild?.firstNamedChild;
    if (!block || handler?.type !== 'statement_block') throw createUnknownSyntaxError(node);
    try {
      this.runAll(block, scope, emit);
    } catch (error) {
      if (!(error instanceof ErrorRecord)) throw error;
      scope.runWithCurrent(error, () => this.runAll(handler, scope, emit));
    }
  }

  /** `throw 'text'`; without a text, in a `catch`, the error again. */
  #throw(node: Node, scope: Scope): never {
    if (!/^throw\b/i.test(node.text)) throw createUnknownSyntaxError(node);
    const [what] = listParts(node);
    const current = scope.get('_');
    if (!what && current instanceof ErrorRecord) throw current;
    const text = what ? formatValue(this.#evaluateValue(what, scope)) : 'ScriptHalted';
    throw new ErrorRecord(text, text);
  }
}

/** Nodes that only contain statements. */
const containers: ReadonlySet<string> = new Set([
  'statement_list',
  'statement_block',
  'script_block',
  'script_block_body',
]);

function declareFunction(node: Node, scope: Scope): void {
  const [name, declared, body] = listParts(node);
  if (!name || !declared || body?.type !== 'script_block') throw createUnknownSyntaxError(node);
  const parameters = declared.descendantsOfType('variable').map(({ text }) => text.slice(1));
  scope.functions.set(name.text.toLowerCase(), { parameters, body });
}
