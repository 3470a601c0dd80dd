// How it went over the past audits, where git has them: inactive accounts and what they cost.
import * as Plot from '@observablehq/plot';
import type { Day } from '../../../policy/evidence.ts';
import { dayInWords, moneyInWords } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { moneyOf } from '../totals.ts';
import { html, type Markup } from './markup.ts';
import { draw, figure, numbers } from './plot.ts';

/** What an earlier audit found. `monthly`: the cost of all inactive accounts, in the currency of prices.yaml. */
export interface PastAudit {
  auditedOn: Day;
  inactive: number;
  monthly: number;
}

/** Empty for the first audit: one dot is no trend. */
export function trend(result: AuditResult, history: readonly PastAudit[]): Markup {
  const { inactive } = moneyOf(result);
  const today: PastAudit = {
    auditedOn: result.auditedOn,
    inactive: inactive.accounts,
    monthly: inactive.monthly,
  };
  const audits = [...history.filter(({ auditedOn }) => auditedOn < today.auditedOn), today].sort((a, b) =>
    a.auditedOn < b.auditedOn ? -1 : 1,
  );
  if (audits.length < 2) return html``;
  const { currency } = result.prices;
  const table = numbers(
    ['Audit', 'inactive accounts', 'cost a month'],
    audits.map((audit) => [
      dayInWords(audit.auditedOn, ''),
      audit.inactive.toLocaleString('en-US'),
      moneyInWords(audit.monthly, currency),
    ]),
  );
  const accounts = draw({
    size: 'half',
    label: 'Inactive accounts by audit: a line; the numbers are below',
    options: options(audits, 'inactive', 'accounts'),
  });
  const money = draw({
    size: 'half',
    label: 'Their cost a month by audit: a line; the numbers are below',
    options: options(audits, 'monthly', `${currency} a month`),
  });
  return figure(
    'Over the past audits',
    'Inactive accounts, and what they cost a month.',
    html`<div class="pair tight">${accounts}${money}</div>`,
    table,
  );
}

function options(
  audits: readonly PastAudit[],
  value: 'inactive' | 'monthly',
  unit: string,
): Plot.PlotOptions {
  const at = ({ auditedOn }: PastAudit) => new Date(Date.parse(auditedOn));
  const last = audits.slice(-1);
  const x = at;
  return {
    width: 360,
    height: 136,
    marginLeft: 6,
    marginRight: 46,
    marginTop: 20,
    marginBottom: 30,
    x: { type: 'utc' },
    y: { axis: null, zero: true, nice: true },
    marks: [
      Plot.axisX({ label: null, tickSize: 0, ticks: 4 }),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      Plot.areaY(audits, { x, y: value, fill: 'var(--accent-soft)' }),
      Plot.lineY(audits, { x, y: value, stroke: 'var(--accent)', strokeWidth: 1.5 }),
      Plot.dot(audits, { x, y: value, fill: 'var(--accent)', r: 2 }),
      Plot.text(last, {
        x,
        y: value,
        text: (audit: PastAudit) => Math.round(audit[value]).toLocaleString('en-US'),
        textAnchor: 'start',
        dx: 8,
        fill: 'var(--ink)',
      }),
      Plot.text([unit], {
        frameAnchor: 'top-left',
        dy: -14,
        fill: 'var(--muted)',
        text: (word: string) => word,
      }),
    ],
  };
}
