// The frame of the table of people: search, filters, headings. The page's script fills it from the data block.
import { html, type Markup } from '../../../forge/markup.ts';
import { formatCount } from '../../../policy/words/labels.ts';
import type { PeopleData, PersonRow } from './people-data.ts';

interface TableOptions {
  /** Where the full list is. */
  csv: string;
  /** How many of the people are active again, but still in a stage. */
  others: number;
}

export function renderPeopleTable(data: PeopleData, { csv, others }: TableOptions): Markup {
  const cut = data.rows.length < data.total;
  const note = cut
    ? html`<p class="note">The table has the first ${data.rows.length.toLocaleString('en-US')} of ${data.total.toLocaleString('en-US')}: the plan’s, then the most expensive. All of them are in <a href="${csv}">${csv}</a>.</p>`
    : html``;
  const more =
    others > 0
      ? html`<p class="note">The inactive accounts, and ${formatCount(others, 'account')} more that a stage still holds.</p>`
      : html``;
  return html`<section aria-labelledby="people-title" id="people"><h2 id="people-title">The people</h2>${more}${note}
<noscript><p class="note">The table needs its script. The same list is in <a href="${csv}">${csv}</a>.</p></noscript>
<form class="filters" id="filters" role="search" aria-label="Search and filter the people">
<label>Search <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="name, account, job title, licence"></label>
${renderChoice('department', 'Department')}
<label>Manager <input name="manager" list="managers" autocomplete="off" spellcheck="false" placeholder="anybody"></label><datalist id="managers"></datalist>
${renderChoice('stage', 'Stage')}${renderChoice('action', 'Action')}${renderChoice('risk', 'Risk')}${renderChoice('licence', 'Licence')}${renderChoice('onedrive', 'OneDrive')}${data.words.population.length > 0 ? renderChoice('population', 'Population') : html``}
</form>
<div class="found"><p id="status" role="status"></p><button type="reset" form="filters" id="clear" hidden>Clear the filters</button></div>
<div class="scroll sheet" tabindex="0" role="region" aria-label="People">
<table class="people" id="table" aria-describedby="status"><thead><tr>${listColumns(data).map(renderHeading)}</tr></thead><tbody id="rows"></tbody></table>
</div>
<p class="more"><button type="button" id="more" hidden>Show more</button></p>
</section>`;
}

interface Column {
  key: keyof PersonRow;
  word: string;
  numeric?: boolean;
  wide?: boolean;
}

const listColumns = ({ currency }: PeopleData): readonly Column[] => [
  { key: 'name', word: 'Person' },
  { key: 'department', word: 'Department', wide: true },
  { key: 'manager', word: 'Manager', wide: true },
  { key: 'place', word: 'Stage' },
  { key: 'days', word: 'Days silent', numeric: true },
  { key: 'cost', word: `${currency} a month`, numeric: true },
  { key: 'action', word: 'Action', wide: true },
  { key: 'risk', word: 'Risk', wide: true },
];

function renderHeading({ key, word, numeric = false, wide = false }: Column): Markup {
  const kind = [numeric ? 'numeric' : '', wide ? 'wide-only' : ''].join(' ').trim();
  return html`<th scope="col" class="${kind}" data-key="${key}"><button type="button">${word}<span class="arrow" aria-hidden="true"></span></button></th>`;
}

function renderChoice(name: string, word: string): Markup {
  return html`<label>${word} <select name="${name}"><option value="">all</option></select></label>`;
}
