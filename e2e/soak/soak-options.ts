// The options of `npm run soak`, with a text that says what they are for and a sentence for each that cannot be.
import { Command, InvalidArgumentError } from 'commander';

export interface SoakOptions {
  minutes: number;
  seed: number;
  stories: number;
  atOnce: number;
  /** 0 to 1. */
  size: number;
  weeks: number;
  verbose: boolean;
}

/** `args`: without the program. Throws commander's `CommanderError`, which has been printed; its exit code is 0 for --help. */
export function parseSoakOptions(args: readonly string[], seed: number): SoakOptions {
  const program = new Command('npm run soak --')
    .description('Tell stories of small companies in which everything goes wrong, and compare each end with main.')
    .option('--minutes <number>', 'begin no story that would end later than this', parseAbove(0), 10)
    .option('--seed <number>', 'of the first story; the others have the numbers after it', parseWhole(0), seed)
    .option('--stories <number>', 'at most so many', parseWhole(1), 1000)
    .option('--at-once <number>', 'beside each other', parseWhole(1), 4)
    .option('--size <share>', 'how many of the kinds of people take part, from 0 to 1', parseShare, 0.5)
    .option('--weeks <number>', 'of each story', parseWhole(1), 5)
    .option('--verbose', 'print each story as it is told, not only one that fails', false)
    .exitOverride((error) => {
      if (error.exitCode !== 0) error.exitCode = 2;
      throw error;
    });
  return program.parse(args, { from: 'user' }).opts<SoakOptions>();
}

function parseWhole(least: number) {
  return (text: string): number => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
  };
}

function parseAbove(least: number) {
  return (text: string): number => {
    if (isDecimal(text) && Number(text) > least) return Number(text);
    throw new InvalidArgumentError(`It must be a number above ${least}.`);
  };
}

function parseShare(text: string): number {
  if (isDecimal(text) && Number(text) <= 1) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

function isDecimal(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text);
}
