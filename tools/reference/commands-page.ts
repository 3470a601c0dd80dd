// docs/reference/commands.md: every command with its arguments, options, exit codes and examples, from commander.
import type { Argument, Command, Option } from 'commander';
import { addCompletion } from '../../cli/completion.ts';
import { commandNames, exitCodes, type Manual, manual } from '../../cli/manual.ts';
import { createProgram } from '../../cli/program.ts';
import { renderMarkdownTable } from './table.ts';

export async function renderCommandsPage(): Promise<string> {
  const program = await createProgram();
  await addCompletion(program);
  const sections = program.createHelp().visibleCommands(program).map(renderSection);
  return `${[
    '<!-- Written by `npm run reference`; edit cli/ instead. -->',
    '# Commands',
    'Each is shown by its name alone. In a repository where `npm ci` has installed it, `npx dormant <command>` runs it; in any other folder it is `npx @dormant-m365/dormant <command>`. Without a command `dormant` says what to do next.',
    '## Options of every command',
    renderMarkdownTable(['Option', 'What it does'], program.options.map(buildOptionRow)),
    '## Exit codes',
    renderMarkdownTable(['Code', 'Meaning'], Object.entries(exitCodes)),
    'Errors are on standard error in three lines: what is wrong, where, and what to do. With `--json` they are also a document on standard output: `{ "error": { "code", "message", "where", "remedy" } }`, or `problems` for files. [Each code](errors.md), when it comes and what to do.',
    ...sections,
  ].join('\n\n')}\n`;
}

function renderSection(command: Command): string {
  const name = command.name();
  const known = commandNames.find((one) => one === name);
  const { examples, ends = {} }: Pick<Manual, 'examples' | 'ends'> = known === undefined ? completion : manual[known];
  const { registeredArguments, options } = command;
  return [
    `## dormant ${name}`,
    toSentence(command.description()),
    `\`dormant ${name} ${command.usage()}\``,
    ...(registeredArguments.length > 0
      ? [renderMarkdownTable(['Argument', 'What it is'], registeredArguments.map(buildArgumentRow))]
      : []),
    ...(options.length > 0
      ? [renderMarkdownTable(['Option', 'What it does', 'Default', 'Allowed'], options.map(buildOptionRow))]
      : []),
    ...Object.entries(ends).map(([code, meaning]) => `Exit code ${code}: ${meaning}.`),
    ['```sh', ...examples, '```'].join('\n'),
  ].join('\n\n');
}

/** This command is added by a library. */
const completion = { examples: ['source <(dormant completion bash)'] };

function buildArgumentRow(argument: Argument): string[] {
  const [open, close] = argument.required ? ['<', '>'] : ['[', ']'];
  const name = `\`${open}${argument.name()}${argument.variadic ? '...' : ''}${close}\``;
  const choices = argument.argChoices ? `: ${argument.argChoices.join(', ')}` : '';
  return [name, `${argument.description}${choices}`];
}

function buildOptionRow(option: Option): string[] {
  const { flags, description, defaultValue, argChoices, mandatory } = option;
  const standard: unknown = defaultValue;
  const hasDefault = standard !== undefined && standard !== '' && !(Array.isArray(standard) && standard.length === 0);
  // An option named --no-… has the default true.
  const shown =
    hasDefault && !option.negate ? `\`${Array.isArray(standard) ? standard.join(' ') : String(standard)}\`` : '';
  return [
    `\`${flags}\``,
    `${description}${mandatory ? ' (required)' : ''}`,
    shown,
    argChoices?.map((choice) => `\`${choice}\``).join(', ') ?? '',
  ];
}

function toSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
