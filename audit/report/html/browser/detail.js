// In the browser: the details that a row opens to. Elements and text only: data is never parsed as HTML.
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
export function renderDetail({ person }) {
  return make('div', { class: 'detail' }, [
    make('div', {}, [
      renderPart('Why', renderSentence(person.why)),
      renderPart('What happens next', renderSentence(person.next)),
      ...(person.risks === '' ? [] : [renderPart('Risk', renderSentence(person.risks))]),
      renderPart('Account', renderSentence(person.about), make('code', { text: person.id })),
    ]),
    make('div', {}, [
      renderPart('Last activity', renderActivity(person)),
      renderPart('Licences', renderLicenses(person)),
      ...renderOneDrive(person),
    ]),
  ]);
}

/**
 * @param {string} title
 * @param {...Node} content
 */
function renderPart(title, ...content) {
  return make('div', { class: 'part' }, [make('h3', { text: title }), ...content]);
}

/** @param {string} text */
function renderSentence(text) {
  const words = text.charAt(0).toUpperCase() + text.slice(1);
  return make('p', { text: /[.!?]$/.test(words) ? words : `${words}.`, dir: 'auto' });
}

/** @param {PersonRow} person */
function renderActivity({ seen }) {
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
function renderLicenses({ licenses }) {
  if (licenses.length === 0) return make('p', { text: 'None.' });
  const lines = licenses.map(([license, monthly, note]) => {
    const [product = '', partNumber = ''] = (data.words.license[license] ?? '').split('\u0000');
    // A product without a name is called by its part number, once.
    const code = product === partNumber ? [] : [' ', make('code', { text: partNumber })];
    const name = make('th', { scope: 'row' }, [product, ...code]);
    const stays = note === '' ? [] : [make('span', { class: 'stays', text: `stays: ${note}` })];
    return make('tr', {}, [name, make('td', {}, [formatMoney(monthly), ...stays])]);
  });
  return make('table', { class: 'facts' }, [make('tbody', {}, lines)]);
}

/** @param {PersonRow} person */
function renderOneDrive({ files, fate }) {
  const sentences = [files, data.words.fate[fate] ?? ''].filter((text) => text !== '').map(renderSentence);
  return sentences.length === 0 ? [] : [renderPart('OneDrive', ...sentences)];
}

/** @param {number} amount */
export function formatMoney(amount) {
  return `${data.currency} ${formatAmount(amount)}`;
}

/**
 * With two decimals or none, as in the whole report.
 * @param {number} amount
 */
export function formatAmount(amount) {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
