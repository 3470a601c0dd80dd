// What the documentation says can be followed: links lead somewhere, commands and options exist, YAML fits its schema, files are there.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulatorCommand } from '@dormant-m365/emulator';
import type { Command } from 'commander';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addCompletion } from '../cli/completion.ts';
import { createProgram } from '../cli/program.ts';
import { schemas } from '../policy/schemas/file-kinds.ts';
import { listSchemaFaults } from '../policy/schemas/validate.ts';
import { checkCmdletMention, checkPowerShell } from '../tools/command-lines/check-powershell.fixture.ts';
import { checkMention, checkShell } from '../tools/command-lines/check-shell.fixture.ts';
import type { ShellCommand, ShellWord } from '../tools/command-lines/shell.fixture.ts';
import { readDocument } from '../tools/markdown-document.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const patterns = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md', 'emulator/*.md', 'cli/create/*.md'];
const paths = globSync(patterns, { cwd: root }).sort();
const documents = paths.map((path) => [path, readDocument(join(root, path))] as const);
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

describe.each(documents)('%s', (path, { targets, fences, words }) => {
  test('links only to what is there', () => {
    const broken = targets.filter((target) => !/^(https?|mailto):/.test(target) && !leadsSomewhere(path, target));
    expect(broken).toEqual([]);
  });

  test('has only commands that run as they are written', async () => {
    const page = { said: words, set: new Set<string>(), own };
    const blocks = fences.filter(({ language }) => ['sh', 'bash', ''].includes(language));
    const faults: string[] = [];
    for (const { text } of blocks) faults.push(...(await checkShell(text, page)));
    expect(faults.map((fault) => `${locate(path, fault)}: ${fault}`)).toEqual([]);
  });

  test('has only PowerShell that runs as it is written', async () => {
    const faults: string[] = [];
    for (const { text } of fences.filter(({ language }) => language === 'powershell'))
      faults.push(...(await checkPowerShell(text)));
    expect(faults).toEqual([]);
  });

  test('speaks only of commands, options and scripts that exist', () => {
    expect(words.flatMap((word) => faultsOfWord(word))).toEqual([]);
  });

  test('has only YAML that the schemas take', () => {
    const snippets = fences.filter(({ language }) => language === 'yaml').map(({ text }) => text);
    expect(snippets.flatMap(faultsOfYaml)).toEqual([]);
  });

  test('names only files that exist', () => {
    const base = path.startsWith('emulator/') ? join(root, 'emulator') : root;
    expect(words.filter((word) => isOwnPath(word) && !existsSync(join(base, word)))).toEqual([]);
  });
});

function leadsSomewhere(from: string, target: string): boolean {
  const [file = '', anchor] = decodeURI(target).split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || readDocument(join(root, path)).anchors.has(anchor);
}

/** The line that a fault begins with. */
function locate(path: string, fault: string): string {
  const [begins = ''] = fault.split(/\n|: /);
  const at = readFileSync(join(root, path), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(begins));
  return at === -1 ? path : `${path}:${at + 1}`;
}

let program: Command;
beforeAll(async () => {
  program = await createProgram();
  await addCompletion(program);
  program.addCommand(createEmulatorCommand());
  for (const command of program.commands) command.action(() => {}).configureOutput({ writeErr: () => {} });
});

/** The programs of this project, and those that start them. */
const own = {
  dormant: ({ args }: ShellCommand) => faultsOfOwn(args),
  'git-filter-repo': ({ args }: ShellCommand) =>
    args.flatMap(({ text }) => (/^-/.test(text) && !filterRepoOptions.has(text) ? [`no option ${text}`] : [])),
  'dormant-emulator': ({ args }: ShellCommand) => faultsOfOwn([{ text: 'dormant-emulator' }, ...args]),
  emulator: ({ args }: ShellCommand) => faultsOfOwn([{ text: 'dormant-emulator' }, ...args]),
  node: ({ args: [file] }: ShellCommand) => (existsSync(join(root, file?.text ?? '')) ? [] : ['no such file']),
  npm: ({ text, args: [first] }: ShellCommand) =>
    npmCommands.has(first?.text ?? '') ? faultsOfWord(text) : [`npm ${first?.text} is not among those that are known`],
};

/** Of those that e2e/rewrite-history.long.test.ts runs. */
const filterRepoOptions = new Set(
  '--invert-paths --paths-from-file --replace-text --replace-message --prune-empty --prune-degenerate'.split(' '),
);

const npmCommands = new Set(['audit', 'ci', 'create', 'install', 'login', 'publish', 'run', 'start', 'test', 'trust']);

async function faultsOfOwn(args: readonly Pick<ShellWord, 'text'>[]): Promise<string[]> {
  const [name = '', ...rest] = args.map(({ text }) => text);
  if (name === '' || ['--help', '--version'].includes(name)) return [];
  const command = commandNamed(name);
  if (command === undefined) return ['no such command'];
  if (rest.includes('--help')) return [];
  return program.parseAsync([name, ...rest], { from: 'user' }).then(
    () => [],
    (error: Error) => [error.message],
  );
}

/** A mention in a sentence may leave out arguments; what it names has to be there. */
function faultsOfWord(text: string): string[] {
  const ofOthers = checkMention(text) ?? checkCmdletMention(text);
  if (ofOthers !== null) return ofOthers.map((fault) => `${text}: ${fault}`);
  const script = /^npm run (?:-s )?([\w:-]+)/.exec(text)?.[1];
  if (script !== undefined && !(script in scripts)) return [`${text}: no such script`];
  const called = script === 'emulator' ? script : undefined;
  const name = /^(?:npx )?(?:@dormant-m365\/)?dormant ([a-z][\w-]*)/.exec(text)?.[1] ?? called;
  if (name === undefined) return [];
  // It hands its options over.
  const command = commandNamed(name === 'emulator' ? 'dormant-emulator' : name);
  if (command === undefined) return [`${text}: no such command`];
  const known = new Set([...command.options, ...program.options].map(({ long }) => long));
  const options = text.match(/--[a-z][\w-]*/g) ?? [];
  return options
    .filter((option) => !known.has(option) && option !== '--help')
    .map((option) => `${text}: no option ${option}`);
}

function commandNamed(name: string): Command | undefined {
  return program.commands.find((command) => command.name() === name);
}

/** A snippet is a part of a file: it may lack what the schema asks for, but has nothing that no schema knows. */
function faultsOfYaml(text: string): string[] {
  const faults = Object.values(schemas).map((schema) =>
    listSchemaFaults(schema, parse(text))
      .map(({ message }) => message)
      .filter((message) => !/ lacks "/.test(message)),
  );
  return faults.some((ofOne) => ofOne.length === 0) ? [] : (faults.toSorted((a, b) => a.length - b.length)[0] ?? []);
}

const folders = [
  'audit',
  'bench',
  'bootstrap',
  'cli',
  'demo',
  'docs',
  'e2e',
  'emulator',
  'forge',
  'graph',
  'policy',
  'tools',
  '.github',
];

/** A path of this repository, and no pattern or place that a command makes. */
function isOwnPath(word: string): boolean {
  if (!/^[\w./-]+$/.test(word) || /\.\.|contoso/.test(word)) return false;
  return (
    folders.some((folder) => word.startsWith(`${folder}/`)) ||
    /^(package|Pulumi|exemptions|README|SECURITY|CONTRIBUTING)\.(json|yaml|md)$/.test(word)
  );
}
