// The command line as a value: every command with its options, to run, to complete or to write the reference from.
import { Command } from 'commander';
import { refuseBareRepository } from '../forge/git/git-errors.ts';
import { formatUsageFault } from './failure.ts';
import { getGlobals } from './globals.ts';
import { type CommandName, commandNames, exitCodes, type Manual, manual } from './manual.ts';
import { version } from './version.ts';

/** Loaded by name: Pulumi's and Azure's libraries take a second that `check` need not wait for, and `--version` waits for nothing. */
const load: Record<CommandName, () => Promise<Command>> = {
  look: async () => (await import('./commands/look.ts')).createLookCommand(),
  init: async () => (await import('./commands/init.ts')).createInitCommand(),
  key: async () => (await import('./commands/key.ts')).createKeyCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).createDoctorCommand(),
  audit: async () => (await import('./commands/audit.ts')).createAuditCommand(),
  propose: async () => (await import('./commands/propose.ts')).createProposeCommand(),
  check: async () => (await import('./commands/check.ts')).createCheckCommand(),
  preview: async () => (await import('./commands/preview.ts')).createPreviewCommand(),
  apply: async () => (await import('./commands/apply.ts')).createApplyCommand(),
  repeat: async () => (await import('./commands/repeat.ts')).createRepeatCommand(),
  pause: async () => (await import('./commands/pause.ts')).createPauseCommand(),
  why: async () => (await import('./commands/why.ts')).createWhyCommand(),
  exempt: async () => (await import('./commands/exempt.ts')).createExemptCommand(),
  restore: async () => (await import('./commands/restore.ts')).createRestoreCommand(),
  include: async () => (await import('./commands/include.ts')).createIncludeCommand(),
  'release-files': async () => (await import('./commands/release-files.ts')).createReleaseFilesCommand(),
  record: async () => (await import('./commands/record.ts')).createRecordCommand(),
  verify: async () => (await import('./commands/verify.ts')).createVerifyCommand(),
  erase: async () => (await import('./commands/erase.ts')).createEraseCommand(),
  events: async () => (await import('./commands/events.ts')).createEventsCommand(),
  stacks: async () => (await import('./commands/stacks.ts')).createStacksCommand(),
  conceal: async () => (await import('./commands/conceal.ts')).createConcealCommand(),
  upgrade: async () => (await import('./commands/upgrade.ts')).createUpgradeCommand(),
  emulator: async () => (await import('./commands/emulator.ts')).createEmulatorCommand(),
};

/** `names`: the commands to load. Nothing is run, and a usage error is thrown instead of ending the process. */
export async function createProgram(
  names: readonly CommandName[] = commandNames,
  versionText: string = version,
): Promise<Command> {
  const program = overrideExit(new Command('dormant'))
    .description('Deprovisions inactive Microsoft 365 accounts through pull requests.')
    .version(versionText)
    .option('--repo <folder>', 'root of the repository to work on (default: the current folder)')
    .option('--json', 'print one JSON document on standard output, and nothing else there')
    .option('--verbose', 'log each request with its request id on standard error')
    .addHelpText('after', '\nWithout a command it says what to do next in this repository.')
    .allowExcessArguments()
    .hook('preAction', (_program, command) => refuseBareRepository(getGlobals(command).repo))
    .action(async (_options: object, command: Command) => (await import('./next-steps.ts')).showNextSteps(command));
  for (const name of names) {
    const { group, summary, examples, ends }: Manual = manual[name];
    const command = overrideExit(await load[name]())
      .summary(summary)
      .helpGroup(`${group}:`)
      .configureHelp({ showGlobalOptions: true })
      .addHelpText('after', renderHelpEnd(examples, { ...exitCodes, ...ends }));
    program.addCommand(command);
  }
  return program;
}

function overrideExit(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(formatUsageFault(text, getFullName(command))) });
}

function getFullName(command: Command): string {
  return command.parent ? `${command.parent.name()} ${command.name()}` : command.name();
}

function renderHelpEnd(examples: readonly string[], ends: Record<number, string>): string {
  const codes = Object.entries(ends).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return ['', 'Exit codes:', ...codes, '', 'Examples:', ...examples.map((line) => `  ${line}`)].join('\n');
}
