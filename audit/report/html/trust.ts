// How far to trust the page: what the sources lacked, which rules were used, how the tenant was read.
import { addDays } from '../../../policy/evidence.ts';
import { countInWords, dayInWords, reasonWords } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { html, type Markup } from './markup.ts';
import { numbers } from './plot.ts';

export function trust(result: AuditResult): Markup {
  const { auditedOn, reportRefreshDate, policy } = result;
  return html`<section aria-labelledby="trust"><h2 id="trust">How far to trust this</h2>
<div class="prose">
<p>An account counts as inactive when Exchange, OneDrive, SharePoint, Teams and Viva Engage have seen nothing of it for ${policy.inactiveAfterDays} days, counted to ${dayInWords(reportRefreshDate, '')}, the day of Microsoft’s usage report, and when nobody has signed in with success for as long. A failed sign-in keeps nobody active. Whatever is missing or unclear keeps the account as it is.</p>
<ul>${lacks(result).map((line) => html`<li>${line}</li>`)}</ul>
<p>The apply accepts this evidence until ${dayInWords(addDays(auditedOn, policy.evidenceMaxAgeDays), '')} and reads every account again before it writes. Nothing is ever deleted.</p>
</div>
<details class="as-table"><summary>Requests and checksums</summary>${requestTable(result)}${inputTable(result)}</details>
</section>`;
}

function lacks({ quality, counts }: AuditResult): string[] {
  const unsure = counts.verdicts['insufficient-evidence'];
  const why = (
    [
      'report-row-missing',
      'report-row-ambiguous',
      'sign-in-unavailable',
      'account-too-new',
      'recently-licensed',
    ] as const
  )
    .filter((code) => counts.reasons[code] > 0)
    .map((code) => `${counts.reasons[code].toLocaleString('en-US')}: ${reasonWords[code]}`);
  const lines = [
    ...quality.notes,
    unsure === 0
      ? 'Every account could be judged.'
      : `${countInWords(unsure, 'account')} could not be judged (${why.join('; ')}).`,
    ...(quality.signIns === 'read' ? [] : ['Sign-ins could not be read.']),
    ...(quality.roleEligibility === 'read'
      ? []
      : ['Eligible roles could not be read: only active ones protect an account.']),
    ...(quality.missingRows === 0
      ? []
      : [`${countInWords(quality.missingRows, 'member')} had no row in the usage report.`]),
    ...(quality.unknownRows === 0
      ? []
      : [`${countInWords(quality.unknownRows, 'row')} of the report named nobody.`]),
    ...(quality.deletedRows === 0
      ? []
      : [`${countInWords(quality.deletedRows, 'row')} of the report belonged to deleted users.`]),
    `${countInWords(counts.guests, 'guest')} ${counts.guests === 1 ? 'is' : 'are'} audited separately, in guests.csv.`,
  ];
  return lines;
}

function requestTable({ requests }: AuditResult): Markup {
  const rows = Object.entries(requests.bySource).map(([source, count]) => [
    source,
    count.toLocaleString('en-US'),
  ]);
  return numbers(
    ['Source', 'requests'],
    [
      ...rows,
      ['all', requests.total.toLocaleString('en-US')],
      ['sent again', requests.retries.toLocaleString('en-US')],
    ],
  );
}

function inputTable({ inputs }: AuditResult): Markup {
  return numbers(
    ['Input', 'SHA-256'],
    Object.entries(inputs).map(([name, hash]) => [name, html`<code>${hash}</code>`]),
  );
}
