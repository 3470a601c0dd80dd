// report.html: one file that opens from disk, with the answer first. Only the table of people needs its script.
import { html, renderJson } from '../../forge/markup.ts';
import { formatDay } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';
import { renderAnswer, renderMerge } from './html/answer.ts';
import { renderCalendar } from './html/calendar.ts';
import { renderClocks } from './html/clocks.ts';
import { renderGroups } from './html/groups.ts';
import { readAsset, renderPage } from './html/page.ts';
import { buildPeopleData } from './html/people-data.ts';
import { renderPeopleTable } from './html/people-table.ts';
import { renderSavings } from './html/savings.ts';
import { renderSilence } from './html/silence.ts';
import { renderSources } from './html/sources.ts';
import { renderTrend } from './html/trend.ts';
import { renderTrust } from './html/trust.ts';

interface ReportOptions {
  /** Where the full list is, relative to the report. */
  csv?: string;
  /** Most accounts in the table; the rest is in the CSV. */
  mostPeople?: number;
}

/** The same audit gives the same bytes. */
export function renderHtmlReport(result: AuditView, options: ReportOptions = {}): string {
  const data = buildPeopleData(result, { most: options.mostPeople ?? 5000, mostBytes: 2_700_000 });
  const body = html`<a class="skip" href="#people">Skip to the people</a>
<header class="top"><p><strong>Dormant</strong> <span>${result.stack}</span></p><p>Audit of <time datetime="${result.auditedOn}">${formatDay(result.auditedOn, '')}</time></p></header>
<main>
${renderAnswer(result)}
<section aria-labelledby="ahead"><h2 id="ahead">What happens when</h2>${renderMerge(result)}${renderCalendar(result)}${renderClocks(result)}</section>
<section aria-labelledby="money"><h2 id="money">Where the money is</h2>${renderSavings(result)}</section>
${renderGroups(result)}
<section aria-labelledby="evidence"><h2 id="evidence">What the evidence says</h2>${renderSilence(result)}${renderSources(result)}${renderTrend(result)}</section>
${renderPeopleTable(data, { csv: options.csv ?? 'inactive-users.csv', others: data.total - result.inactive.length })}
${renderTrust(result)}
</main>
<script type="application/json" id="data">${renderJson(data)}</script>`;
  return renderPage({ title: `Dormant: ${result.stack}, ${formatDay(result.auditedOn, '')}`, body, script });
}

/** The modules, joined in the order of their imports, without imports and exports, which one script cannot have. */
const script = `(() => {\n'use strict';\n${['rows', 'filter', 'detail', 'table', 'start'].map(readModule).join('\n')}})();\n`;

function readModule(name: string): string {
  return readAsset(`browser/${name}.js`)
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export /gm, '');
}
