// Runs one command of a script: one of PowerShell's own, or a cmdlet of Exchange Online by the rules of its module.
import type { Node } from 'web-tree-sitter';
import { CmdletError } from '../cmdlet-error.ts';
import { type CommandArgument, findPipelineCommand } from './pipeline-commands.ts';
import type { Scope } from './scope.ts';
import { ErrorRecord, fold, formatValue, ScriptObject, type Value } from './values.ts';

/** What a cmdlet was called with; names in lower case. */
export type CmdletArguments = ReadonlyMap<string, Value>;

export interface ScriptCmdlet {
  /** As Microsoft spells them; the first stands for a value without a name. */
  readonly parameters: readonly string[];
  /** Throws CmdletError. */
  run(args: CmdletArguments): Value[];
}

/** The cmdlet of this name in lower case. */
export type ScriptCmdlets = (name: string) => ScriptCmdlet | undefined;

interface Command {
  readonly name: string;
  readonly args: readonly CommandArgument[];
  /** null: it begins its pipeline. */
  readonly input: readonly Value[] | null;
  readonly scope: Scope;
  readonly runBlock: (body: Node, current: Value) => Value[];
}

export type RunCommand = (command: Command) => Value[];

/** `errors` takes those that do not end the script. */
export function createCommandRunner(cmdlets: ScriptCmdlets, errors: ErrorRecord[]): RunCommand {
  return (command) => {
    const { name, args, input, runBlock } = command;
    const own = findPipelineCommand(name);
    if (own) return own(input ?? [], args, ({ body }, current) => runBlock(body, current));
    try {
      return runCmdlet(cmdlets, command);
    } catch (error) {
      if (!(error instanceof CmdletError)) throw error;
      const record = new ErrorRecord(`|${formatExceptionName(error)}|${error.message}`, error.exception);
      const action = fold(formatValue(readErrorAction(command)));
      if (action === 'stop') throw record;
      if (action !== 'silentlycontinue') errors.push(record);
      return [];
    }
  };
}

function runCmdlet(cmdlets: ScriptCmdlets, { name, args, input }: Command): Value[] {
  const cmdlet = cmdlets(fold(name));
  if (!cmdlet)
    throw new CmdletError(
      400,
      'CommandNotFoundException',
      `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.`,
    );
  const bound = bindArguments(cmdlet, args);
  // Remove-ManagementRoleEntry "doesn't work" behind a pipe in Exchange Online (office-docs-powershell). The pages of the
  // other cmdlets promise nothing, so none takes a pipe.
  if (input !== null)
    throw new CmdletError(
      400,
      'ParameterBindingException',
      'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
    );
  // "Destructive cmdlets (for example, Remove-* cmdlets) have a built-in pause", which a script cannot answer.
  if (/^remove-/i.test(name) && bound.get('confirm') !== false)
    throw new CmdletError(400, 'HostException', 'The host does not support prompting for a confirmation.');
  return cmdlet.run(bound);
}

function bindArguments({ parameters }: ScriptCmdlet, args: readonly CommandArgument[]): CmdletArguments {
  const [first] = parameters;
  const known = [...parameters, ...common].map(fold);
  const bound = new Map<string, Value>();
  for (const { name, value } of args) {
    const key = fold(name ?? first ?? '');
    if (!known.includes(key) || bound.has(key)) throw createBindingError(name ?? formatValue(value), name === null);
    bound.set(key, value);
  }
  return bound;
}

const common = ['ErrorAction', 'Confirm'];

function createBindingError(what: string, isPositional: boolean): CmdletError {
  const parameter = isPositional ? 'A positional parameter' : 'A parameter';
  const by = isPositional ? `accepts argument '${what}'` : `matches parameter name '${what}'`;
  return new CmdletError(400, 'ParameterBindingException', `${parameter} cannot be found that ${by}.`);
}

/**
 * The cmdlets of Exchange Online are functions of a module, which see the global preferences only, not those of a script
 * (PowerShell/PowerShell 4568). `$PSDefaultParameterValues` is read where they are called.
 */
function readErrorAction({ args, scope }: Command): Value {
  const named = args.find(({ name }) => name !== null && fold(name) === 'erroraction');
  if (named) return named.value;
  const defaults = scope.get('PSDefaultParameterValues');
  return defaults instanceof ScriptObject ? defaults.get('*:ErrorAction') : 'Continue';
}

function formatExceptionName({ exception }: CmdletError): string {
  return `Microsoft.Exchange.Configuration.Tasks.${exception}`;
}
