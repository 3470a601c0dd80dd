// The top of the report: how many accounts, how much money, who has to decide, what the proposal does.
import * as Plot from '@observablehq/plot';
import { html, type Markup } from '../../../forge/markup.ts';
import type { RecommendedAction } from '../../../policy/judge/judgement.ts';
import { describeWave } from '../../../policy/words/describe-belongings.ts';
import { formatCount, formatMoney } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { findWave } from '../../summary/belongings.ts';
import { summariseHeldBack } from '../../summary/held-back-reasons.ts';
import { describeWaiting } from '../../summary/one-drive-fate.ts';
import { describeSilenceAsked } from '../../summary/populations.ts';
import { describeStopped } from '../../summary/quality.ts';
import { countMerge, type MoneySummary, sumMoney } from '../../summary/totals.ts';
import { renderPlot } from './plot.ts';

export function renderAnswer(result: AuditView): Markup {
  const money = sumMoney(result);
  const { inactive } = money;
  const days = describeSilenceAsked(result.policy);
  return html`<section class="answer" aria-labelledby="answer">
<h1 id="answer"><b>${formatCount(inactive.accounts, 'account')}</b> of ${(result.counts.accounts - result.counts.outsideScope).toLocaleString('en-US')}${result.policy.scope === undefined ? '' : ' in scope'} ${inactive.accounts === 1 ? 'has' : 'have'} been silent for ${days}. Their licences cost <b>${formatWhole(inactive.monthly, money)}</b> a month.</h1>
${renderStop(result)}
${renderBar(money)}
<dl class="tiles">${renderTiles(result, money)}</dl>
</section>`;
}

function renderStop(result: AuditView): Markup {
  const sentence = describeStopped(result);
  return sentence === '' ? html`` : html`<p class="stop" role="note"><b>Note:</b> ${sentence}</p>`;
}

function renderTiles(result: AuditView, money: MoneySummary): Markup[] {
  const { reclaimable, heldBack, undecided, leftAlone, alreadySaved } = money;
  const year = `${formatWhole(reclaimable.monthly * 12, money)} a year, from ${formatCount(reclaimable.accounts, 'account')}, step by step`;
  return [
    renderTile({
      kind: 'reclaimable',
      title: 'Reclaimable',
      value: formatWhole(reclaimable.monthly, money),
      lines: [year, describeSaved(alreadySaved.monthly, money)],
    }),
    renderTile({
      kind: 'held',
      title: 'Has to stay',
      value: formatWhole(heldBack.monthly, money),
      lines: [...summariseHeldBack(money), describeWaiting(money) ?? ''],
    }),
    renderTile({
      kind: 'undecided',
      title: 'Needs a person',
      value: formatCount(undecided.accounts, 'account'),
      lines: [`${formatWhole(undecided.monthly, money)} a month`, describeDeciders(result)],
    }),
    renderTile({
      kind: 'left',
      title: 'Left alone',
      value: formatCount(leftAlone.accounts, 'account'),
      lines: [`${formatWhole(leftAlone.monthly, money)} a month`, 'exempt, kept by a reviewer, or nothing to do'],
    }),
  ];
}

/** The open proposal in numbers. */
export function renderMerge(result: AuditView): Markup {
  const counts = countMerge(result);
  const money = formatMoney(Math.round(counts.monthly), result.currency);
  const lines = [
    [counts.disable, 'into Disable'],
    [
      counts.withBlock.accounts,
      `of them with licences that go with the block: ${formatMoney(Math.round(counts.withBlock.monthly), result.currency)} a month`,
    ],
    [counts.delicense, `into Delicense: ${money} a month`],
    [counts.review, 'into Review: the time to object'],
    [counts.notify, `into Notify: ${formatCount(counts.managers, 'person is', 'people are')} told`],
    [counts.restore, `${counts.restore === 1 ? 'gets' : 'get'} back what was taken`],
    [counts.saved, `${counts.saved === 1 ? 'keeps its mailbox' : 'keep their mailboxes'} by a licence`],
    [counts.kept, 'kept by a reviewer'],
    [counts.released, `${counts.released === 1 ? 'leaves' : 'leave'} untouched`],
    [counts.archived, 'to the archive, as they are'],
  ] as const;
  const moving = lines.filter(([count]) => count > 0);
  if (moving.length === 0) return html`<p>No account moves with this proposal.</p>`;
  return html`<dl class="merge"><dt>If the open proposal is merged</dt>${moving.map(([count, what]) => html`<dd><b>${count.toLocaleString('en-US')}</b> ${what}</dd>`)}</dl>${renderWaveNote(result)}`;
}

/** What Microsoft deletes after the licences that this merge takes. */
function renderWaveNote(result: AuditView): Markup {
  const wave = findWave(result, ['disable', 'delicense']);
  if (wave.leaving.accounts + wave.phones === 0) return html``;
  return html`<p class="note">${describeWave(wave, result.auditedOn).join(' ')}</p>`;
}

interface Tile {
  /** Its class in style/figures.css. */
  kind: string;
  title: string;
  value: string;
  lines: readonly string[];
}

function renderTile({ kind, title, value, lines }: Tile): Markup {
  const shown = lines.filter((line) => line !== '').map((line) => html`<dd>${line}</dd>`);
  return html`<div class="tile tile-${kind}"><dt>${title}</dt><dd class="value">${value}</dd>${shown}</div>`;
}

function describeSaved(monthly: number, money: MoneySummary): string {
  return monthly === 0 ? '' : `${formatWhole(monthly, money)} a month is saved already`;
}

function describeDeciders(result: AuditView): string {
  const undecided = result.inactive.filter(({ bucket }) => bucket === 'undecided');
  return deciders
    .map(([action, who]) => [undecided.filter(({ judgement }) => judgement.action === action).length, who] as const)
    .filter(([count]) => count > 0)
    .map(([count, who]) => `${count.toLocaleString('en-US')} ${who}`)
    .join(' · ');
}

const deciders: readonly [RecommendedAction, string][] = [
  ['escalate-to-hr', 'for HR'],
  ['manual-review', 'for a review'],
  ['investigate', 'to investigate'],
  ['on-premises', 'in Active Directory'],
];

/** The cost of all inactive accounts as one bar; its parts are the tiles below it. */
function renderBar({ reclaimable, heldBack, undecided, leftAlone }: MoneySummary): Markup {
  const parts = [
    { part: 'reclaimable', monthly: reclaimable.monthly },
    { part: 'held', monthly: heldBack.monthly },
    { part: 'undecided', monthly: undecided.monthly },
    { part: 'left', monthly: leftAlone.monthly },
  ].filter(({ monthly }) => monthly > 0);
  if (parts.length === 0) return html``;
  const options: Plot.PlotOptions = {
    width: 760,
    height: 10,
    margin: 0,
    x: { axis: null },
    y: { axis: null },
    color: { domain: parts.map(({ part }) => part), range: parts.map(({ part }) => `var(--money-${part})`) },
    marks: [Plot.barX(parts, Plot.stackX({ x: 'monthly', fill: 'part', insetRight: 2 }))],
  };
  return html`<div class="money-bar">${renderPlot({ label: 'The monthly cost in four parts; each is in words below', options })}</div>`;
}

function formatWhole(amount: number, { currency }: MoneySummary): string {
  return formatMoney(Math.round(amount), currency);
}
