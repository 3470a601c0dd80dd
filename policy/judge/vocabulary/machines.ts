// Whether an account is a machine's, by the words of its names and title. A surname alone does not make it one. Pure.
import type { UserPrincipalName } from '../../identifiers.ts';
import { leadingMachineNames, machineNames, machineTitles } from './machine-names.ts';
import { compilePhrases } from './phrases.ts';
import { splitName, splitTitle, splitWords } from './split-words.ts';

export interface AccountNames {
  userPrincipalName: UserPrincipalName;
  displayName: string;
  /** Where both are known, a word of the surname does not count. */
  givenName: string | null;
  surname: string | null;
}

/** The name that shows it, and the phrase in it. */
interface MachineName {
  field: 'userPrincipalName' | 'displayName';
  phrase: string;
}

/** null: none of the names does. */
export function findMachineName(names: AccountNames): MachineName | null {
  const surname = listSurnameWords(names);
  const local = names.userPrincipalName.split('@')[0] ?? '';
  const display = selectOwnWords(names);
  const isPersons = isPersonsOrder(local, display);
  const localWords = isInitials(local, display) ? [] : splitName(local);
  const inUpn = findMachinePhrase(localWords, surname, (before) => !isPersons && isPlace(before, local));
  if (inUpn !== null) return { field: 'userPrincipalName', phrase: inUpn };
  const shown = findMachinePhrase(display, surname, (before) => isPlace(before, names.displayName));
  return shown === null ? null : { field: 'displayName', phrase: shown };
}

/** The phrase in a job title that no person would have. */
export function findMachineTitle(title: string): string | null {
  const parts = splitTitle(title);
  const whole = parts.flat().length;
  const found = parts.flatMap((words) =>
    words
      .flatMap((_, at) => titles.findPhrases(words, at))
      .filter(({ to }) => to === words.length || !workers.has(words.at(-1) ?? '')),
  );
  const own = found.find(({ phrase, from, to }) => phrase.place === 'anywhere' || to - from === whole);
  return own?.phrase.text ?? null;
}

const anywhere = compilePhrases(Object.values(machineNames));
const leading = compilePhrases([leadingMachineNames]);
const titles = compilePhrases([machineTitles]);

/** A person may be a Technical Account Manager or a Service Account Administrator. */
const workers = new Set(
  splitWords(`manager managers administrator admin engineer specialist analyst consultant executive coordinator developer
    technician operator owner lead director representative officer architect support advisor clerk verwalter betreuer`),
);

/** `mayLead`: whether such a word, which may be a surname, means a machine behind this one. */
function findMachinePhrase(
  words: readonly string[],
  surname: ReadonlySet<string>,
  mayLead: (before: string | undefined) => boolean,
): string | null {
  for (const [at, word] of words.entries()) {
    const found = [
      ...anywhere.findPhrases(words, at),
      ...(mayLead(words[at - 1]) ? leading.findPhrases(words, at) : []),
    ];
    const [first] = found.filter(({ to, from }) => to - from > 1 || !surname.has(word));
    if (first) return first.phrase.text;
  }
  return null;
}

/** Nothing, a number, or two letters as in `hp-drucker`: a floor, a house, a make, not a given name. */
function isPlace(before: string | undefined, name: string): boolean {
  if (before === undefined || /^\p{N}+$/u.test(before)) return true;
  return name.includes('-') && !name.includes('.') && before.length === 2;
}

/** With the initial or the given name at either end, too, as in `pdrucker@`. The machine `Fax` `Berlin` stays one. */
function listSurnameWords({ givenName, surname }: AccountNames): ReadonlySet<string> {
  if (!givenName || !surname) return new Set();
  const given = splitWords(givenName);
  const own = splitWords(surname).filter((word) => !given.includes(word));
  const besides = given.flatMap((word) => [word, word.slice(0, 1)]);
  return new Set(own.flatMap((word) => [word, ...besides.flatMap((each) => [each + word, word + each])]));
}

/** `Hoffmann, Lena (Kiosk Team)`: where the display name has both names of a person, the rest is their workplace. */
function selectOwnWords({ displayName, givenName, surname }: AccountNames): string[] {
  const words = splitName(putGivenNameFirst(displayName));
  const own = givenName && surname ? [...splitWords(givenName), ...splitWords(surname)] : [];
  return own.length > 0 && own.every((word) => words.includes(word))
    ? words.filter((word) => own.includes(word))
    : words;
}

/** `Drucker, Peter` is Peter Drucker. */
function putGivenNameFirst(displayName: string): string {
  const [surname = '', givenName] = displayName.split(',');
  return givenName === undefined ? displayName : `${givenName} ${surname}`;
}

/** `dvr@` of Dorte Vang Rasmussen is not a video recorder: many companies use initials. */
function isInitials(local: string, display: readonly string[]): boolean {
  return display.length > 1 && splitWords(local).join('') === display.map((word) => word.slice(0, 1)).join('');
}

/** `drucker.peter` of Peter Drucker: the directory writes the surname first. */
function isPersonsOrder(local: string, display: readonly string[]): boolean {
  const words = splitName(local);
  return local.includes('.') && words.length === 2 && words[0] === display[1] && words[1] === display[0];
}
