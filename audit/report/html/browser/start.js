// In the browser: the table follows the form, the headings, the address and the printer.
import { anyRisk, compareWords, selectRows } from './filter.js';
import { data, getElement, rows } from './rows.js';
import { showForPrint, showMore, showRows } from './table.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./filter.js').Filters} Filters */
/** @typedef {import('./filter.js').Order} Order */

const form = /** @type {HTMLFormElement} */ (getElement('filters'));

/** @type {Order} */
let order = { key: '', down: false };

fillChoices();
readAddress();
form.addEventListener('input', () => update());
form.addEventListener('submit', (event) => event.preventDefault());
// The form empties its fields only after the event.
form.addEventListener('reset', () => setTimeout(update));
for (const heading of document.querySelectorAll('th[data-key]'))
  heading.addEventListener('click', () => sortBy(heading));
getElement('more').addEventListener('click', showMore);
addEventListener('hashchange', readAddress);
addEventListener('beforeprint', showForPrint);

function update() {
  const filters = readForm();
  showRows(selectRows(filters, order));
  const address = Object.entries(filters).filter(([, value]) => value !== '');
  getElement('clear').hidden = address.length === 0;
  const hash = new URLSearchParams(address).toString();
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
}

/** @returns {Filters} */
function readForm() {
  const entries = new FormData(form);
  const text = (/** @type {string} */ name) => String(entries.get(name) ?? '').trim();
  return {
    q: text('q'),
    department: text('department'),
    stage: text('stage'),
    action: text('action'),
    risk: text('risk'),
    manager: text('manager'),
    licence: text('licence'),
    onedrive: text('onedrive'),
    population: text('population'),
  };
}

/** A fragment from a picture's link or a shared link is a set of filters; others are anchors. */
function readAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const isFilter = [...wanted.keys()].some((name) => form.elements.namedItem(name) !== null);
  if (isFilter) {
    for (const field of form.elements) {
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
        field.value = wanted.get(field.name) ?? '';
    }
    getElement('clear').hidden = false;
    getElement('people').scrollIntoView();
  }
  showRows(selectRows(readForm(), order));
}

/** @param {Element} heading */
function sortBy(heading) {
  const key = heading.getAttribute('data-key') ?? '';
  const numeric = heading.classList.contains('numeric') || key === 'risk';
  order = order.key === key ? { key, down: !order.down } : { key, down: numeric };
  for (const other of document.querySelectorAll('th[data-key]')) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
  showRows(selectRows(readForm(), order));
}

function fillChoices() {
  fillChoice('department', (row) => [row.department]);
  fillChoice('stage', (row) => [row.stage]);
  fillChoice('action', (row) => [row.action]);
  fillChoice('risk', (row) => row.risks);
  fillChoice('licence', (row) => row.licenses);
  fillChoice('onedrive', (row) => [row.oneDrive]);
  if (data.words.population.length > 0) fillChoice('population', (row) => [row.population]);
  const risk = form.elements.namedItem('risk');
  if (risk instanceof HTMLSelectElement) risk.options[0]?.after(new Option('any', anyRisk));
  const managers = [...new Set(rows.map(({ manager }) => manager))].sort(compareWords);
  getElement('managers').append(...managers.map((name) => new Option(name, name)));
}

/**
 * @param {string} name
 * @param {(row: Row) => readonly string[]} listWords
 */
function fillChoice(name, listWords) {
  const select = form.elements.namedItem(name);
  if (!(select instanceof HTMLSelectElement)) return;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of rows) for (const word of listWords(row)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => compareWords(a, b));
  select.append(...sorted.map(([word, count]) => new Option(`${word} (${count.toLocaleString('en-US')})`, word)));
}
