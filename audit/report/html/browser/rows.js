// In the browser: the data block as rows, with the words that filters and the table use.
// The modules of this folder are joined into the page's one script, in the order of their imports.

/** @typedef {import('../people-data.ts').PeopleData} PeopleData */
/** @typedef {import('../people-data.ts').PersonRow} PersonRow */
/**
 * @typedef {{
 *   person: PersonRow, at: number, text: string, department: string, manager: string,
 *   stage: string, action: string, risks: string[], licenses: string[], oneDrive: string, population: string,
 * }} Row
 */

/** @type {PeopleData} */
export const data = JSON.parse(getElement('data').textContent ?? '{}');

/** @type {readonly Row[]} */
export const rows = data.rows.map((values, at) => toRow(toPerson(values), at));

/**
 * @param {readonly unknown[]} values
 * @returns {PersonRow}
 */
function toPerson(values) {
  const entries = data.keys.map((key, index) => [key, values[index]]);
  return /** @type {PersonRow} */ (Object.fromEntries(entries));
}

/**
 * @param {PersonRow} person
 * @param {number} at the row's place in the CSV's order
 * @returns {Row}
 */
function toRow(person, at) {
  const { words } = data;
  const licenses = person.licenses.map(([license]) => words.license[license] ?? '');
  const department = words.department[person.department] ?? '';
  const manager = words.manager[person.manager] ?? '';
  const text = [person.name, person.upn, words.jobTitle[person.jobTitle], department, manager, ...licenses].join('\n');
  return {
    person,
    at,
    text: fold(text),
    department,
    manager,
    stage: words.stage[person.stage] ?? '',
    action: words.action[person.action] ?? '',
    risks: person.risk.map((risk) => words.risk[risk] ?? ''),
    oneDrive: words.oneDrive[person.oneDrive] ?? '',
    population: words.population[person.population ?? -1] ?? '',
    licenses: licenses.map((license) => license.split('\u0000')[0] ?? ''),
  };
}

/**
 * Case and accents do not matter to a search: `jose` finds José.
 * @param {string} text
 */
export function fold(text) {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function getElement(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}
