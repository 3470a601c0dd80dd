// In the browser: shows the rows, a page at a time, and opens one.
import { formatAmount, formatMoney, make, renderDetail } from './detail.js';
import { getElement, rows } from './rows.js';

/** @typedef {import('./rows.js').Row} Row */

/** A screen and a half: drawing these is the cost of changing a filter. */
const pageSize = 50;
/** Rows; the CSV has the rest. */
const mostPrinted = 1000;

/** @type {Row[]} */
let shown = [];
let rendered = 0;

/** @param {Row[]} all */
export function showRows(all) {
  shown = all;
  rendered = 0;
  getElement('rows').replaceChildren();
  getElement('table').setAttribute('aria-rowcount', String(all.length + 1));
  appendRows(pageSize);
  const monthly = all.reduce((sum, { person }) => sum + Math.round(person.cost * 100), 0) / 100;
  const count = all.length.toLocaleString('en-US');
  getElement('status').textContent =
    all.length === 0
      ? 'Nobody matches.'
      : `${count} ${all.length === 1 ? 'account' : 'accounts'}${all.length < rows.length ? ` of ${rows.length.toLocaleString('en-US')}` : ''}, ${formatMoney(monthly)} a month`;
}

/** Four more pages. */
export function showMore() {
  appendRows(rendered + 4 * pageSize);
}

export function showForPrint() {
  appendRows(Math.max(rendered, mostPrinted));
}

/** @param {number} to */
function appendRows(to) {
  const fragment = document.createDocumentFragment();
  for (const [index, row] of shown.slice(rendered, to).entries()) fragment.append(renderRow(row, rendered + index));
  getElement('rows').append(fragment);
  rendered = Math.min(to, shown.length);
  offerMore();
}

function offerMore() {
  const more = getElement('more');
  const left = shown.length - rendered;
  more.hidden = left <= 0;
  more.textContent = `Show ${Math.min(left, pageSize * 4).toLocaleString('en-US')} more of ${left.toLocaleString('en-US')}`;
}

/**
 * @param {Row} row
 * @param {number} index
 */
function renderRow(row, index) {
  const { person } = row;
  const button = make('button', { class: 'open' }, [
    make('bdi', { class: 'name', text: person.name || person.upn }),
    make('bdi', { class: 'upn', text: person.upn }),
  ]);
  button.setAttribute('type', 'button');
  button.setAttribute('aria-expanded', 'false');
  const line = make('tr', {}, [
    make('th', { scope: 'row', class: 'person' }, [button]),
    make('td', { class: 'wide-only', text: row.department, dir: 'auto' }),
    make('td', { class: 'wide-only', text: row.manager, dir: 'auto' }),
    make('td', {}, [make('span', { class: `place ${toStageClass(row.stage)}`, text: person.place })]),
    make('td', {
      class: 'numeric',
      text: person.days === null ? 'never' : person.days.toLocaleString('en-US'),
    }),
    make('td', { class: 'numeric', text: person.cost === 0 ? '–' : formatAmount(person.cost) }),
    make('td', { class: 'wide-only', text: row.action }),
    make(
      'td',
      { class: 'wide-only' },
      row.risks.map((risk) => make('span', { class: 'risk', text: risk })),
    ),
  ]);
  line.setAttribute('aria-rowindex', String(index + 2));
  button.addEventListener('click', () => toggle(row, line, button));
  return line;
}

/**
 * @param {Row} row
 * @param {HTMLElement} line
 * @param {HTMLElement} button
 */
function toggle(row, line, button) {
  const open = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!open));
  line.classList.toggle('opened', !open);
  if (open) {
    line.nextElementSibling?.remove();
    return;
  }
  const cell = make('td', {}, [renderDetail(row)]);
  cell.setAttribute('colspan', '8');
  line.after(make('tr', { class: 'opened-detail' }, [cell]));
}

/** @param {string} stage */
function toStageClass(stage) {
  return `stage-word-${stage.toLowerCase().replace(/[^a-z]+/g, '-')}`;
}
