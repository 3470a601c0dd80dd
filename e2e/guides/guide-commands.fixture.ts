// The shell of a guide as the commands that a reader runs one after the other, in the order of the page.
import { join } from 'node:path';
import { parse, type SyntaxNode } from 'unbash';
import { readDocument } from '../../tools/markdown-document.fixture.ts';

const root = join(import.meta.dirname, '..', '..');

export interface GuideCommand {
  /** As it stands on the page; it may have several lines. */
  text: string;
  /** How many a reader would say it is: `a && b` are two, and what is within `$(…)` is not another one. */
  count: number;
}

/** A command of a page, in a block or within a sentence. */
export interface GuideLine {
  text: string;
  language: 'sh' | 'powershell';
  /** Within a sentence, where one may be named without what it needs. */
  isSaid: boolean;
}

/** `guide`: such as `try.md`. Also of blocks that are only indented. */
export function readGuideCommands(guide: string): GuideCommand[] {
  const { fences } = readDocument(locate(guide));
  return fences.filter(({ language }) => ['sh', ''].includes(language)).flatMap(({ text }) => splitCommands(text));
}

/** All commands of a guide in the order of the page, each once for each place. */
export function readGuideLines(guide: string): GuideLine[] {
  return readDocument(locate(guide)).code.flatMap(({ language, text }): GuideLine[] => {
    if (language === null) return isCommand(text) ? [{ text, language: 'sh', isSaid: true }] : [];
    if (language === 'powershell')
      return text
        .trimEnd()
        .split('\n')
        .map((line) => ({ text: line, language, isSaid: false }));
    if (language !== 'sh' && language !== '') return [];
    return splitCommands(text).map((command) => ({ text: command.text, language: 'sh', isSaid: false }));
  });
}

const locate = (guide: string) => join(root, 'docs/guides', guide);

/** A program with something behind it, or a cmdlet; the name of a program alone is no command. */
function isCommand(word: string): boolean {
  return /^((npx|npm|node|dormant|gh|git|az|pulumi|curl|cat|rm|grep|jq) \S|[A-Z][a-z]+-[A-Z][A-Za-z]+\b)/.test(word);
}

function splitCommands(text: string): GuideCommand[] {
  const { commands, errors = [] } = parse(text);
  if (errors.length > 0) throw new Error(`This is no shell: ${text}`);
  return commands.map(({ command, pos }, at) => {
    const end = commands[at + 1]?.pos ?? text.length; // a here-document stands behind its command
    return { text: text.slice(pos, end).replace(/(\n\s*#.*|\s)+$/, ''), count: countCommands(command) };
  });
}

function countCommands(node: SyntaxNode): number {
  return node.type === 'AndOr' ? node.commands.reduce((sum, each) => sum + countCommands(each), 0) : 1;
}
