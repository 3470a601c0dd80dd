// How far to trust the report: what the sources lacked, the rules, and how the tenant was read.
import { html, type Markup } from '../../../forge/markup.ts';
import { addDays } from '../../../policy/evidence.ts';
import { deletesNothingWords, givesBackWords, microsoftClocks } from '../../../policy/words/describe-clocks.ts';
import { formatCount, formatDay } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { describePopulations, describeSilenceAsked } from '../../summary/populations.ts';
import { describeQuality } from '../../summary/quality.ts';
import { renderNumbers } from './plot.ts';

export function renderTrust(result: AuditView): Markup {
  const { auditedOn, reportRefreshDate, policy } = result;
  return html`<section aria-labelledby="trust"><h2 id="trust">How far to trust this</h2>
<div class="prose">
<p>An account counts as inactive when Exchange, OneDrive, SharePoint, Teams and Yammer have seen nothing of it for ${describeSilenceAsked(policy, 'days')}, counted to ${formatDay(reportRefreshDate, '')}, the day of Microsoft’s usage report, and when nobody has signed in with success for as long. A failed sign-in keeps nobody active. Whatever is missing or unclear keeps the account as it is.</p>
<ul>${listTrustSentences(result).map((line) => html`<li>${line}</li>`)}</ul>
<p>The apply accepts this evidence until ${formatDay(addDays(auditedOn, policy.evidenceMaxAgeDays), '')} and reads every account again before it writes. ${deletesNothingWords} ${givesBackWords}</p>
</div>
${renderClockList()}
<details class="as-table"><summary>Requests and checksums</summary>${renderRequests(result)}${renderInputs(result)}</details>
</section>`;
}

function renderClockList(): Markup {
  const items = microsoftClocks.map(
    ({ what, when, dormant }) => html`<li><strong>${capitalise(what)}:</strong> ${when}. Dormant ${dormant}.</li>`,
  );
  return html`<details class="as-table"><summary>What Microsoft deletes once a licence is gone, counted from that day</summary><div class="prose"><ul>${items}</ul></div></details>`;
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function listTrustSentences(result: AuditView): string[] {
  const { guests, externalMembers } = result.counts;
  const lacks = describeQuality(result);
  return [
    ...describePopulations(result.policy),
    ...(lacks.length === 0 ? ['All sources were complete, and every account could be judged.'] : lacks),
    `${describeOutsiders(guests, externalMembers)} audited separately, in guests.csv.`,
  ];
}

/** `3 guests are`, `3 guests and 1 member of another company are`. */
function describeOutsiders(guests: number, externalMembers: number): string {
  const words = formatCount(guests, 'guest');
  if (externalMembers === 0) return `${words} ${guests === 1 ? 'is' : 'are'}`;
  const members = formatCount(externalMembers, 'member of another company', 'members of other companies');
  return `${words} and ${members} are`;
}

function renderRequests({ requests }: AuditView): Markup {
  const rows = Object.entries(requests.bySource).map(([source, count]) => [source, count.toLocaleString('en-US')]);
  return renderNumbers(
    ['Source', 'requests'],
    [
      ...rows,
      ['all', requests.total.toLocaleString('en-US')],
      ['sent again', requests.retries.toLocaleString('en-US')],
    ],
  );
}

function renderInputs({ inputs }: AuditView): Markup {
  return renderNumbers(
    ['Input', 'SHA-256'],
    Object.entries(inputs).map(([name, hash]) => [name, html`<code>${hash}</code>`]),
  );
}
