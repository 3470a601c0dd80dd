#!/usr/bin/env node
// The command line. Thin: each command calls one function of audit/, policy/, stacks/ or emulator/.
import { Command } from 'commander';
import { applyCommand } from './commands/apply.ts';
import { auditCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { concealCommand } from './commands/conceal.ts';
import { previewCommand } from './commands/preview.ts';
import { proposeCommand } from './commands/propose.ts';
import { exitCodeOf, printFailure } from './failure.ts';

export function dormant(): Command {
  return new Command('dormant')
    .description('Deprovisions inactive Microsoft 365 accounts through pull requests.')
    .version('0.1.0')
    .option('--repo <folder>', 'root of the repository to work on', process.cwd())
    .option('--json', 'print one JSON document on standard output and nothing else there', false)
    .option('--verbose', 'log each request with its request id', false)
    .showHelpAfterError('Run the same command with --help to see what it takes.')
    .exitOverride()
    .addCommand(auditCommand())
    .addCommand(checkCommand())
    .addCommand(concealCommand())
    .addCommand(proposeCommand())
    .addCommand(previewCommand())
    .addCommand(applyCommand());
}

if (import.meta.main) {
  try {
    await dormant().parseAsync();
  } catch (error) {
    printFailure(error);
    process.exitCode = exitCodeOf(error);
  }
}
