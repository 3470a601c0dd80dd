// The commands of a piece of shell, also those within `$(…)`, loops and functions, with what it sets and needs.
import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';

export interface ShellWord {
  /** Without its quotes; `$name` and `$(…)` as written. */
  text: string;
  /** Nothing in it is known only when it runs. */
  isFixed: boolean;
  /** A pattern of file names, which zsh refuses where there is none. */
  isPattern: boolean;
}

/** One program and its arguments. */
export interface ShellCommand {
  program: string;
  args: ShellWord[];
  /** As written. */
  text: string;
}

export interface Shell {
  commands: ShellCommand[];
  /** What loops go over. */
  looped: ShellWord[];
  /** Bodies of `<<`. */
  documents: string[];
  /** Variables by their names, in the order of the text; `*` are those that `eval` may set. */
  variables: { name: string; isSet: boolean; at: number }[];
  /** What is no shell, as sentences. */
  faults: string[];
}

/** A prompt before a line is left out. A call of a function of the same text is the command in it. */
export function readShell(written: string): Shell {
  const text = written.replaceAll(/^\$ /gm, '  ');
  const script = parse(text);
  const functions = new Map<string, ShellCommand>();
  const shell: Shell = { commands: [], looped: [], documents: [], variables: [], faults: listErrors(script, text) };
  visit(script, (node) => {
    if (node.type === 'For') shell.looped.push(...(node.wordlist ?? []).map(toWord));
    if (node.type === 'HereDoc') shell.documents.push(node.body.text);
    for (const variable of findVariables(node)) shell.variables.push(variable);
    if (node.type === 'Function') noteFunction(node, functions, text);
    if (node.type !== 'Command' || node.name === undefined) return;
    const command = toCommand(node, text);
    if (command.args.some(isOfCaller)) return;
    shell.commands.push(...unwrapCommand(callFunction(command, functions)));
  });
  shell.variables.sort((a, b) => a.at - b.at || Number(b.isSet) - Number(a.isSet));
  return shell;
}

function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  forEachChild(node, (child) => visit(child, see));
}

function listErrors({ errors = [] }: ParsedScript, text: string): string[] {
  return errors.map(
    ({ message, pos }) => `${message}, after ${JSON.stringify(text.slice(Math.max(0, pos - 40), pos))}`,
  );
}

type CommandNode = Extract<SyntaxNode, { type: 'Command' }>;
type WordNode = Extract<SyntaxNode, { type: 'Word' }>;

function toCommand({ name, suffix, pos, end }: CommandNode, text: string): ShellCommand {
  const args = suffix.flatMap((each) => {
    if (each.type === 'Word') return [toWord(each)];
    return each.type === 'Assignment' ? [{ text: each.text, isFixed: false, isPattern: false }] : [];
  });
  return { program: name?.value ?? '', args, text: text.slice(pos, end) };
}

function toWord(word: WordNode): ShellWord {
  const found = { isFixed: true, isPattern: false };
  visit(word, ({ type }) => {
    if (type.endsWith('Expansion') || type === 'ProcessSubstitution') found.isFixed = false;
    if (type === 'Glob') found.isPattern = true;
  });
  return { text: word.value, ...found };
}

const isOfCaller = ({ text }: ShellWord) => text === '$@';

/** Of a function that is one command with the arguments of its caller, that command. */
function noteFunction(
  node: Extract<SyntaxNode, { type: 'Function' }>,
  functions: Map<string, ShellCommand>,
  text: string,
): void {
  visit(node.body, (inner) => {
    if (inner.type === 'Command') functions.set(node.name.value, toCommand(inner, text));
  });
}

function callFunction(command: ShellCommand, functions: ReadonlyMap<string, ShellCommand>): ShellCommand {
  const called = functions.get(command.program);
  if (called === undefined) return command;
  const args = called.args.flatMap((word) => (isOfCaller(word) ? command.args : [word]));
  return { program: called.program, args, text: command.text };
}

/** `npx dormant check` is `dormant check`, and `xargs -n 1 gh run delete` is `gh run delete` with one argument more. */
function unwrapCommand(command: ShellCommand): ShellCommand[] {
  const { program, args, text } = command;
  if (program !== 'npx' && program !== 'xargs') return [command];
  const at = args.findIndex(({ text: word }, index) => !word.startsWith('-') && !takesNext(args[index - 1]?.text));
  const name = args[at]?.text.replace(/^@dormant-m365\//, '');
  if (name === undefined) return [command];
  const more = program === 'xargs' ? [{ text: '$each', isFixed: false, isPattern: false }] : [];
  return [{ program: name, args: [...args.slice(at + 1), ...more], text }];
}

/** Options of npx and xargs whose value is the next word. */
const takesNext = (word: string | undefined) => ['--package', '-p', '-n', '-I', '-P'].includes(word ?? '');

function findVariables(node: SyntaxNode): Shell['variables'] {
  if (node.type === 'Assignment') return [{ name: node.name, isSet: true, at: node.end }];
  if (node.type === 'For') return [{ name: node.name.value, isSet: true, at: node.name.end }];
  if (node.type === 'Command' && node.name?.value === 'eval') return [{ name: '*', isSet: true, at: node.end }];
  if (node.type === 'Command' && node.name?.value === 'read')
    return node.suffix.flatMap((word) =>
      word.type === 'Word' ? [{ name: word.value, isSet: true, at: word.end }] : [],
    );
  if (node.type === 'SimpleExpansion') return [{ name: node.text.slice(1), isSet: false, at: node.pos }];
  if (node.type === 'ParameterExpansion') return [{ name: node.parameter, isSet: false, at: node.pos }];
  return [];
}
