// In the browser: selects and sorts the rows.
import { fold, rows } from './rows.js';

/** @typedef {import('./rows.js').Row} Row */
/**
 * @typedef {{
 *   q: string, department: string, stage: string, action: string,
 *   risk: string, manager: string, licence: string, onedrive: string, population: string,
 * }} Filters
 */
/** @typedef {{ key: string, down: boolean }} Order */

/**
 * @param {Filters} filters
 * @param {Order} order
 * @returns {Row[]}
 */
export function selectRows(filters, order) {
  const words = fold(filters.q).split(/\s+/).filter(Boolean);
  const manager = fold(filters.manager);
  const matching = rows.filter(
    (row) =>
      (filters.department === '' || row.department === filters.department) &&
      (filters.stage === '' || row.stage === filters.stage) &&
      (filters.action === '' || row.action === filters.action) &&
      (filters.risk === '' || (filters.risk === anyRisk ? row.risks.length > 0 : row.risks.includes(filters.risk))) &&
      (filters.population === '' || row.population === filters.population) &&
      (filters.onedrive === '' || row.oneDrive === filters.onedrive) &&
      (filters.licence === '' || row.licenses.includes(filters.licence)) &&
      (manager === '' || fold(row.manager).includes(manager)) &&
      words.every((word) => row.text.includes(word)),
  );
  const compare = comparisons[order.key];
  if (compare === undefined) return matching;
  return matching.sort((a, b) => (order.down ? compare(b, a) : compare(a, b)) || a.at - b.at);
}

export const anyRisk = 'any';

export const compareWords = new Intl.Collator('en', { sensitivity: 'base', numeric: true }).compare;

/** Intl is too slow for 5,000 names at every click, so each word is ranked once. */
const places = {
  name: createRanking((row) => row.person.name),
  department: createRanking((row) => row.department),
  manager: createRanking((row) => row.manager),
  place: createRanking((row) => row.person.place),
  action: createRanking((row) => row.action),
};

/** @type {Record<string, (a: Row, b: Row) => number>} */
const comparisons = {
  name: (a, b) => places.name(a) - places.name(b),
  department: (a, b) => places.department(a) - places.department(b),
  manager: (a, b) => places.manager(a) - places.manager(b),
  place: (a, b) => places.place(a) - places.place(b),
  action: (a, b) => places.action(a) - places.action(b),
  days: (a, b) => getSilentDays(a) - getSilentDays(b),
  cost: (a, b) => a.person.cost - b.person.cost,
  risk: (a, b) => a.risks.length - b.risks.length,
};

/** @param {Row} row */
function getSilentDays({ person }) {
  return person.days ?? Number.MAX_SAFE_INTEGER;
}

/**
 * @param {(row: Row) => string} getWord
 * @returns {(row: Row) => number}
 */
function createRanking(getWord) {
  /** @type {Map<string, number> | undefined} */
  let known;
  return (row) => {
    known ??= new Map([...new Set(rows.map(getWord))].sort(compareWords).map((word, place) => [word, place]));
    return known.get(getWord(row)) ?? 0;
  };
}
