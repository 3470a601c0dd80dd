// How a person is called where the policy lets fewer names be shown (`privacy.names`): by initials and the start of the id, or by
// the id. Pure.
import type { UserId } from '../identifiers.ts';
import type { Policy } from '../schemas/policy.ts';
import type { NameStyle } from '../schemas/privacy.ts';

/** The styles that hide names. */
export type HidingStyle = Exclude<NameStyle, 'full'>;

/** null: names are shown as they are. */
export function findHidingStyle({ privacy }: Pick<Policy, 'privacy'>): HidingStyle | null {
  const { names = 'full' } = privacy ?? {};
  return names === 'full' ? null : names;
}

/** Of a manager in a file about somebody else, which has no id of theirs. */
export const unnamedManager = 'their manager';

interface ShownPerson {
  /** `A. R.`; empty where the id says it all. */
  displayName: string;
  /** `6f6ad3a2`, or the whole id. */
  userPrincipalName: string;
}

/** In the fields of a name, so that whoever shows a person shows this. `id` may be any text where an entry has been edited. */
export function toShownPerson(
  style: HidingStyle,
  { id, displayName }: { id: UserId; displayName: string },
): ShownPerson {
  return style === 'id-only'
    ? { displayName: '', userPrincipalName: id }
    : { displayName: formatInitials(displayName), userPrincipalName: shortenId(id) };
}

/** On one line: `A. R. · 6f6ad3a2`, or the id. `id` null: not known. */
export function formatShownName(
  style: HidingStyle,
  { id, displayName }: { id: UserId | null; displayName: string },
  unknown = '(a name)',
): string {
  if (style === 'id-only') return id ?? unknown;
  const parts = [formatInitials(displayName), id === null ? '' : shortenId(id)].filter((part) => part !== '');
  return parts.join(' · ') || unknown;
}

/**
 * `A. R.` of Ana Reyes: the first grapheme of the first word and of the last one, in whatever script. A title such as `Dr.`, and
 * what stands in brackets or after a comma, is no word of it, unless nothing else is; `Reyes, Ana` is Ana Reyes. Empty: no letter.
 */
export function formatInitials(displayName: string): string {
  const words = listNameWords(displayName);
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return '';
  const shown = words.length === 1 ? [first] : [first, last];
  return shown.map((word) => `${takeGrapheme(word)}.`).join(' ');
}

function listNameWords(displayName: string): string[] {
  const text = displayName.toWellFormed().normalize('NFC');
  const plain = text.replace(/\([^)]*\)|\[[^\]]*\]|（[^）]*）/gu, ' ');
  const [before = '', after = ''] = plain.split(/[,،、，]/u);
  const turned = splitWords(after).length === 1 ? `${after} ${before}` : before;
  const words = splitWords(turned);
  return words.length > 0 ? words : splitWords(text);
}

/** Each begins with a letter, or with a digit where there is none. */
function splitWords(text: string): string[] {
  const all = text.split(/[\s\p{Z}/|;]+/u).map((word) => word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, ''));
  const words = all.filter((word) => word !== '');
  const named = words.filter((word) => !titles.test(word));
  return named.length > 0 ? named : words;
}

const titles =
  /^(?:dr|prof|mr|mrs|ms|miss|sir|dame|ing|dipl|mag|phd|md|jr|sr|ext|extern|external|frau|herr|mme|sra?)\.?$|^\p{L}+\.-\p{L}+\.$/iu;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function takeGrapheme(word: string): string {
  const [first] = graphemes.segment(word);
  return (first?.segment ?? '').toUpperCase();
}

function shortenId(id: string): string {
  return id.slice(0, 8).toLowerCase();
}
