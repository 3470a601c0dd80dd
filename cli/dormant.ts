#!/usr/bin/env node
// The command line. Thin: each command calls one function of audit/, policy/, stacks/ or emulator/.
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';
import { exitCodeOf, printFailure } from './failure.ts';
import { whatNext } from './what-next.ts';

/** In the order of use. Loaded by name: Pulumi's and Azure's libraries take a second that `check` need not wait for. */
const commands: Record<string, () => Promise<Command>> = {
  init: async () => (await import('./commands/init.ts')).initCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  stacks: async () => (await import('./commands/stacks.ts')).stacksCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  propose: async () => (await import('./commands/propose.ts')).proposeCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  preview: async () => (await import('./commands/preview.ts')).previewCommand(),
  apply: async () => (await import('./commands/apply.ts')).applyCommand(),
  exempt: async () => (await import('./commands/exempt.ts')).exemptCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  include: async () => (await import('./commands/include.ts')).includeCommand(),
  conceal: async () => (await import('./commands/conceal.ts')).concealCommand(),
  emulator: async () => (await import('./commands/emulator.ts')).emulatorCommand(),
};

async function dormant(argv: readonly string[]): Promise<Command> {
  const program = new Command('dormant')
    .description('Deprovisions inactive Microsoft 365 accounts through pull requests.')
    .version('0.1.0')
    .option('--repo <folder>', 'root of the repository to work on', process.cwd())
    .option('--json', 'print one JSON document on standard output and nothing else there', false)
    .option('--verbose', 'log each request with its request id', false)
    .showHelpAfterError('Run the same command with --help to see what it takes.')
    .exitOverride()
    .action((_options: object, command: Command) => whatNext(command));
  const named = Object.keys(commands).filter((name) => argv.includes(name));
  for (const name of named.length > 0 ? named : Object.keys(commands)) {
    const load = commands[name];
    if (load) program.addCommand((await load()).exitOverride());
  }
  return program;
}

enableCompileCache();
try {
  await (await dormant(process.argv.slice(2))).parseAsync();
} catch (error) {
  printFailure(error);
  process.exitCode = exitCodeOf(error);
}
