// The story in a terminal: a heading for each event, below it the output, no wider than a page.
import { stripVTControlCharacters } from 'node:util';
import { pc } from '../cli/colors.ts';
import type { Company } from './company.ts';

/** Columns of a line, if the terminal has as many. */
const page = 100;

export function printHeading({ today }: Pick<Company, 'today'>, text: string): void {
  console.log(`\n${pc.cyan('●')} ${pc.bold(`${today()}: ${text}`)}`);
}

export function say(text: string): void {
  console.log(text.trimEnd().split('\n').map(wrap).join('\n'));
}

/** Markdown roughly as GitHub shows it. */
export function sayMarkdown(text: string): void {
  say(
    text
      .replace(/^#+ (.*)$/gm, (_, title) => pc.bold(title))
      .replace(/\*\*(.+?)\*\*/g, (_, words) => pc.bold(words))
      .replace(/\\([\\_*<>#+-])/g, '$1'),
  );
}

/** Breaks between words. Further lines start below the first word of an item, and further in below a row of a list. */
function wrap(line: string): string {
  const [start = '', bullet] = /^ *(- )?/.exec(line) ?? [];
  const isRow = start !== '' && bullet === undefined;
  const below = ' '.repeat(2 + start.length + (isRow ? 2 : 0));
  const [first = '', ...words] = line.slice(start.length).split(' ');
  const rows = [`  ${start}${first}`];
  for (const word of words) {
    const longer = `${rows.at(-1)} ${word}`;
    if (measureWidth(longer) > getWidth()) rows.push(`${below}${word}`);
    else rows[rows.length - 1] = longer;
  }
  return rows.join('\n');
}

function measureWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}

function getWidth(): number {
  return Math.min(process.stdout.columns || page, page);
}
