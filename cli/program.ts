// The command line as a value: every command with its options, for whoever runs it, completes it or writes its reference.
import { Command } from 'commander';
import { usageFault } from './failure.ts';
import { type CommandName, commandNames, exitCodes, type Manual, manual } from './manual.ts';
import { whatNext } from './what-next.ts';

/** Loaded by name: Pulumi's and Azure's libraries take a second that `check` need not wait for. */
const load: Record<CommandName, () => Promise<Command>> = {
  init: async () => (await import('./commands/init.ts')).initCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  propose: async () => (await import('./commands/propose.ts')).proposeCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  preview: async () => (await import('./commands/preview.ts')).previewCommand(),
  apply: async () => (await import('./commands/apply.ts')).applyCommand(),
  exempt: async () => (await import('./commands/exempt.ts')).exemptCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  include: async () => (await import('./commands/include.ts')).includeCommand(),
  'release-files': async () => (await import('./commands/release-files.ts')).releaseFilesCommand(),
  stacks: async () => (await import('./commands/stacks.ts')).stacksCommand(),
  conceal: async () => (await import('./commands/conceal.ts')).concealCommand(),
  emulator: async () => (await import('./commands/emulator.ts')).emulatorCommand(),
};

/** `names`: the commands to have; nothing is run, and a fault is thrown instead of ending the process. */
export async function dormantProgram(names: readonly CommandName[] = commandNames): Promise<Command> {
  const program = withFaults(new Command('dormant'))
    .description('Deprovisions inactive Microsoft 365 accounts through pull requests.')
    .version('0.1.0')
    .option('--repo <folder>', 'root of the repository to work on (default: the current folder)')
    .option('--json', 'print one JSON document on standard output, and nothing else there')
    .option('--verbose', 'log each request with its request id on standard error')
    .addHelpText('after', '\nWithout a command it says what to do next in this repository.')
    .allowExcessArguments()
    .action((_options: object, command: Command) => whatNext(command));
  for (const name of names) {
    const { group, summary, examples, ends }: Manual = manual[name];
    const command = withFaults(await load[name]())
      .summary(summary)
      .helpGroup(`${group}:`)
      .configureHelp({ showGlobalOptions: true })
      .addHelpText('after', afterOptions(examples, { ...exitCodes, ...ends }));
    program.addCommand(command);
  }
  return program;
}

function withFaults(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageFault(text, fullName(command))) });
}

function fullName(command: Command): string {
  return command.parent ? `${command.parent.name()} ${command.name()}` : command.name();
}

function afterOptions(examples: readonly string[], ends: Record<number, string>): string {
  const codes = Object.entries(ends).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return ['', 'Exit codes:', ...codes, '', 'Examples:', ...examples.map((line) => `  ${line}`)].join('\n');
}
