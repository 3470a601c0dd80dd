// Observable Plot on the server: renders an SVG. Colours are CSS variables, so that one picture serves both themes.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { html, Markup } from '../../../forge/markup.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

interface Picture {
  /** `wide` is drawn 760 wide, `half` 360; style/figures.css sets the font size for every page width. */
  size?: 'wide' | 'half' | 'sign';
  /** Text alternative; empty for mere decoration. */
  label: string;
  /** For pictures with links: a group instead of one image. */
  interactive?: boolean;
  options: Plot.PlotOptions;
}

/** Without Plot's style sheet, which the page's security policy would refuse; style/figures.css has its rules. */
export function renderPlot({ size = 'wide', label, interactive = false, options }: Picture): Markup {
  const drawn: { outerHTML: string } = Plot.plot({ ...options, document, className: 'plot' });
  const svg = drawn.outerHTML
    .replace(/<style>.*?<\/style>/s, '')
    // Plot labels its groups after their marks, which tells a listener nothing and is not allowed without a role.
    .replace(/(<g\b[^>]*?) aria-label="[^"]*"/g, '$1')
    .replace(/(\d+\.\d\d)\d+/g, '$1')
    .slice('<svg '.length);
  const role = interactive ? 'group' : 'img';
  const voice = label === '' ? html`aria-hidden="true"` : html`role="${role}" aria-label="${label}"`;
  return html`<span class="picture ${size}"><svg ${voice} ${new Markup(svg)}</span>`;
}

interface LegendEntry {
  word: string;
  /** The class of a coloured square in style/figures.css. */
  swatch?: string;
  /** Instead of a square: a symbol of Plot and its colour. */
  symbol?: { name: Plot.SymbolType; colour: string };
}

export function renderLegend(entries: readonly LegendEntry[]): Markup {
  return html`<ul class="legend">${entries.map((entry) => html`<li>${renderSign(entry)}${entry.word}</li>`)}</ul>`;
}

function renderSign({ swatch, symbol }: LegendEntry): Markup {
  if (symbol === undefined) return html`<i class="swatch ${swatch ?? ''}"></i>`;
  const mark = Plot.dot([0], {
    x: 7,
    y: 7,
    r: 4.5,
    symbol: symbol.name,
    stroke: symbol.colour,
    fill: 'none',
    strokeWidth: 2,
  });
  const options = {
    width: 14,
    height: 14,
    margin: 0,
    x: { type: 'identity' as const, axis: null },
    y: { type: 'identity' as const, axis: null },
    marks: [mark],
  };
  return renderPlot({ size: 'sign', label: '', options });
}

interface Figure {
  title: string;
  /** What to see in the picture. */
  caption: string;
  picture: Markup;
  /** The same numbers. */
  table: Markup;
}

export function renderFigure({ title, caption, picture, table }: Figure): Markup {
  return html`<figure class="card"><h3>${title}</h3><figcaption>${caption}</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${title}">${picture}</div>
<details class="as-table"><summary>The numbers</summary>${table}</details></figure>`;
}

/** The first cell of a row is its heading. */
export function renderNumbers(
  columns: readonly (string | Markup)[],
  rows: readonly (readonly (string | number | Markup)[])[],
  label = columns.join(', '),
): Markup {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(
    ([first = '', ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((value) => html`<td>${value}</td>`)}</tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
