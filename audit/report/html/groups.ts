// Where licences come from: direct and by groups, and of each group what it gives, to how many, and whether it is left.
import { html, type Markup } from '../../../forge/markup.ts';
import { formatCount, formatMoney } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import type { AuditedGroup } from '../../licensing-groups.ts';
import { describeStanding, listGroupNotes, nameGroup, sumByAssignment } from '../../summary/licensing-groups.ts';
import { renderNumbers } from './plot.ts';

/** Further rows are folded. */
const firstShown = 12;
/** The rest is in audit.json. */
const mostShown = 100;

/** Empty where no group gives a licence. */
export function renderGroups(result: AuditView): Markup {
  const { licensingGroups: groups, currency } = result;
  if (groups.length === 0) return html``;
  const notes = listGroupNotes(result).slice(0, mostShown);
  const wordy = ['gives', 'what a merge does'].map((word) => html`<span class="words">${word}</span>`);
  const head = ['Group', 'accounts', 'inactive', `${currency} a month`, ...wordy];
  const rows = groups.toSorted(compareCost).map((group) => toRow(group, currency));
  const left = rows.length - mostShown;
  const more = left > 0 ? html`<p class="note">${formatCount(left, 'more', 'more')} in audit.json.</p>` : html``;
  return html`<section aria-labelledby="groups"><h2 id="groups">Groups that give licences</h2>
<p>${describeSums(result)}</p>
${notes.length === 0 ? html`` : html`<ul class="prose">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
<figure class="card"><h3>By group</h3>
<figcaption>Accounts that the audit saw with a licence of the group, guests included; of these the inactive ones and those of the plan, and what these have from it, by the month. A product that two groups give counts in both. What a group opens in Azure or SharePoint, Graph does not show.</figcaption>
${renderNumbers(head, rows.slice(0, firstShown), 'Groups')}${renderFolded(head, rows.slice(firstShown, mostShown))}${more}</figure>
${renderBothWays(groups)}</section>`;
}

function describeSums(result: AuditView): string {
  const { direct, byGroup } = sumByAssignment(result);
  const format = (amount: number) => formatMoney(Math.round(amount), result.currency);
  return `Of what inactive accounts cost a month, ${format(direct.monthly)} is assigned directly (${format(direct.heldBack)} of it has to stay), and ${format(byGroup.monthly)} comes from groups (${format(byGroup.heldBack)} of it has to stay).`;
}

function compareCost(a: AuditedGroup, b: AuditedGroup): number {
  return b.monthly - a.monthly || b.accounts - a.accounts;
}

function toRow(group: AuditedGroup, currency: string): (string | Markup)[] {
  const { accounts, inactive, monthly, skuPartNumbers } = group;
  return [
    nameGroup(group),
    accounts.toLocaleString('en-US'),
    inactive.toLocaleString('en-US'),
    formatMoney(monthly, currency),
    ...[skuPartNumbers.join(', '), describeStanding(group)].map((words) => html`<span class="words">${words}</span>`),
  ];
}

function renderFolded(head: readonly (string | Markup)[], rows: readonly (string | Markup)[][]): Markup {
  if (rows.length === 0) return html``;
  const summary = formatCount(rows.length, 'more', 'more');
  return html`<details class="as-table"><summary>${summary}</summary>${renderNumbers(head, rows, `Groups, ${summary}`)}</details>`;
}

/** Paid once; but the direct assignment keeps the seat when the membership ends. */
function renderBothWays(groups: readonly AuditedGroup[]): Markup {
  const rows = groups.flatMap((group) =>
    group.alsoDirect.map(({ skuPartNumber, accounts }) => [
      nameGroup(group),
      skuPartNumber,
      accounts.toLocaleString('en-US'),
    ]),
  );
  if (rows.length === 0) return html``;
  return html`<figure class="card"><h3>Direct and by a group</h3>
<figcaption>Accounts that have a product in both ways. It is paid once, but whoever leaves the group keeps the seat by the direct assignment, which a merge to Delicense takes, too.</figcaption>
${renderNumbers(['Group', 'product', 'accounts'], rows.slice(0, mostShown))}</figure>`;
}
