// What a command line tool takes, as a table of its own version: tables/*.json, written by `npm run -s command-tables`.
import { readFileSync } from 'node:fs';

/** How many values follow an option's name. `joined`: none, or one behind `=`; `maybe`: none or one; `any`: none or more. */
type Takes = 'none' | 'one' | 'joined' | 'maybe' | 'any' | 'some';

export interface CommandOption {
  takes: Takes;
  required?: boolean;
  /** The option that stands in for a required one. */
  unless?: string;
  /** All that it may be. Absent: anything. */
  values?: readonly string[];
}

export interface Command {
  /** Of the arguments that are no options. */
  least: number;
  /** null: any number. */
  most: number | null;
  /** By all names of the option, as `--name, -n`. */
  options: Readonly<Record<string, CommandOption>>;
}

export interface CommandTable {
  tool: string;
  version: string;
  /** Where the tool comes from. */
  from: string;
  /** The day on which the table was made. */
  made: string;
  /** What makes it anew. */
  again: string;
  /** Taken before the first word of a command, as `git -C`. */
  everywhere: Readonly<Record<string, CommandOption>>;
  /** By its words, without the tool: `repo create`. */
  commands: Readonly<Record<string, Command>>;
}

export const tools = ['az', 'gh', 'git', 'pulumi'] as const;
export type Tool = (typeof tools)[number];

export function locateTable(name: string): URL {
  return new URL(`tables/${name}.json`, import.meta.url);
}

export function loadCommandTable(tool: Tool): CommandTable {
  return JSON.parse(readFileSync(locateTable(tool), 'utf8'));
}

/** The option of one of its names. */
export function findOption(
  options: Readonly<Record<string, CommandOption>>,
  name: string,
): (CommandOption & { names: string[] }) | null {
  for (const [joined, option] of Object.entries(options)) {
    const names = joined.split(', ');
    if (names.includes(name)) return { ...option, names };
  }
  return null;
}
