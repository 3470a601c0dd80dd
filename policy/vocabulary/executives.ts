// Whether a job title or a department is an executive's, by words that every company uses. Pure.
import { executiveDepartments, executiveTitles } from './executive-titles.ts';
import { type Found, type Phrases, phrasesOf } from './phrases.ts';
import { titleParts } from './words.ts';

/** The phrase that makes the title an executive's, as the list has it; null when none does. */
export function executiveTitle(title: string): string | null {
  return firstPhrase(titles, ownParts(titleParts(title)));
}

/** The same for a department's whole name. */
export function executiveDepartment(department: string): string | null {
  return firstPhrase(departments, titleParts(department));
}

const titles = phrasesOf(Object.values(executiveTitles));
const departments = phrasesOf([executiveDepartments]);

function firstPhrase(phrases: Phrases, parts: readonly string[][]): string | null {
  const words = parts.flat();
  const found = words.flatMap((_, at) => phrases.at(words, at)).filter((each) => counts(each, words, parts));
  return found[0]?.phrase.text ?? null;
}

function counts(found: Found, words: readonly string[], parts: readonly string[][]): boolean {
  if (isSomethingElses(words, found.to)) return false;
  switch (found.phrase.place) {
    case 'anywhere':
      return true;
    case 'title':
    case 'part':
      if (found.phrase.place === 'title' && parts.length > 1) return false;
      return spans(parts).some(({ from, to }) => found.from === from && found.to === to);
    case 'start':
      return spans(parts).some(({ from }) => found.from === from) && !underlings.has(words[found.to] ?? '');
  }
}

/** `President Street`, `the CEO's office`: what follows says that the title is not the person's own. */
function isSomethingElses(words: readonly string[], to: number): boolean {
  return places.has(words[to] ?? '');
}

/** Each part's words, by their numbers in the whole title, without what only qualifies them at either end. */
function spans(parts: readonly string[][]): { from: number; to: number }[] {
  let start = 0;
  return parts.map((words) => {
    let [from, to] = [0, words.length];
    while (from < to - 1 && qualifiers.has(words[from] ?? '')) from++;
    while (to > from + 1 && qualifiers.has(words[to - 1] ?? '')) to--;
    const span = { from: start + from, to: start + to };
    start += words.length;
    return span;
  });
}

/**
 * An assistant of the chief executive is no executive: their title names whom they work for. What follows `assistant to` goes with
 * it; without such a word the part of the title goes that the assistant stands in. Deputies (`assistant managing director`) stay.
 */
function ownParts(parts: readonly string[][]): string[][] {
  const own: string[][] = [];
  for (const words of parts) {
    const at = words.findIndex((_, index) => isServant(words, index));
    if (at < 0) own.push(words);
    else if (links.has(words[at + 1] ?? '')) return own;
  }
  return own;
}

function isServant(words: readonly string[], at: number): boolean {
  const [word = '', after = ''] = [words[at], words[at + 1]];
  if (word === 'office' && after === 'of') return true;
  if (!servants.has(word)) return false;
  if (secretaries.has(word)) return !isOfficer(words, at);
  return !(word === 'assistant' && deputised.has(after));
}

/** The secretary general, the company secretary, the secretary of the board: an officer, and nobody's assistant. */
function isOfficer(words: readonly string[], at: number): boolean {
  const [before = '', after = ''] = [words[at - 1], words[at + 1]];
  const named = words.slice(at + 1).find((word) => !links.has(word)) ?? '';
  return /^general/.test(after) || officers.has(before) || boards.has(named);
}

const set = (words: string) => new Set(words.split(/\s+/).filter((word) => word !== ''));

const servants = set(`
  assistant assistants assistante assistent assistenten assistentin assistenz assistentti asistente assistente asystent
  asystentka asistent asistentka secretary secretaire secretaresse sekretar sekretarin sekretarka sekretarz sekretarka
  sekretariat secretaria secretario segretaria segretario sihteeri sekreterare pa ea driver chauffeur chauffeuse fahrer
  fahrerin conductor referent referentin buro buroleitung buroleiter buroleiterin`);

const secretaries = set('secretary secretaire secretaria secretario segretaria segretario');
const officers = set('company corporate board group joint deputy assistant general');
const boards = set('board consejo conselho consiglio conseil');
const deputised = set(
  'vice vp managing chief general president director ceo cfo coo cto cio treasurer company md',
);

const links = set(`
  to for of the der des dem den zur zum von vom de du del della dello di do da al alla au aux a la le van voor till til til
  for reporting supporting`);

/** Words that say nothing about the rank that follows or precedes them. */
const qualifiers = set(`
  interim interims acting deputy joint co group global regional country divisional division associate assistant vice former
  ex international corporate fractional designate elect emeritus senior sr snr jr the first second third of and adjoint
  adjointe delegue deleguee interimaire par ad ai stellvertretender stellvertretende stellvertretend stv kommissarischer
  kommissarische en funciones interino interina adjunto adjunta interinale vicario vicaria facente funzione
  plaatsvervangend waarnemend wnd tf konst tillforordnad konstitueret po zastepca zastepczyni zastupce`);

/** Who works in the field that the abbreviation before them stands for, too. */
const underlings = set(`
  specialist manager analyst engineer coordinator consultant lead intern associate team support administrator developer
  technician assistant project projects operations planner buyer agent officer clerk trainee student expert auditor nurse
  physician doctor anderson scheduler liaison`);

const places = set('s office offices street avenue road square boulevard lane plaza club hotel relations');
