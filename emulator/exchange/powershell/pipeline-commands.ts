// PowerShell's own pipeline commands, and the parsing of a command's arguments.
import type { Node } from 'web-tree-sitter';
import { findComparison } from './operators.ts';
import { formatValue, gather, isTrue, readMember, ScriptBlock, type Value } from './values.ts';

export interface CommandArgument {
  /** Without its hyphen; null: by position. */
  readonly name: string | null;
  /** `true` of a switch. */
  readonly value: Value;
}

/** The arguments of a command: `-Name value`, `-Name:value`, `-Switch`, or a value by its place. */
export function parseArguments(elements: readonly Node[], evaluate: (node: Node) => Value): readonly CommandArgument[] {
  const args: CommandArgument[] = [];
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at];
    if (!element) break;
    if (element.type !== 'command_parameter') {
      args.push({ name: null, value: evaluate(element) });
      continue;
    }
    const next = elements[at + 1];
    const hasValue = next !== undefined && next.type !== 'command_parameter';
    args.push({ name: element.text.slice(1), value: hasValue ? evaluate(next) : true });
    if (hasValue) at++;
  }
  return args;
}

type RunBlock = (block: ScriptBlock, current: Value) => Value[];

/** PowerShell's own pipeline command of this name; undefined: it is not supported. */
export function findPipelineCommand(
  name: string,
): ((input: readonly Value[], args: readonly CommandArgument[], run: RunBlock) => Value[]) | undefined {
  return pipelineCommands[name.toLowerCase()];
}

const pipelineCommands: Readonly<
  Record<string, (input: readonly Value[], args: readonly CommandArgument[], run: RunBlock) => Value[]>
> = {
  'where-object': (input, args, run) => {
    const passes = createPredicate(args, run);
    return input.filter(passes);
  },
  'foreach-object': (input, args, run) => {
    const [block] = args;
    if (!(block?.value instanceof ScriptBlock))
      throw new Error('ForEach-Object is supported only with a script block.');
    const { value } = block;
    return input.flatMap((each) => run(value, each));
  },
  'format-table': (input) => [...input],
};

/** `{ $_.Name -eq 'x' }`, or `Name -EQ 'x'`. */
function createPredicate(args: readonly CommandArgument[], run: RunBlock): (value: Value) => boolean {
  const [first, second] = args;
  const block = first?.value;
  if (block instanceof ScriptBlock) return (value) => isTrue(gather(run(block, value)));
  const comparison = findComparison(`-${second?.name ?? ''}`);
  if (first === undefined || second === undefined || !comparison)
    throw new Error(`Where-Object is not supported with ${args.map(({ name }) => name).join(', ')}.`);
  return (value) => isTrue(comparison(readMember(value, formatValue(first.value)), second.value));
}
