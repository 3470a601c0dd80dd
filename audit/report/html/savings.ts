// Where the money is: bars by licence and by department, in the parts that the top of the report has.
import * as Plot from '@observablehq/plot';
import { html, type Markup } from '../../../forge/markup.ts';
import type { PricedLicense } from '../../../policy/judge/savings.ts';
import { releasableReasons } from '../../../policy/schemas/account.ts';
import { formatMoney } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { describeWaiting, formatFate } from '../../summary/one-drive-fate.ts';
import { sumMoney } from '../../summary/totals.ts';
import { renderFigure, renderLegend, renderNumbers, renderPlot } from './plot.ts';

const parts = [
  { name: 'reclaimable', word: 'reclaimable', swatch: 'money-reclaimable' },
  { name: 'waiting', word: 'waits for a OneDrive', swatch: 'money-waiting' },
  { name: 'heldBack', word: 'has to stay', swatch: 'money-held' },
  { name: 'undecided', word: 'needs a person', swatch: 'money-undecided' },
] as const;
type Part = (typeof parts)[number]['name'];

/** Further bars are summed up in a last one. */
const mostBars = 9;

interface Bar {
  name: string;
  /** The filter that shows these accounts in the table; null for the sum of the rest. */
  link: string | null;
  monthly: Record<Part, number>;
}

export function renderSavings(result: AuditView): Markup {
  const { byLicense, byDepartment } = buildBars(result);
  return html`${renderWaiting(result)}<div class="pair">${renderChart('licence', byLicense, result)}${renderChart('department', byDepartment, result)}</div>`;
}

/** What would be saved by releasing OneDrives, with a link to their owners. */
function renderWaiting(result: AuditView): Markup {
  const words = describeWaiting(sumMoney(result));
  if (words === null) return html``;
  const link = `#onedrive=${encodeURIComponent(formatFate({ kind: 'held-back', reason: 'onedrive-files' }))}`;
  return html`<p>${words}: <a href="${link}">whose they are</a>.</p>`;
}

function renderChart(what: string, all: readonly Bar[], { currency }: AuditView): Markup {
  const title = `By ${what}`;
  const bars = selectTopBars(all, what);
  const caption = `What inactive accounts cost a month, in ${currency}. A bar shows its accounts in the table below.`;
  const picture = renderPlot({
    size: 'half',
    label: `${title}: bars; the numbers are below`,
    interactive: true,
    options: buildPlotOptions(bars, currency),
  });
  const shown = parts.filter(({ name }) => bars.some(({ monthly }) => monthly[name] > 0));
  const table = renderNumbers(
    [what, ...shown.map(({ word }) => word)],
    selectTopBars(all, what, 100).map(({ name, monthly }) => [
      name,
      ...shown.map((part) => formatMoney(monthly[part.name], currency)),
    ]),
  );
  return renderFigure({ title, caption, picture: html`${renderLegend(shown)}${picture}`, table });
}

function buildBars(result: AuditView): { byLicense: Bar[]; byDepartment: Bar[] } {
  const licenseBars = new Map<string, Bar>();
  const departmentBars = new Map<string, Bar>();
  const add = ({ license, monthly }: PricedLicense, department: string, part: Part) => {
    const price = monthly ?? 0;
    findOrAddBar(licenseBars, license.productName, `licence=${encodeURIComponent(license.productName)}`).monthly[
      part
    ] += price;
    findOrAddBar(departmentBars, department, `department=${encodeURIComponent(department)}`).monthly[part] += price;
  };
  for (const { evidence, bucket, outlook } of result.inactive) {
    const department = evidence.department ?? 'no department';
    if (bucket === 'left-alone') continue;
    const isUndecided = bucket === 'undecided';
    for (const license of outlook.reclaimable) add(license, department, isUndecided ? 'undecided' : 'reclaimable');
    for (const license of outlook.heldBack) {
      const part = releasableReasons.includes(license.reason) ? 'waiting' : 'heldBack';
      add(license, department, isUndecided ? 'undecided' : part);
    }
  }
  return { byLicense: [...licenseBars.values()], byDepartment: [...departmentBars.values()] };
}

function findOrAddBar(bars: Map<string, Bar>, name: string, link: string): Bar {
  const bar = bars.get(name) ?? {
    name,
    link: `#${link}`,
    monthly: createZeroMoney(),
  };
  bars.set(name, bar);
  return bar;
}

function selectTopBars(all: readonly Bar[], what: string, most = mostBars): Bar[] {
  const sorted = all
    .filter((bar) => sumBar(bar) > 0)
    .sort((a, b) => sumBar(b) - sumBar(a) || (a.name < b.name ? -1 : 1));
  const rest = sorted.slice(most);
  if (rest.length < 2) return sorted;
  const other: Bar = {
    name: `${rest.length} other ${what}s`,
    link: null,
    monthly: createZeroMoney(),
  };
  for (const { monthly } of rest) for (const { name } of parts) other.monthly[name] += monthly[name];
  return [...sorted.slice(0, most), other];
}

function createZeroMoney(): Record<Part, number> {
  return { reclaimable: 0, waiting: 0, heldBack: 0, undecided: 0 };
}

function sumBar({ monthly }: Bar): number {
  return parts.reduce((total, { name }) => total + monthly[name], 0);
}

function buildPlotOptions(bars: readonly Bar[], currency: string): Plot.PlotOptions {
  const pieces = bars.flatMap((bar) =>
    parts
      .filter(({ name }) => bar.monthly[name] > 0)
      .map(({ name, word }) => ({ ...bar, part: name, word, money: bar.monthly[name] })),
  );
  // A title is text; an attribute would hold a department's name as linkedom writes it, with its < and > as they are.
  const describePiece = ({ name, word, money }: (typeof pieces)[number]) =>
    `${name}, ${word}: ${formatMoney(Math.round(money), currency)} a month`;
  const formatAmount = (bar: Bar) => Math.round(sumBar(bar)).toLocaleString('en-US');
  return {
    width: 360,
    height: bars.length * 30 + 6,
    margin: 0,
    x: { axis: null, domain: [0, Math.max(1, ...bars.map(sumBar))], range: [0, 360] },
    y: { axis: null, domain: bars.map(({ name }) => name), range: [0, bars.length * 30] },
    color: { domain: parts.map(({ name }) => name), range: parts.map(({ swatch }) => `var(--${swatch})`) },
    marks: [
      Plot.text(bars, {
        y: 'name',
        dy: -4,
        frameAnchor: 'left',
        textAnchor: 'start',
        text: ({ name }: Bar) => shorten(name, 44),
        fill: 'var(--muted)',
        ariaHidden: 'true',
      }),
      Plot.text(bars, {
        y: 'name',
        dy: -4,
        frameAnchor: 'right',
        textAnchor: 'end',
        text: formatAmount,
        fill: 'var(--ink)',
        ariaHidden: 'true',
      }),
      Plot.barX(
        pieces,
        Plot.stackX({
          y: 'name',
          x: 'money',
          fill: 'part',
          insetTop: 18,
          insetBottom: 3,
          insetRight: 1,
          href: 'link',
          title: describePiece,
        }),
      ),
    ],
  };
}

function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
