// How it went so far: accounts in each stage and money reclaimed, from main's history.
import * as Plot from '@observablehq/plot';
import { html, type Markup } from '../../../forge/markup.ts';
import { addDays } from '../../../policy/evidence.ts';
import type { Stage } from '../../../policy/schemas/account.ts';
import { formatDay, formatMoney, stageWords } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import type { TrendDay } from '../../history/trend.ts';
import { renderFigure, renderLegend, renderNumbers, renderPlot } from './plot.ts';

/** Older days are in git. */
const shownDays = 365;

const shown: readonly Stage[] = ['notify', 'review', 'disable', 'delicense'];

/** Empty until main has changed on two days. */
export function renderTrend({ past, auditedOn, currency }: AuditView): Markup {
  const days = past.days.filter(({ day }) => day >= addDays(auditedOn, -shownDays) && day <= auditedOn);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.length < 2) return html``;
  const table = renderNumbers(
    ['Day', ...shown.map((stage) => `in ${stageWords[stage].name}`), 'reclaimed a month'],
    days.map(({ day, byStage, reclaimed }) => [
      formatDay(day, ''),
      ...shown.map((stage) => byStage[stage].toLocaleString('en-US')),
      formatMoney(reclaimed.monthly, currency),
    ]),
  );
  // The last day's state holds until today.
  const untilToday = last.day < auditedOn ? [...days, { ...last, day: auditedOn }] : days;
  const accounts = renderPlot({
    size: 'half',
    label: 'Accounts by stage and day: areas on top of each other; the numbers are below',
    options: buildPlotOptions('accounts', buildStageMarks(untilToday)),
  });
  const money = renderPlot({
    size: 'half',
    label: 'Reclaimed a month, by day: a line; the numbers are below',
    options: buildPlotOptions(`${currency} a month reclaimed`, buildReclaimedMarks(untilToday)),
  });
  const legend = renderLegend(shown.map((stage) => ({ word: stageWords[stage].name, swatch: `stage-${stage}` })));
  return renderFigure({
    title: 'How it went so far',
    caption: `What each merge left on main since ${formatDay(first.day, '')}: the accounts in each stage, and what a month costs less.`,
    picture: html`${legend}<div class="pair tight">${accounts}${money}</div>`,
    table,
  });
}

function buildPlotOptions(unit: string, marks: readonly Plot.Markish[]): Plot.PlotOptions {
  const title = {
    frameAnchor: 'top-left',
    dy: -14,
    fill: 'var(--muted)',
    text: (word: string) => word,
  } as const;
  return {
    width: 360,
    height: 136,
    marginLeft: 6,
    marginRight: 52,
    marginTop: 20,
    marginBottom: 30,
    x: { type: 'utc' },
    y: { axis: null, nice: true },
    color: { domain: shown, range: shown.map((stage) => `var(--stage-${stage})`) },
    marks: [
      Plot.axisX({ label: null, tickSize: 0, ticks: 4 }),
      // Zero is at the bottom even where nothing else is drawn yet.
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      Plot.ruleY([1], { stroke: 'none' }),
      Plot.text([unit], title),
      ...marks,
    ],
  };
}

/** Areas in the order of the stages, from the axis up; the number counts today's accounts. */
function buildStageMarks(days: readonly TrendDay[]): Plot.Markish[] {
  const layers = shown.flatMap((stage) => days.map((day) => ({ at: toDate(day), stage, count: day.byStage[stage] })));
  const today = days.slice(-1);
  const countAccounts = (day: TrendDay) => shown.reduce((sum, stage) => sum + day.byStage[stage], 0);
  return [
    Plot.areaY(layers, Plot.stackY({ x: 'at', y: 'count', fill: 'stage', curve: 'step-after', order: [...shown] })),
    Plot.text(today, {
      ...beside,
      y: countAccounts,
      text: (day: TrendDay) => countAccounts(day).toLocaleString('en-US'),
    }),
  ];
}

function buildReclaimedMarks(days: readonly TrendDay[]): Plot.Markish[] {
  const y = (day: TrendDay) => day.reclaimed.monthly;
  const x = toDate;
  return [
    Plot.areaY(days, { x, y, fill: 'var(--accent-soft)', curve: 'step-after' }),
    Plot.lineY(days, { x, y, stroke: 'var(--accent)', strokeWidth: 1.5, curve: 'step-after' }),
    Plot.text(days.slice(-1), {
      ...beside,
      y,
      text: (day: TrendDay) => Math.round(y(day)).toLocaleString('en-US'),
    }),
  ];
}

const toDate = ({ day }: TrendDay) => new Date(Date.parse(day));

/** The last value, at the end of its line. */
const beside = { x: toDate, textAnchor: 'start', dx: 8, fill: 'var(--ink)' } as const;
