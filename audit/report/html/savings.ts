// Where the money is: by licence and by department, each bar in the three parts that the answer at the top has.
import * as Plot from '@observablehq/plot';
import type { AssignedLicense } from '../../../policy/evidence.ts';
import { releasableReasons } from '../../../policy/licenses/held-back.ts';
import { computeMonthlyCost } from '../../../policy/savings.ts';
import { formatMoney } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { fateName, waitingInWords } from '../../summary/one-drive.ts';
import { outlookAt } from '../../summary/outlook.ts';
import { placesIn } from '../../summary/place.ts';
import { bucketOf, moneyOf } from '../../summary/totals.ts';
import { html, type Markup } from './markup.ts';
import { draw, figure, legend, numbers } from './plot.ts';

const parts = [
  { name: 'reclaimable', word: 'reclaimable', swatch: 'money-reclaimable' },
  { name: 'waiting', word: 'waits for a OneDrive', swatch: 'money-waiting' },
  { name: 'heldBack', word: 'has to stay', swatch: 'money-held' },
  { name: 'undecided', word: 'needs a person', swatch: 'money-undecided' },
] as const;
type Part = (typeof parts)[number]['name'];

/** More bars than this are summed up in a last one. */
const mostBars = 9;

interface Bar {
  name: string;
  /** The filter that shows these accounts in the table; null for the sum of the rest. */
  link: string | null;
  monthly: Record<Part, number>;
}

export function savings(result: AuditResult): Markup {
  const { byLicense, byDepartment } = barsOf(result);
  return html`${waiting(result)}<div class="pair">${chart('By licence', 'licence', byLicense, result)}${chart('By department', 'department', byDepartment, result)}</div>`;
}

/** What a decision of people's alone would give back, with a link to whom it is about. */
function waiting(result: AuditResult): Markup {
  const words = waitingInWords(moneyOf(result));
  if (words === null) return html``;
  const link = `#onedrive=${encodeURIComponent(fateName({ kind: 'held-back', reason: 'onedrive-files' }))}`;
  return html`<p>${words}: <a href="${link}">whose they are</a>.</p>`;
}

function chart(title: string, what: string, all: readonly Bar[], { prices }: AuditResult): Markup {
  const bars = topBars(all, what);
  const caption = `What inactive accounts cost a month, in ${prices.currency}. A bar shows its accounts in the table below.`;
  const picture = draw({
    size: 'half',
    label: `${title}: bars; the numbers are below`,
    interactive: true,
    options: options(bars, prices.currency),
  });
  const shown = parts.filter(({ name }) => bars.some(({ monthly }) => monthly[name] > 0));
  const table = numbers(
    [what, ...shown.map(({ word }) => word)],
    topBars(all, what, 100).map(({ name, monthly }) => [
      name,
      ...shown.map((part) => formatMoney(monthly[part.name], prices.currency)),
    ]),
  );
  return figure(title, caption, html`${legend(shown)}${picture}`, table);
}

function barsOf(result: AuditResult): { byLicense: Bar[]; byDepartment: Bar[] } {
  const { prices } = result;
  const placeOf = placesIn(result);
  const licences = new Map<string, Bar>();
  const departments = new Map<string, Bar>();
  const add = (license: AssignedLicense, department: string, part: Part) => {
    const price = computeMonthlyCost([license], prices);
    barFor(licences, license.productName, `licence=${encodeURIComponent(license.productName)}`).monthly[
      part
    ] += price;
    barFor(departments, department, `department=${encodeURIComponent(department)}`).monthly[part] += price;
  };
  for (const judged of result.inactive) {
    const department = judged.evidence.department ?? 'no department';
    const place = placeOf(judged);
    const { reclaimable, heldBack } = outlookAt(judged, place, result);
    const bucket = bucketOf(judged, place);
    if (bucket === 'left-alone') continue;
    const isUndecided = bucket === 'undecided';
    for (const license of reclaimable) add(license, department, isUndecided ? 'undecided' : 'reclaimable');
    for (const { license, reason } of heldBack) {
      const part = releasableReasons.includes(reason) ? 'waiting' : 'heldBack';
      add(license, department, isUndecided ? 'undecided' : part);
    }
  }
  return { byLicense: [...licences.values()], byDepartment: [...departments.values()] };
}

function barFor(bars: Map<string, Bar>, name: string, link: string): Bar {
  const bar = bars.get(name) ?? {
    name,
    link: `#${link}`,
    monthly: noMoney(),
  };
  bars.set(name, bar);
  return bar;
}

function topBars(all: readonly Bar[], what: string, most = mostBars): Bar[] {
  const sorted = all
    .filter((bar) => sum(bar) > 0)
    .sort((a, b) => sum(b) - sum(a) || (a.name < b.name ? -1 : 1));
  const rest = sorted.slice(most);
  if (rest.length < 2) return sorted;
  const other: Bar = {
    name: `${rest.length} other ${what}s`,
    link: null,
    monthly: noMoney(),
  };
  for (const { monthly } of rest) for (const { name } of parts) other.monthly[name] += monthly[name];
  return [...sorted.slice(0, most), other];
}

function noMoney(): Record<Part, number> {
  return { reclaimable: 0, waiting: 0, heldBack: 0, undecided: 0 };
}

function sum({ monthly }: Bar): number {
  return parts.reduce((total, { name }) => total + monthly[name], 0);
}

function options(bars: readonly Bar[], currency: string): Plot.PlotOptions {
  const pieces = bars.flatMap((bar) =>
    parts
      .filter(({ name }) => bar.monthly[name] > 0)
      .map(({ name, word }) => ({ ...bar, part: name, word, money: bar.monthly[name] })),
  );
  // A title is text; an attribute would hold a department's name as linkedom writes it, with its < and > as they are.
  const label = ({ name, word, money }: (typeof pieces)[number]) =>
    `${name}, ${word}: ${formatMoney(Math.round(money), currency)} a month`;
  const amount = (bar: Bar) => Math.round(sum(bar)).toLocaleString('en-US');
  return {
    width: 360,
    height: bars.length * 30 + 6,
    margin: 0,
    x: { axis: null, domain: [0, Math.max(1, ...bars.map(sum))], range: [0, 360] },
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
        text: amount,
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
          title: label,
        }),
      ),
    ],
  };
}

function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
