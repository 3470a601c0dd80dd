// Whether a command of another tool is one that its table has, with options that it takes.
import { type Command, type CommandOption, type CommandTable, findOption } from './command-table.ts';
import type { ShellWord } from './shell.fixture.ts';

/** Stands for words that only a run of the program knows, options among them. */
export const anyWords = '$words';

interface Given {
  /** Names of options, as in the table. */
  options: Set<string>;
  count: number;
  /** Not everything is known, so that nothing can be missing. */
  isOpen: boolean;
}

/** `isMention`: in a sentence, which may leave out what is required. Returns faults as phrases. */
export function checkArguments(table: CommandTable, args: readonly ShellWord[], isMention = false): string[] {
  const start = skipEverywhere(table, args);
  if (start === args.length || ['--help', '--version'].includes(args[start]?.text ?? '')) return [];
  const found = findCommand(table, args.slice(start));
  if (found === null)
    return [
      `${table.tool} ${table.version} has no such command, or tools/command-lines/used-commands.ts does not list it yet`,
    ];
  const { command, rest } = found;
  const given: Given = { options: new Set(), count: 0, isOpen: isMention };
  const faults = readArguments(table, command, rest, given);
  if (given.options.has('--help')) return faults;
  return [...faults, ...(given.isOpen ? [] : listMissing(command, given)), ...listTooMany(command, given)];
}

function skipEverywhere({ everywhere }: CommandTable, args: readonly ShellWord[]): number {
  let at = 0;
  for (;;) {
    const option = findOption(everywhere, args[at]?.text.split('=')[0] ?? '');
    if (option === null) return at;
    at += option.takes === 'one' && !args[at]?.text.includes('=') ? 2 : 1;
  }
}

/** The longest that fits. */
function findCommand({ commands }: CommandTable, args: readonly ShellWord[]) {
  for (let length = 4; length > 0; length--) {
    const name = args
      .slice(0, length)
      .map(({ text }) => text)
      .join(' ');
    const command = commands[name];
    if (command !== undefined) return { command, rest: args.slice(length) };
  }
  return null;
}

function readArguments(table: CommandTable, command: Command, args: readonly ShellWord[], given: Given): string[] {
  const faults: string[] = [];
  let areOptionsOver = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) break;
    if (word.text === '--') areOptionsOver = true;
    else if (areOptionsOver || !/^-./.test(word.text)) countWord(word, given);
    else {
      const { taken, fault } = readOption(table, command, args.slice(at), given);
      at += taken;
      if (fault !== null) faults.push(fault);
    }
  }
  return faults;
}

function countWord({ text }: ShellWord, given: Given): void {
  if (text === anyWords) given.isOpen = true;
  else given.count++;
}

/** `taken`: how many words after the option are its values. */
function readOption(
  { everywhere }: CommandTable,
  { options }: Command,
  [word, ...next]: readonly ShellWord[],
  given: Given,
): { taken: number; fault: string | null } {
  const { name, value: joined } = splitOption(word?.text ?? '');
  const option = findOption(options, name) ?? findOption(everywhere, name);
  if (option === null) return { taken: 0, fault: `has no option ${name}` };
  for (const each of option.names) given.options.add(each);
  const first = next[0];
  if (joined !== null) return { taken: 0, fault: judgeJoined(name, joined, option) };
  const follows = first !== undefined && !/^-./.test(first.text);
  if (option.takes === 'one') {
    if (first === undefined) return { taken: 0, fault: given.isOpen ? null : `${name} lacks its value` };
    return { taken: 1, fault: judgeValue(name, first.isFixed ? first.text : null, option) };
  }
  if (option.takes === 'some' && !follows && !given.isOpen) return { taken: 0, fault: `${name} lacks its value` };
  if (option.takes === 'maybe' && follows)
    return { taken: 1, fault: judgeValue(name, first.isFixed ? first.text : null, option) };
  return { taken: option.takes === 'any' || option.takes === 'some' ? countValues(next) : 0, fault: null };
}

/** `--name=value`; `-Xvalue` as gh and git take it. */
function splitOption(text: string): { name: string; value: string | null } {
  const [, name = text, value] = /^(--[^=]+)=(.*)$/s.exec(text) ?? /^(-[A-Za-z])(.+)$/s.exec(text) ?? [];
  return { name, value: value ?? null };
}

function judgeJoined(name: string, value: string, option: CommandOption): string | null {
  if (option.takes !== 'none') return judgeValue(name, value.includes('$') ? null : value, option);
  return ['true', 'false'].includes(value) ? null : `${name} takes no value`;
}

function judgeValue(name: string, value: string | null, { values }: CommandOption): string | null {
  if (value === null || values === undefined) return null;
  const isOne = values.some((each) => each.toLowerCase() === value.toLowerCase());
  return isOne ? null : `${name} cannot be ${value}`;
}

function countValues(words: readonly ShellWord[]): number {
  const end = words.findIndex(({ text }) => /^-./.test(text));
  return end === -1 ? words.length : end;
}

function listMissing({ least, options }: Command, { options: given, count }: Given): string[] {
  const missing = Object.entries(options).flatMap(([joined, { required, unless }]) => {
    const names = joined.split(', ');
    const isThere = names.some((name) => given.has(name)) || (unless !== undefined && given.has(unless));
    return required && !isThere ? [`lacks ${names[0]}`] : [];
  });
  return count < least ? [...missing, `lacks an argument: it has ${count} of ${least}`] : missing;
}

function listTooMany({ most }: Command, { count }: Given): string[] {
  return most !== null && count > most ? [`has an argument too many: it has ${count}, and takes ${most}`] : [];
}
