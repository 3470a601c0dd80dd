// A recording of a terminal as one SVG that moves by CSS alone, because GitHub shows no script. Pure: the same screens are the same
// bytes. Whoever asks for less motion sees the last screen.
import type { Run, Screen } from './read-screens.ts';

interface Picture {
  columns: number;
  rows: number;
  /** What it shows, for whoever does not see it. */
  title: string;
}

/** In pixels of the picture; a cell is as wide as most fonts of a fixed width have it. */
const cell = { width: 8.4, height: 18 };
const margin = 16;
/** How long the last screen stays. */
const lastSeconds = 5;

/** Something that is seen from one screen up to another. */
interface Item {
  from: number;
  to: number;
  svg: string;
}

export function renderTerminal(screens: readonly Screen[], { columns, rows, title }: Picture): string {
  const width = Math.ceil(columns * cell.width) + 2 * margin;
  const height = rows * cell.height + 2 * margin;
  const seconds = (screens.at(-1)?.seconds ?? 0) + lastSeconds;
  const starts = screens.map((screen) => (screen.seconds / seconds) * 100);
  const groups = Map.groupBy(listItems(screens, rows), ({ from, to }) => `${from}-${to}`);
  const shown = [...groups].map(([name, items]) => {
    const [{ from, to } = { from: 0, to: 0 }] = items;
    const isLast = to === screens.length;
    const content = items.map(({ svg }) => svg).join('');
    if (from === 0 && isLast) return { rule: '', group: `<g>${content}</g>` };
    const keys = `${from === 0 ? '' : '0%{visibility:hidden}'}${percent(starts[from])}{visibility:visible}${isLast ? '' : `${percent(starts[to])}{visibility:hidden}`}`;
    const rule = `@keyframes k${name}{${keys}}#k${name}{animation-name:k${name}}`;
    return { rule, group: `<g id="k${name}" class="${isLast ? 'a z' : 'a'}">${content}</g>` };
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t">
<title id="t">${escapeXml(title)}</title>
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;fill:#d1d9e0;white-space:pre}
.bold{font-weight:700;fill:#fff}.dim{fill:#8b949e}.green{fill:#3fb950}.yellow{fill:#d29922}.red{fill:#ff7b72}.cyan{fill:#39c5cf}
.a{visibility:hidden}.z{visibility:visible}
@media (prefers-reduced-motion:no-preference){
.a{animation:${round(seconds)}s step-end infinite}
${shown.map(({ rule }) => rule).join('\n')}
}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="#0d1117" stroke="#3d444d"/>
${shown.map(({ group }) => group).join('\n')}
</svg>
`;
}

/** A line, or the cursor, is one item for as long as it stays the same. */
function listItems(screens: readonly Screen[], rows: number): Item[] {
  const lines = Array.from({ length: rows }, (_, row) =>
    joinEqual(screens.map(({ lines }) => (lines[row] ?? []).map((run) => renderRun(run, row)).join(''))),
  );
  return [...joinEqual(screens.map(({ cursor }) => renderCursor(cursor))), ...lines.flat()];
}

function joinEqual(drawn: readonly string[]): Item[] {
  const items: Item[] = [];
  for (const [index, svg] of drawn.entries()) {
    const last = items.at(-1);
    if (last?.svg === svg) last.to = index + 1;
    else items.push({ from: index, to: index + 1, svg });
  }
  return items.filter(({ svg }) => svg !== '');
}

/** `textLength` keeps the columns where a font is narrower or wider. */
function renderRun({ column, text, style }: Run, row: number): string {
  const y = margin + row * cell.height + 13;
  const length = round([...text].length * cell.width);
  const kind = style === 'plain' ? '' : ` class="${style}"`;
  return `<text x="${round(margin + column * cell.width)}" y="${y}" textLength="${length}"${kind}>${escapeXml(text)}</text>`;
}

function renderCursor({ column, line }: Screen['cursor']): string {
  const [x, y] = [round(margin + column * cell.width), margin + line * cell.height];
  return `<rect x="${x}" y="${y}" width="8" height="17" fill="#6e7681"/>`;
}

function percent(value = 0): string {
  return `${round(value)}%`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
