// Do the sources agree? Last activity by source, for the planned accounts where the sources are furthest apart.
import * as Plot from '@observablehq/plot';
import { html, type Markup } from '../../../forge/markup.ts';
import { addDays, countDaysBetween, type Day } from '../../../policy/evidence.ts';
import type { JudgedAccount } from '../../../policy/judge/judgement.ts';
import { formatDay, serviceWords } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { renderFigure, renderLegend, renderNumbers, renderPlot } from './plot.ts';

const mostPeople = 24;
/** Older dots are drawn at the left edge. */
const shownYears = 2;

const sourceList = [
  { name: 'exchange', word: serviceWords.exchange, symbol: 'circle' },
  { name: 'oneDrive', word: serviceWords.oneDrive, symbol: 'square' },
  { name: 'sharePoint', word: serviceWords.sharePoint, symbol: 'triangle' },
  { name: 'teams', word: serviceWords.teams, symbol: 'diamond' },
  { name: 'yammer', word: serviceWords.yammer, symbol: 'star' },
  { name: 'signIn', word: 'successful sign-in', symbol: 'plus' },
  { name: 'attempt', word: 'sign-in attempt, no success', symbol: 'times' },
] as const;
type Source = (typeof sourceList)[number]['name'];

interface Person {
  /** Unique on the axis, which the name may not be. */
  key: string;
  name: string;
  seen: { source: Source; day: Day }[];
  first: Day;
  last: Day;
}

export function renderSources(result: AuditView): Markup {
  const people = selectFurthestApart(result);
  if (people.length === 0) return html``;
  const title = 'Do the sources agree?';
  const caption = `Last activity in each source, for the ${people.length === 1 ? 'planned account' : `${people.length} planned accounts`} where the sources are furthest apart. Right of the line would count as active; a sign-in attempt without a success does not.`;
  const used = sourceList.filter(({ name }) => people.some(({ seen }) => seen.some(({ source }) => source === name)));
  const picture = renderPlot({
    label: `${title} Dots by date; the numbers are below`,
    options: buildPlotOptions(people, result),
  });
  const table = renderNumbers(
    ['Account', ...used.map(({ word }) => word)],
    people.map(({ name, seen }) => [
      name,
      ...used.map((source) =>
        formatShownDay(seen.find((entry) => entry.source === source.name)?.day, result.auditedOn),
      ),
    ]),
  );
  const legend = renderLegend(
    used.map(({ name, word, symbol }) => ({
      word,
      symbol: { name: symbol, colour: `var(--source-${name})` },
    })),
  );
  return renderFigure({ title, caption, picture: html`${legend}${picture}`, table });
}

function formatShownDay(day: Day | undefined, today: Day): string {
  return day === undefined ? '–' : formatDay(day, today);
}

function selectFurthestApart({ plan, auditedOn }: AuditView): Person[] {
  const oldest = addDays(auditedOn, -365 * shownYears);
  const planned = [...plan.moves, ...plan.held].flatMap(({ judged }) =>
    judged?.judgement.verdict === 'inactive' ? [judged] : [],
  );
  return planned
    .map((judged) => toPerson(judged, oldest))
    .filter((person) => computeSpread(person) > 0)
    .sort((a, b) => computeSpread(b) - computeSpread(a) || (a.key < b.key ? -1 : 1))
    .slice(0, mostPeople);
}

function toPerson({ evidence, judgement }: JudgedAccount, oldest: Day): Person {
  const { usage, signIns } = evidence;
  const days: Partial<Record<Source, Day | null>> = {
    ...(usage.kind === 'row'
      ? {
          exchange: usage.lastActivity.exchange,
          oneDrive: usage.lastActivity.oneDrive,
          sharePoint: usage.lastActivity.sharePoint,
          teams: usage.lastActivity.teams,
          yammer: usage.lastActivity.yammer,
        }
      : {}),
    ...(signIns.kind === 'read' ? { signIn: signIns.lastSuccessful } : {}),
    ...(signIns.kind === 'read' && judgement.reasons.includes('signs-of-spray')
      ? { attempt: signIns.lastAttempt }
      : {}),
  };
  const seen = sourceList.flatMap(({ name }) => {
    const day = days[name] ?? null;
    return day === null ? [] : [{ source: name, day }];
  });
  const sorted = seen.map(({ day }) => (day < oldest ? oldest : day)).sort();
  return {
    key: evidence.userPrincipalName,
    name: evidence.displayName || evidence.userPrincipalName,
    seen,
    first: sorted[0] ?? '',
    last: sorted.at(-1) ?? '',
  };
}

function computeSpread({ seen, first, last }: Person): number {
  return seen.length === 0 ? 0 : countDaysBetween(first, last);
}

function buildPlotOptions(
  people: readonly Person[],
  { auditedOn, reportRefreshDate, policy }: AuditView,
): Plot.PlotOptions {
  const earliest = addDays(auditedOn, -365 * shownYears);
  const toDate = (day: Day) => new Date(Date.parse(day < earliest ? earliest : day));
  const threshold = toDate(addDays(reportRefreshDate, -policy.inactiveAfterDays));
  const dots = people.flatMap((person) =>
    person.seen.map((entry) => ({ ...entry, key: person.key, name: person.name })),
  );
  const names = new Map(people.map(({ key, name }) => [key, name]));
  return {
    width: 760,
    height: 46 + people.length * 16,
    marginLeft: 136,
    marginRight: 10,
    marginTop: 18,
    marginBottom: 30,
    x: { type: 'utc', domain: [toDate(earliest), toDate(auditedOn)] },
    y: { domain: people.map(({ key }) => key), type: 'point', padding: 0.6 },
    color: {
      domain: sourceList.map(({ name }) => name),
      range: sourceList.map(({ name }) => `var(--source-${name})`),
    },
    symbol: { domain: sourceList.map(({ name }) => name), range: sourceList.map(({ symbol }) => symbol) },
    marks: [
      Plot.rectX([0], { x1: threshold, x2: toDate(auditedOn), fill: 'var(--accent-soft)' }),
      Plot.axisX({ anchor: 'bottom', label: null, tickSize: 0, ticks: 'quarter' }),
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 'quarter' }),
      Plot.axisY({ label: null, tickSize: 0, tickFormat: (key: string) => shorten(names.get(key) ?? key) }),
      Plot.ruleX([threshold], { stroke: 'var(--ink)', strokeDasharray: '3 3' }),
      Plot.text([threshold], {
        x: (day: Date) => day,
        frameAnchor: 'top',
        dy: -12,
        text: () => `${policy.inactiveAfterDays} days`,
        fill: 'var(--ink)',
      }),
      Plot.ruleY(people, {
        y: 'key',
        x1: ({ first }: Person) => toDate(first),
        x2: ({ last }: Person) => toDate(last),
        stroke: 'var(--line-strong)',
      }),
      Plot.dot(dots, {
        x: ({ day }: { day: Day }) => toDate(day),
        y: 'key',
        symbol: 'source',
        stroke: 'source',
        fill: 'var(--surface)',
        r: 3.2,
        strokeWidth: 1.5,
        title: ({ name, source, day }: { name: string; source: Source; day: Day }) =>
          `${name}, ${source}: ${formatDay(day, auditedOn)}`,
      }),
    ],
  };
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 20 ? text : `${characters.slice(0, 19).join('')}…`;
}
