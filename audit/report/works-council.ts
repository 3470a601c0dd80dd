// works-council.html: the rules and coarse counts, for those who represent the employees. Nobody is in it, and no number tells
// fewer than five people apart (decision 52).
import { html, type Markup } from '../../forge/markup.ts';
import { reasonCodes } from '../../policy/judge/judgement.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { formatDay, reasonWords, stageWords } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';
import { renderPage } from './html/page.ts';
import { renderNumbers } from './html/plot.ts';
import { type Place, placeGroups } from './works-council/count-places.ts';
import { type ToldCounts, tellCounts } from './works-council/counts.ts';
import { type CountRange, formatRange, isHidden, smallestShown, sumLeast } from './works-council/disclosure.ts';
import { listRules, type RuleSection } from './works-council/rules.ts';

/** The same audit gives the same bytes. */
export function renderWorksCouncilReport(audit: AuditView): string {
  const { stack, auditedOn } = audit;
  const told = tellCounts(audit);
  const body = html`<header class="top"><p><strong>Dormant</strong> <span>${stack}</span></p><p>Audit of <time datetime="${auditedOn}">${formatDay(auditedOn, '')}</time></p></header>
<main>
<section class="answer"><h1>Accounts that nobody uses: the rules, and how many they concern</h1>
<div class="prose"><p>This page is for those who represent the employees. Nobody is named or described in it: no person, no manager, no department, no title. ${howCounted}</p></div></section>
<section><h2>The rules</h2>${listRules(audit).map(renderRules)}${renderStages(audit)}</section>
<section><h2>The numbers</h2>${renderToldCounts(told, audit.policy)}</section>
</main>`;
  return renderPage({ title: `Dormant: ${stack}, for the works council, ${formatDay(auditedOn, '')}`, body });
}

/** All of the page that depends on how many there are. */
export function renderToldCounts(told: ToldCounts, policy: Pick<Policy, 'scope'>): Markup {
  return html`${renderPlaces(told, policy)}${renderReasons(told)}${renderMonths(told)}`;
}

const howCounted = `Numbers are shown in steps of ${smallestShown}, and none below ${smallestShown}, so that nobody can be told apart by them; “fewer than ${smallestShown}” can also be none.`;

function renderRules({ title, sentences }: RuleSection): Markup {
  return renderCard(
    title,
    html`<div class="prose"><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`,
  );
}

function renderStages({ policy: { stages, populations = [] } }: AuditView): Markup {
  const others = populations.some((population) => population.stages !== undefined)
    ? html`<p class="note">For some people the policy has days of their own.</p>`
    : '';
  const rows = [
    ['notify', `after ${stages.notifyDays} days, if still silent`],
    ['review', `after ${stages.reviewDays} days, if still silent`],
    ['disable', `after ${stages.disableDays} days`],
    ['delicense', `after ${stages.archiveAfterDays} days its file is archived`],
    ['keep', `after ${stages.keepDays} days`],
    ['restore', 'once it is given back'],
  ] as const;
  const table = renderNumbers(
    ['Step', renderWords('what merging it does'), renderWords('moves on')],
    rows.map(([stage, next]) => [stageWords[stage].name, renderWords(stageWords[stage].does), renderWords(next)]),
    'The steps',
  );
  return renderCard('The steps', html`${table}${others}`);
}

function renderCard(title: string, inner: Markup): Markup {
  return html`<div class="card"><h3>${title}</h3>${inner}</div>`;
}

function renderWords(text: string): Markup {
  return html`<span class="words">${text}</span>`;
}

const placeWords: Record<Place, string> = {
  active: 'active',
  'not-judged': 'could not be judged, and so kept',
  guests: 'silent guests and members of other companies, who are only listed',
  'out-of-scope': 'outside the part that the policy begins with',
  exempt: 'exempt',
  person: 'silent, and left to a person',
  refused: 'silent, and kept because somebody said so',
  waits: 'silent, and waiting for a later proposal',
  nothing: 'silent, with nothing to do',
  'enter-notify': 'begin: Notify',
  'enter-review': 'go on to Review',
  'enter-taking': 'go on to Disable or Delicense',
  'enter-keep': 'kept by a reviewer',
  'enter-restore': 'are given back what was taken',
  leave: 'leave, because somebody uses them, they are exempt, or all is given back that can be',
  archive: 'go to the archive',
  'stay-notify': 'stay in Notify',
  'stay-review': 'stay in Review',
  'stay-disable': 'stay in Disable',
  'stay-delicense': 'stay in Delicense',
  'stay-keep': 'stay kept by a reviewer',
  'stay-restore': 'stay in Restore',
};

function renderPlaces({ places, heldBack }: ToldCounts, policy: Pick<Policy, 'scope'>): Markup {
  const shown = (group: readonly Place[]) =>
    group.filter((place) => place !== 'out-of-scope' || policy.scope !== undefined);
  const render = (title: string, group: readonly Place[]) =>
    renderRanges(
      title,
      shown(group).map((place) => [placeWords[place], places[place]]),
      true,
    );
  return html`${render('Accounts in no step', placeGroups.outside)}${render('What this proposal would do', placeGroups.moving)}${render('Accounts that stay in their step', placeGroups.staying)}
<p class="note">Each account is in one line. Accounts of which a licence stays, because a hold, files or something else needs it: ${formatRange(heldBack)}.</p>`;
}

function renderReasons({ whyActive, whyNotJudged, ofInactive }: ToldCounts): Markup {
  return html`${renderCodes('Why accounts count as active', whyActive)}${renderCodes('Why accounts could not be judged', whyNotJudged)}${renderCodes('What else was seen of inactive accounts', ofInactive)}
<p class="note">An account can have several reasons. Whoever counts as inactive was silent for longer than the policy allows, or was never active.</p>`;
}

function renderCodes(title: string, ranges: ToldCounts['whyActive']): Markup {
  if (ranges === null)
    return renderCard(title, html`<p>Not broken down: the lines would tell too much about few people.</p>`);
  const rows = reasonCodes.flatMap((code) => {
    const range = ranges[code];
    return range === undefined ? [] : [[reasonWords[code], range] as const];
  });
  return renderRanges(title, rows, false);
}

/** Lines that are all hidden are one sentence, which tells the same. */
function renderRanges(title: string, rows: readonly (readonly [string, CountRange])[], isSummed: boolean): Markup {
  const ranges = rows.map(([, range]) => range);
  if (ranges.every(isHidden))
    return renderCard(
      title,
      html`<p>Fewer than ${smallestShown} each: ${rows.map(([words]) => words).join('; ')}.</p>`,
    );
  const least = sumLeast(ranges).toLocaleString('en-US');
  const sum = isSummed ? [['together', `at least ${least}`]] : [];
  const told = rows.map(([words, range]) => [words, formatRange(range)]);
  return renderCard(title, renderNumbers(['Accounts', 'how many'], [...told, ...sum], title));
}

function renderMonths({ months }: ToldCounts): Markup {
  if (months.length === 0) return html``;
  const stages = ['notify', 'review', 'disable', 'delicense', 'keep', 'restore'] as const;
  const table = renderNumbers(
    ['On', ...stages.map((stage) => `in ${stageWords[stage].name}`)],
    months.map(({ day, byStage }) => [formatDay(day, ''), ...stages.map((stage) => formatRange(byStage[stage]))]),
    'The accounts in each step, by month',
  );
  return renderCard('The months before', table);
}
