// Whether a piece of shell can be run as it is written: every program in it is known, and each command is one that its program takes.
import { checkArguments } from './check-arguments.fixture.ts';
import { type CommandTable, loadCommandTable, type Tool, tools } from './command-table.ts';
import { isExplained, listPlaceholders } from './placeholders.fixture.ts';
import { readShell, type ShellCommand, type ShellWord } from './shell.fixture.ts';

/** Checks a command of a program of this project. Returns faults as phrases. */
type CheckOwn = (command: ShellCommand) => string[] | Promise<string[]>;

export interface Page {
  /** The code in its sentences and tables. */
  said: readonly string[];
  /** Variables that earlier blocks have set; those of this one are added. */
  set: Set<string>;
  own: Readonly<Record<string, CheckOwn>>;
}

/** Faults as sentences: what is written, and what about it is wrong. */
export async function checkShell(text: string, page: Page): Promise<string[]> {
  const { commands, looped, documents, variables, faults } = readShell(text);
  const found = [...faults];
  for (const command of commands)
    for (const fault of await checkCommand(command, page)) found.push(`${command.text}: ${fault}`);
  for (const word of looped) found.push(...listUnexplained(word, page));
  for (const document of documents) found.push(...checkDocument(document, page));
  for (const { name, isSet } of variables) {
    if (isSet) page.set.add(name);
    else if (!page.set.has(name) && !page.set.has('*') && !ofEveryShell.has(name))
      found.push(`$${name}: nothing before it sets it`);
  }
  return found;
}

/** A mention in a sentence may leave out arguments. `null`: it is none of the tools. */
export function checkMention(text: string): string[] | null {
  const [, tool = '', rest = ''] = /^(az|gh|git|pulumi) ([a-z-].*)$/s.exec(text) ?? [];
  if (!isTool(tool)) return null;
  const { commands, faults } = readShell(`${tool} ${rest.replaceAll(/<([^>]*)>/g, "'$1'").replaceAll('…', '')}`);
  return [...faults, ...commands.flatMap(({ args }) => checkArguments(getTable(tool), args, true))];
}

async function checkCommand(command: ShellCommand, page: Page): Promise<string[]> {
  const { program, args } = command;
  const own = page.own[program];
  if (own !== undefined) return own(command);
  if (program.startsWith('$')) return [];
  if (!isTool(program)) return ordinary.has(program) ? [] : [`it is not known what ${program} is`];
  return [
    ...checkArguments(getTable(program), args),
    ...args.filter(({ isPattern }) => isPattern).map(({ text: word }) => `zsh takes ${word} for a pattern: quote it`),
    ...args.flatMap((word) => listUnexplained(word, page)),
  ];
}

function listUnexplained({ text }: ShellWord, { said }: Page): string[] {
  if (isValue(text)) return [];
  return listPlaceholders(text.replaceAll(/\$\(.*\)/gs, ''))
    .filter((name) => !isExplained(name, said))
    .map((name) => `the page does not say what ${name} stands for`);
}

/** A word in capitals that an option may be, such as a version of TLS. */
function isValue(text: string): boolean {
  return tools.some((tool) =>
    Object.values(getTable(tool).commands).some(({ options }) =>
      Object.values(options).some(({ values }) => values?.includes(text)),
    ),
  );
}

/** What stands between `<<` and its end: where it looks like JSON, it is. */
function checkDocument(text: string, { said }: Page): string[] {
  const unknown = listPlaceholders(text.replaceAll(/"[^"]*"/g, '""')).filter((name) => !isExplained(name, said));
  const faults = unknown.map((name) => `the page does not say what ${name} stands for`);
  if (!/^\s*[{[]/.test(text)) return faults;
  try {
    JSON.parse(text.replaceAll(/(?<=: *)[A-Z_]+(?= *[,}\]])/g, '0'));
    return faults;
  } catch (error) {
    return [...faults, `${text.slice(0, 40)} …: ${error instanceof Error ? error.message : 'no JSON'}`];
  }
}

const tables = new Map<Tool, CommandTable>();

function getTable(tool: Tool): CommandTable {
  const table = tables.get(tool) ?? loadCommandTable(tool);
  tables.set(tool, table);
  return table;
}

function isTool(name: string): name is Tool {
  return tools.some((tool) => tool === name);
}

/** Of every Unix, or of a shell; and `aws`, each of whose lines e2e/records-guide.long.test.ts runs. */
const ordinary: ReadonlySet<string> = new Set(
  'aws cat cd curl echo eval exec export grep jq kill mkdir read rm sed sha256sum source xargs'.split(' '),
);

const ofEveryShell: ReadonlySet<string> = new Set(['HOME', 'PATH', 'PWD', '@', '?']);
