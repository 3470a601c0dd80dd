// In the browser: what a row opens to. Elements and text only: nothing of the data is ever read as HTML.
import { data } from './rows.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./rows.js').PersonRow} PersonRow */

/**
 * @param {string} tag
 * @param {{ class?: string, text?: string, dir?: 'auto', scope?: string }} [more]
 * @param {readonly (Node | string)[]} [children]
 */
export function make(tag, more = {}, children = []) {
  const made = document.createElement(tag);
  if (more.class) made.className = more.class;
  if (more.text !== undefined) made.textContent = more.text;
  if (more.dir) made.dir = more.dir;
  if (more.scope) made.setAttribute('scope', more.scope);
  made.append(...children);
  return made;
}

/** @param {Row} row */
export function detailOf({ person }) {
  return make('div', { class: 'detail' }, [
    make('div', {}, [
      part('Why', sentence(person.why)),
      part('What happens next', sentence(person.next)),
      ...(person.risks === '' ? [] : [part('Risk', sentence(person.risks))]),
      part('Account', sentence(person.about), make('code', { text: person.id })),
    ]),
    make('div', {}, [
      part('Last activity', seenTable(person)),
      part('Licences', licenceTable(person)),
      ...oneDriveParts(person),
    ]),
  ]);
}

/**
 * @param {string} title
 * @param {...Node} content
 */
function part(title, ...content) {
  return make('div', { class: 'part' }, [make('h3', { text: title }), ...content]);
}

/** @param {string} text */
function sentence(text) {
  const words = text.charAt(0).toUpperCase() + text.slice(1);
  return make('p', { text: /[.!?]$/.test(words) ? words : `${words}.`, dir: 'auto' });
}

/** @param {PersonRow} person */
function seenTable({ seen }) {
  const days = seen.split(',');
  const lines = data.sources.map((source, index) =>
    make('tr', {}, [
      make('th', { text: source, scope: 'row' }),
      make('td', { text: days[index] || 'none on record', class: days[index] ? '' : 'none' }),
    ]),
  );
  return make('table', { class: 'facts' }, [make('tbody', {}, lines)]);
}

/** @param {PersonRow} person */
function licenceTable({ licences }) {
  if (licences.length === 0) return make('p', { text: 'None.' });
  const lines = licences.map(([licence, monthly, note]) => {
    const [product = '', partNumber = ''] = (data.words.licence[licence] ?? '').split('\u0000');
    // What Microsoft has no name for is called by its part number, once.
    const code = product === partNumber ? [] : [' ', make('code', { text: partNumber })];
    const name = make('th', { scope: 'row' }, [product, ...code]);
    const stays = note === '' ? [] : [make('span', { class: 'stays', text: `stays: ${note}` })];
    return make('tr', {}, [name, make('td', {}, [money(monthly), ...stays])]);
  });
  return make('table', { class: 'facts' }, [make('tbody', {}, lines)]);
}

/** @param {PersonRow} person */
function oneDriveParts({ files, fate }) {
  const sentences = [files, data.words.fate[fate] ?? ''].filter((text) => text !== '').map(sentence);
  return sentences.length === 0 ? [] : [part('OneDrive', ...sentences)];
}

/** @param {number} amount */
export function money(amount) {
  return `${data.currency} ${amountOf(amount)}`;
}

/**
 * With two digits behind the point or none, as the whole report has it.
 * @param {number} amount
 */
export function amountOf(amount) {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
