// The options that every command has, one that several have, and JSON on standard output.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';

export interface Globals {
  /** Absolute path of the repository to work on. */
  repo: string;
  json: boolean;
  verbose: boolean;
}

export function getGlobals(command: Command): Globals {
  const options: { repo?: string; json?: true; verbose?: true } = command.optsWithGlobals();
  return {
    repo: resolve(options.repo ?? '.'),
    json: options.json ?? false,
    verbose: options.verbose ?? false,
  };
}

/** With --json, standard output is this one document. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Of `--pull`. */
export function parsePullNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be the number of a pull request.');
}
