// How long the inactive accounts have been silent, by the state of the account: a histogram of 30-day bins.
import * as Plot from '@observablehq/plot';
import type { Markup } from '../../../forge/markup.ts';
import { html } from '../../../forge/markup.ts';
import type { JudgedAccount } from '../../../policy/judge/judgement.ts';
import { findShortestSilence } from '../../../policy/populations/population-policy.ts';
import type { AuditView } from '../../audit-view.ts';
import { renderFigure, renderLegend, renderNumbers, renderPlot } from './plot.ts';

const binDays = 30;
/** From two years on everything is one bin. */
const longestDays = 720;

const states = [
  { name: 'enabled', word: 'can sign in', swatch: 'state-enabled' },
  { name: 'licensed', word: 'disabled, still licensed', swatch: 'state-licensed' },
  { name: 'bare', word: 'disabled, no licence', swatch: 'state-bare' },
] as const;
type State = (typeof states)[number]['name'];

interface Bin {
  from: number;
  label: string;
  counts: Record<State, number>;
}

export function renderSilence(result: AuditView): Markup {
  const bins = buildBins(result);
  const shown = states.filter(({ name }) => bins.some(({ counts }) => counts[name] > 0));
  const title = 'How long they have been silent';
  const picture = renderPlot({
    label: `${title}: a histogram; the numbers are below`,
    options: buildPlotOptions(bins),
  });
  const caption = 'Inactive accounts by days since their last activity of any kind, to the day of the usage report.';
  const table = renderNumbers(
    ['Days', ...shown.map(({ word }) => word)],
    bins
      .filter(sumCounts)
      .map(({ label, counts }) => [label, ...shown.map(({ name }) => counts[name].toLocaleString('en-US'))]),
  );
  return renderFigure({ title, caption, picture: html`${renderLegend(shown)}${picture}`, table });
}

function buildBins({ inactive, policy }: AuditView): Bin[] {
  const first = Math.floor(findShortestSilence(policy) / binDays) * binDays;
  const starts: number[] = [];
  for (let from = first; from < Math.max(longestDays, first + binDays); from += binDays) starts.push(from);
  const bins = starts.map((from) => createBin(from, `${from}–${from + binDays - 1}`));
  const longer = createBin(longestDays, `${longestDays} or more`);
  const never = createBin(longestDays + 2 * binDays, 'never active');
  for (const account of inactive) {
    const days = account.judgement.inactiveDays;
    const target = days === null ? never : days >= longestDays ? longer : bins[Math.floor((days - first) / binDays)];
    if (target) target.counts[toState(account)] += 1;
  }
  return [...bins, longer, never];
}

function createBin(from: number, label: string): Bin {
  return { from, label, counts: { enabled: 0, licensed: 0, bare: 0 } };
}

function toState({ evidence }: JudgedAccount): State {
  if (evidence.accountEnabled) return 'enabled';
  return evidence.licenses.length > 0 ? 'licensed' : 'bare';
}

function sumCounts({ counts }: Bin): number {
  return counts.enabled + counts.licensed + counts.bare;
}

function buildPlotOptions(bins: readonly Bin[]): Plot.PlotOptions {
  const bars = bins.flatMap((entry) =>
    states.map(({ name }) => ({ ...entry, state: name, count: entry.counts[name] })),
  );
  const first = bins[0]?.from ?? 0;
  const ticks = [90, 180, 365, 545].filter((day) => day >= first);
  const words = new Map([
    [90, '90 days'],
    [180, '180'],
    [365, '1 year'],
    [545, '1½ years'],
    [longestDays + binDays / 2, '2 or more'],
    [longestDays + 2.5 * binDays, 'never'],
  ]);
  return {
    width: 760,
    height: 180,
    marginLeft: 32,
    marginRight: 4,
    marginBottom: 22,
    marginTop: 12,
    x: { domain: [first, longestDays + 3 * binDays] },
    y: { grid: true, nice: true },
    color: { domain: states.map(({ name }) => name), range: states.map(({ swatch }) => `var(--${swatch})`) },
    marks: [
      Plot.axisY({ label: null, ticks: 4, tickSize: 0 }),
      Plot.axisX([...ticks, longestDays + binDays / 2, longestDays + 2.5 * binDays], {
        tickFormat: (day: number) => words.get(day) ?? '',
        tickSize: 0,
        label: null,
      }),
      Plot.rectY(
        bars,
        Plot.stackY({
          x1: 'from',
          x2: ({ from }: Bin) => from + binDays,
          y: 'count',
          fill: 'state',
          insetLeft: 1,
          insetRight: 1,
          title: ({ label, state, count }: Bin & { state: State; count: number }) => `${label} days: ${count} ${state}`,
        }),
      ),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}
