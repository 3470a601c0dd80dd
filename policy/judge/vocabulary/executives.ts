// Whether a job title or a department is an executive's, by widely used words. Pure.
import { executiveDepartments } from './executive-departments.ts';
import { executiveTitles } from './executive-titles.ts';
import { compilePhrases, type PhraseMatch, type Phrases } from './phrases.ts';
import { splitTitle, splitWords } from './split-words.ts';

/** The phrase that makes the title an executive's, as the list has it; null when none does. */
export function findExecutiveTitle(title: string): string | null {
  return findExecutivePhrase(titles, selectOwnParts(splitTitle(title)));
}

/** The same for a department's whole name. */
export function findExecutiveDepartment(department: string): string | null {
  return findExecutivePhrase(departments, splitTitle(department));
}

const titles = compilePhrases(Object.values(executiveTitles));
const departments = compilePhrases([executiveDepartments]);

function findExecutivePhrase(phrases: Phrases, parts: readonly string[][]): string | null {
  const words = parts.flat();
  const found = words
    .flatMap((_, at) => phrases.findPhrases(words, at))
    .filter((each) => isExecutivePhrase(each, words, parts));
  return found[0]?.phrase.text ?? null;
}

function isExecutivePhrase(found: PhraseMatch, words: readonly string[], parts: readonly string[][]): boolean {
  if (isSomethingElses(words, found) || isAbout(found, parts)) return false;
  switch (found.phrase.place) {
    case 'anywhere':
      return true;
    case 'title':
      if (parts.filter((part) => !part.every((word) => standInWords.has(word))).length > 1) return false;
      return listSpans(parts, standInWords).some(({ from, to }) => isCovering(found, from, to));
    case 'part':
      return listSpans(parts, qualifiers).some(({ from, to }) => isCovering(found, from, to));
    case 'start':
      return (
        listSpans(parts, qualifiers).some(({ from }) => found.from === from) && !underlings.has(words[found.to] ?? '')
      );
  }
}

function isCovering(found: PhraseMatch, from: number, to: number): boolean {
  return found.from <= from && found.to >= to;
}

/** `President Street`, `the CEO's office`: what follows says that the title is not the person's own. */
function isSomethingElses(words: readonly string[], { from, to }: PhraseMatch): boolean {
  return places.has(words[to] ?? '') || words.slice(from, to).some((word) => ranks.has(word));
}

/** `CIO Advisor`, `COO Support Analyst`: the last word of the part names the job. */
function isAbout({ from, to }: PhraseMatch, parts: readonly string[][]): boolean {
  const part = listSpans(parts, noWords).find((each) => each.from <= from && from < each.to);
  return part !== undefined && to < part.to && advisers.has(parts.flat()[part.to - 1] ?? '');
}

/** The word range of each part in the whole title, without `besides` at either end. */
function listSpans(parts: readonly string[][], besides: ReadonlySet<string>): { from: number; to: number }[] {
  let start = 0;
  return parts.map((words) => {
    let [from, to] = [0, words.length];
    while (from < to - 1 && besides.has(words[from] ?? '')) from++;
    while (to > from + 1 && besides.has(words[to - 1] ?? '')) to--;
    const span = { from: start + from, to: start + to };
    start += words.length;
    return span;
  });
}

/**
 * An assistant's title names whom they work for: what follows `assistant to` is dropped, or otherwise the part of the title
 * that has the assistant. Deputies (`assistant managing director`) stay.
 */
function selectOwnParts(parts: readonly string[][]): string[][] {
  const own: string[][] = [];
  for (const words of parts) {
    const at = words.findIndex((_, index) => isServant(words, index));
    if (words.some((word) => councils.has(word))) continue;
    if (at < 0) own.push(words);
    else if (links.has(words[at + 1] ?? '')) return own;
  }
  return own;
}

function isServant(words: readonly string[], at: number): boolean {
  const [before = '', word = '', after = ''] = [words[at - 1], words[at], words[at + 1]];
  if (word === 'office' && after === 'of') return true;
  if (at === 0 && attached.has(word)) return links.has(after);
  if (!servants.has(word)) return false;
  if (secretaries.has(word)) return !isOfficer(words, at);
  return !(deputies.has(word) && deputised.has(after) && !servantKinds.has(before));
}

