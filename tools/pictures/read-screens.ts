// What a terminal shows after each output of a recording, by the terminal that VS Code has (xterm.js, without a screen).
import headless from '@xterm/headless';
import type { Cast } from './cast.ts';

type Terminal = InstanceType<typeof headless.Terminal>;

/** Text of one style, without a blank at its ends. */
export interface Run {
  column: number;
  text: string;
  style: 'plain' | 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';
}

export interface Screen {
  seconds: number;
  /** By line, from the top. */
  lines: readonly (readonly Run[])[];
  cursor: { column: number; line: number };
}

export async function readScreens({ columns, rows, outputs }: Cast): Promise<Screen[]> {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const screens: Screen[] = [];
  for (const { seconds, text } of outputs) {
    await new Promise<void>((resolve) => terminal.write(text, resolve));
    const { cursorX: column, cursorY: line } = terminal.buffer.active;
    screens.push({ seconds, lines: readLines(terminal), cursor: { column, line } });
  }
  terminal.dispose();
  return screens;
}

function readLines({ rows, buffer: { active } }: Terminal): Run[][] {
  return Array.from({ length: rows }, (_, row) => readRuns(active.getLine(active.viewportY + row)));
}

type Line = ReturnType<Terminal['buffer']['active']['getLine']>;
type Cell = NonNullable<ReturnType<NonNullable<Line>['getCell']>>;

function readRuns(line: Line): Run[] {
  const runs: Run[] = [];
  for (let column = 0; column < (line?.length ?? 0); column++) {
    const cell = line?.getCell(column);
    if (cell === undefined) continue;
    const style = readStyle(cell);
    const last = runs.at(-1);
    if (last?.style === style) last.text += cell.getChars() || ' ';
    else runs.push({ column, text: cell.getChars() || ' ', style });
  }
  return runs.map(trimRun).filter(({ text }) => text !== '');
}

const colors = new Map<number, Run['style']>([
  [1, 'red'],
  [2, 'green'],
  [3, 'yellow'],
  [6, 'cyan'],
]);

function readStyle(cell: Cell): Run['style'] {
  const color = cell.isFgPalette() ? colors.get(cell.getFgColor()) : undefined;
  if (color !== undefined) return color;
  if (cell.isBold()) return 'bold';
  return cell.isDim() ? 'dim' : 'plain';
}

function trimRun({ column, text, style }: Run): Run {
  const begins = text.length - text.trimStart().length;
  return { column: column + begins, text: text.trim(), style };
}
