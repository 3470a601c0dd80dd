// report.html: one file that opens from disk, with the answer first. Pictures are drawn here; only the table of people needs its script.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { formatDay } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import { answer, merge } from './html/answer.ts';
import { calendar } from './html/calendar.ts';
import { clocks } from './html/clocks.ts';
import { html, jsonText, type Markup } from './html/markup.ts';
import { peopleData } from './html/people.ts';
import { savings } from './html/savings.ts';
import { silence } from './html/silence.ts';
import { sources } from './html/sources.ts';
import { peopleTable } from './html/table.ts';
import { trend } from './html/trend.ts';
import { trust } from './html/trust.ts';

export interface ReportOptions {
  /** Where the full list is, relative to the report. */
  csv?: string;
  /** Accounts in the table; the rest is in the CSV. */
  mostPeople?: number;
}

/** The whole page. The same audit gives the same bytes. */
export function reportHtml(result: AuditResult, options: ReportOptions = {}): string {
  const data = peopleData(result, { most: options.mostPeople ?? 5000, mostBytes: 2_700_000 });
  const body = html`<a class="skip" href="#people">Skip to the people</a>
<header class="top"><p><strong>Dormant</strong> <span>${result.stack}</span></p><p>Audit of <time datetime="${result.auditedOn}">${formatDay(result.auditedOn, '')}</time></p></header>
<main>
${answer(result)}
<section aria-labelledby="ahead"><h2 id="ahead">What happens when</h2>${merge(result)}${calendar(result)}${clocks(result)}</section>
<section aria-labelledby="money"><h2 id="money">Where the money is</h2>${savings(result)}</section>
<section aria-labelledby="evidence"><h2 id="evidence">What the evidence says</h2>${silence(result)}${sources(result)}${trend(result)}</section>
${peopleTable(data, { csv: options.csv ?? 'inactive-users.csv', others: data.total - result.inactive.length })}
${trust(result)}
</main>
<script type="application/json" id="data">${jsonText(data)}</script>`;
  return page(`Dormant: ${result.stack}, ${formatDay(result.auditedOn, '')}`, body);
}

/** The policy lets exactly this style sheet and this script in: nothing of the tenant's data can become either. */
function page(title: string, body: Markup): string {
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
${html`<title>${title}</title>`.text}
<style>${style}</style>
</head>
<body>
${body.text}
<script>${script}</script>
</body>
</html>
`;
}

/** In the order of the cascade. */
const style = ['theme', 'page', 'figures', 'people', 'small-and-paper']
  .map((name) => read(`style/${name}.css`))
  .join('\n');

/** Modules in the order in which they import each other, joined: imports and exports have no meaning inside of one script. */
const script = `(() => {\n'use strict';\n${['rows', 'filter', 'detail', 'table', 'start'].map(joined).join('\n')}})();\n`;

function joined(name: string): string {
  return read(`browser/${name}.js`)
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export /gm, '');
}

function read(name: string): string {
  return readFileSync(new URL(`./html/${name}`, import.meta.url), 'utf8');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
