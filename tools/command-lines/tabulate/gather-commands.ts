// From what a tool says of its commands to its table: only those that are used, in order.
import type { Command, CommandOption, CommandTable, Tool } from '../command-table.ts';
import { usedCommands } from '../used-commands.ts';

export type Tabulated = Pick<CommandTable, 'version' | 'from' | 'everywhere' | 'commands'>;

/** As the programs beside this file print it. */
export interface ListedCommand {
  /** With the tool. */
  path: string;
  least: number;
  most: number | null;
  options: readonly (CommandOption & { names: readonly string[] })[];
}

/** Throws if the tool lacks a command that is used. */
export function gatherCommands(tool: Tool, listed: readonly ListedCommand[]): Record<string, Command> {
  const found = new Map(listed.map((command) => [command.path, command]));
  return Object.fromEntries(
    usedCommands[tool].map((name) => {
      const command = found.get(`${tool} ${name}`);
      if (command === undefined)
        throw new Error(`${tool} has no command ${name}: take it out of tools/command-lines/used-commands.ts.`);
      const { least, most, options } = command;
      return [name, { least, most, options: joinNames(options) }];
    }),
  );
}

export function joinNames(options: ListedCommand['options']): Record<string, CommandOption> {
  const entries = options.map(
    ({ names, ...option }) => [names.toSorted(byLength).join(', '), compact(option)] as const,
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The long name first. */
function byLength(a: string, b: string): number {
  return b.length - a.length;
}

function compact({ takes, required, unless, values }: CommandOption): CommandOption {
  return {
    takes,
    ...(required ? { required } : {}),
    ...(unless === undefined ? {} : { unless }),
    ...(values === undefined ? {} : { values }),
  };
}
