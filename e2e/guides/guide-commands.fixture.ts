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

/** `guide`: such as `try.md`. Also of blocks that are only indented. */
export function readGuideCommands(guide: string): GuideCommand[] {
  const { fences } = readDocument(join(root, 'docs/guides', guide));
  return fences.filter(({ language }) => ['sh', ''].includes(language)).flatMap(({ text }) => splitCommands(text));
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
