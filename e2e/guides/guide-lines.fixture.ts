// What the tests do with each command of a guide: it is run here, or it is left for a reason, and something else holds it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { checkCmdletMention } from '../../tools/command-lines/check-powershell.fixture.ts';
import { checkMention } from '../../tools/command-lines/check-shell.fixture.ts';
import { type GuideLine, readGuideLines } from './guide-commands.fixture.ts';
import type { GuideReader, Ran } from './guide-reader.fixture.ts';

interface RunLine {
  line: RegExp;
  /** What is typed in its place: the guide's line with what only a real tenant, forge or person could give. */
  instead?: (line: string) => string;
  /** What the guide says in words before it, and after it. */
  first?: string;
  inWords?: string;
  /** What it shows. */
  shows?: RegExp;
  /** 0, unless the guide's line is to find something. */
  exitCode?: number;
}

/**
 * What holds a line that is not run: the tables of `az`, `gh`, `git`, `pulumi` and PowerShell, the help of `dormant`, by both of
 * which docs/docs.test.ts checks every line, or a test by its file and title.
 */
type Holder = 'tables' | 'help' | `${string}.test.ts: ${string}`;

interface LeftLine {
  line: RegExp;
  because: string;
  heldBy: Holder;
}

export interface GuideLines {
  /** Such as `keys.md`. */
  guide: string;
  run: readonly RunLine[];
  left: readonly LeftLine[];
}

/** In every guide: a command that a sentence only names. */
const named: readonly LeftLine[] = [
  { line: /^(npx )?dormant( [a-z-]+)?( <stack>)?( --help)?$/, because: 'a name', heldBy: 'help' },
  { line: /^(git|gh|pulumi|az) [a-z]+( [a-z]+)?$/, because: 'a name', heldBy: 'tables' },
  { line: /^[A-Z][a-z]+-[A-Z][A-Za-z]+$/, because: 'a name', heldBy: 'tables' },
  {
    line: /^npm (ci|run (-s )?[\w:-]+)$/,
    because: 'a name',
    heldBy: 'docs/docs.test.ts: speaks only of commands, options and scripts that exist',
  },
];

/** What is wrong with a guide's lists, as sentences: a line that is in none or in two, an entry of no line, a holder that holds nothing. */
export function listFaults({ guide, run, left }: GuideLines): string[] {
  const lines = readGuideLines(guide);
  const own = [...run, ...left];
  return [
    ...lines.flatMap((line) => {
      const of = own.filter((each) => each.line.test(line.text)).length;
      if (of === 1 || (of === 0 && findNamed(line) !== undefined)) return [];
      return [`${of === 0 ? 'neither run nor left' : 'in two entries'}: ${line.text}`];
    }),
    ...own.filter(({ line }) => !lines.some(({ text }) => line.test(text))).map(({ line }) => `no such line: ${line}`),
    ...left.flatMap((entry) =>
      lines.flatMap((line) => (entry.line.test(line.text) ? listHolderFaults(entry, line) : [])),
    ),
  ];
}

function findNamed({ isSaid, text }: GuideLine): LeftLine | undefined {
  return isSaid ? named.find(({ line }) => line.test(text)) : undefined;
}

function listHolderFaults({ heldBy }: LeftLine, { text }: GuideLine): string[] {
  if (heldBy === 'help') return /\bdormant(-emulator)?\b/.test(text) ? [] : [`no command of dormant: ${text}`];
  if (heldBy === 'tables') {
    const isTabulated =
      /(^|[\s;(])(az|gh|git|pulumi) /.test(text) || checkMention(text) !== null || checkCmdletMention(text) !== null;
    return isTabulated ? [] : [`no tool that has a table: ${text}`];
  }
  const [, path = '', title = ''] = /^(\S+): (.+)$/.exec(heldBy) ?? [];
  const at = join(import.meta.dirname, '../..', path);
  return existsSync(at) && readFileSync(at, 'utf8').includes(title) ? [] : [`no such test: ${heldBy}`];
}

/** Runs a guide's lines in the order of the page. Returns the last one's outcome. */
export async function runGuide(reader: GuideReader, { guide, run }: GuideLines): Promise<Ran> {
  let last: Ran = { exitCode: 0, output: '', milliseconds: 0 };
  for (const { text } of readGuideLines(guide)) {
    const known = run.find(({ line }) => line.test(text));
    if (known === undefined) continue;
    const { instead = (line: string) => line, first, inWords, shows, exitCode = 0 } = known;
    if (first !== undefined) await runPlainly(reader, first);
    last = await reader.run(instead(text));
    expect(last.exitCode, `${guide}: ${text}\n${last.output}`).toBe(exitCode);
    if (shows !== undefined) expect(stripVTControlCharacters(last.output), `${guide}: ${text}`).toMatch(shows);
    if (inWords !== undefined) await runPlainly(reader, inWords);
  }
  return last;
}

async function runPlainly(reader: GuideReader, words: string): Promise<void> {
  const { exitCode, output } = await reader.run(words);
  expect(exitCode, `${words}\n${output}`).toBe(0);
}