/** The secretary general, the company secretary, the secretary of the board: an officer, not an assistant. */
function isOfficer(words: readonly string[], at: number): boolean {
  const [before = '', after = ''] = [words[at - 1], words[at + 1]];
  const named = words.slice(at + 1).find((word) => !links.has(word)) ?? '';
  return /^(general|geral|consejer)/.test(after) || officers.has(before) || boards.has(named);
}

const toWordSet = (words: string) => new Set(splitWords(words));

const servants = toWordSet(`
  assistant asst assist ass asist avustaja assistants assistante assistent assistenten assistentin assistenz assistentti
  asistente assistente asystent asystentka asistent asistentka kierowca ridic chofer motorista autista kuljettaja sjafor
  secretary secretaire secretaresse sekretar sekretarin sekretarka sekretarz sekretarka sekretariat secretariat
  secretariaat segreteria secretaria secretario segretaria segretario sihteeri sekreterare pa ea driver chauffeur
  chauffeuse fahrer fahrerin conductor referent referentin buro buroleitung buroleiter buroleiterin`);

/** An assistant managing director is a director; a management assistant, CEO, is not. */
const deputies = toWordSet('assistant asst assist ass');
const servantKinds = toWordSet('management team personal executive exec admin administrative office');

/** A title that begins so and goes on with `au` or `du` belongs to an assistant. */
const attached = toWordSet('adjoint adjointe attache attachee collaborateur collaboratrice');

const secretaries = toWordSet('secretary secretaire secretaria secretario segretaria segretario sihteeri');
const officers = toWordSet('hallituksen company corporate board group joint deputy assistant general');
const boards = toWordSet('board consejo conselho consiglio conseil');
const deputised = toWordSet(
  'vice vp managing chief general president director ceo cfo coo cto cio treasurer company md',
);

const links = toWordSet(`
  to for of the der des dem den zur zum von vom de du del della dello di do da al alla au aux a la le van voor till til til
  for reporting supporting`);

/** Words that do not change the rank beside them, even where it is one word such as `director`. */
const standIns = `
  interim interims acting deputy dy joint jt co vice former ex designate elect emeritus the adjoint adjointe delegue deleguee
  interimaire par ad ai stellvertretender stellvertretende stellvertretend stv kommissarischer kommissarische en funciones
  interino interina adjunto adjunta interinale vicario vicaria facente funzione ff plaatsvervangend plv waarnemend wnd tf stf
  stallforetradande konst tillforordnad konstitueret konstituert vt vs po zastepca zastepczyni zastupce`;
const standInWords = toWordSet(standIns);

/** An associate or regional director is one of many, an associate general counsel is not. */
const qualifiers = toWordSet(`${standIns}
  group global regional country divisional division associate assoc assistant asst hon honorary international corporate
  fractional senior sr snr jr first second third of and`);

const noWords = toWordSet('');

/** Jobs in a field that has the same abbreviation as a title. */
const underlings = toWordSet(`
  specialist manager analyst engineer coordinator consultant lead intern associate team support administrator developer
  technician assistant project projects operations planner buyer agent officer clerk trainee student expert auditor
  nurse physician doctor resident fellow anderson scheduler liaison`);

/** Jobs for the person whose title comes before. */
const advisers = toWordSet(
  'analyst specialist consultant coordinator intern trainee technician advisor adviser clerk administrator recruiter',
);

/** Ranks of a navy, an army and a court. */
const ranks = toWordSet('petty warrant probation');

/** Staff councils: their presidents are not executives. */
const councils = toWordSet(`
  betriebsrat betriebsrats betriebsrates gesamtbetriebsrat personalrat personalrats personalrates schwerbehindertenvertretung
  elternbeirat elternbeirats ondernemingsraad fackklubb fackforening fackklubben tillidsmand`);

const places = toWordSet('s office offices street avenue road square boulevard lane plaza club hotel relations');
