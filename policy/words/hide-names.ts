// Takes the names of known people, and all addresses, out of sentences, where the policy lets fewer names be shown. Pure.
import { foldText, type UserId } from '../identifiers.ts';
import { addressPattern, peoplePathPattern } from './redact-names.ts';
import { formatShownName, type HidingStyle } from './show-name.ts';

/** Whoever a document may be about, or may mention. */
export interface KnownPerson {
  /** null: not known, as of a manager in a file about somebody else. */
  id: UserId | null;
  displayName: string;
  userPrincipalName?: string | null;
  mail?: string | null;
  givenName?: string | null;
  surname?: string | null;
}

/**
 * The text without addresses, names of files about people, and display names of known people. `about`: whom the sentence is
 * about; each word of their names goes, too, and nobody else's, because a department may be called like a surname.
 */
export type HideNames = (text: string, about?: readonly KnownPerson[]) => string;

export function createNameHider(style: HidingStyle, people: Iterable<KnownPerson>): HideNames {
  const byAddress = new Map<string, string>();
  const names = createNameIndex();
  for (const person of people) {
    const label = formatShownName(style, person);
    for (const address of [person.userPrincipalName, person.mail]) if (address) byAddress.set(foldText(address), label);
    names.add(person.displayName, label);
  }
  return (text, about = []) => {
    const plain = text.normalize('NFC');
    // Most sentences have neither.
    const pathless = plain.includes('stacks/') ? plain.replace(peoplePathPattern, hidePath) : plain;
    const addressed = pathless.includes('@')
      ? pathless.replace(addressPattern, (found) => byAddress.get(foldText(found)) ?? '(an address)')
      : pathless;
    return about.reduce((left, person) => hideOwnWords(left, person, style), names.replaceIn(addressed));
  };
}

/** A file that is named by its account's id names nobody. */
function hidePath(path: string, folder: string): string {
  return /\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.yaml$/i.test(path) ? path : `${folder}(a file)`;
}

interface NameIndex {
  add(name: string, label: string): void;
  replaceIn(text: string): string;
}

interface IndexedName {
  folded: string;
  /** Of several people with one name nobody is meant for certain. */
  label: string;
}

/** Names by their first characters, so that a tenant of a hundred thousand people costs a sentence no more than one of ten. */
function createNameIndex(): NameIndex {
  const byStart = new Map<string, IndexedName[]>();
  return {
    add(name, label) {
      const folded = foldEvenly(name.normalize('NFC').trim());
      if (!isDistinct(folded)) return;
      const start = folded.slice(0, startLength);
      const same = byStart.get(start) ?? [];
      const known = same.find((entry) => entry.folded === folded);
      if (known === undefined) byStart.set(start, [...same, { folded, label }].sort(compareLength));
      else if (known.label !== label) known.label = '(a name)';
    },
    replaceIn(text) {
      const folded = foldEvenly(text);
      let shown = '';
      for (let at = 0; at < text.length; ) {
        const found = byStart
          .get(folded.slice(at, at + startLength))
          ?.find((entry) => folded.startsWith(entry.folded, at) && standsAlone(folded, at, entry.folded));
        shown += found?.label ?? text.charAt(at);
        at += found?.folded.length ?? 1;
      }
      return shown;
    },
  };
}

const startLength = 3;

function compareLength(a: IndexedName, b: IndexedName): number {
  return b.folded.length - a.folded.length;
}

/** Whether a sentence that has it can only mean the person: of two words, or of a script that writes a name as one. */
function isDistinct(name: string): boolean {
  return name.length >= startLength && (/[\p{L}\p{N}.,)][\s\p{Z}]+[\p{L}(]/u.test(name) || unspaced.test(name));
}

const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}・]+$/u;

/** Not inside of a longer word. */
function standsAlone(text: string, at: number, name: string): boolean {
  if (unspaced.test(name)) return true;
  return (
    !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) && !/^[\p{L}\p{N}]/u.test(text.slice(at + name.length))
  );
}

/** In lower case where that keeps the length, so that places in it are places in the text. */
function foldEvenly(text: string): string {
  const low = text.toLowerCase();
  if (low.length === text.length) return low;
  return [...text].map((sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign)).join('');
}

/** In their own spelling: somebody called Will or No must not change the sentence around them. */
function hideOwnWords(text: string, person: KnownPerson, style: HidingStyle): string {
  const words = [person.displayName, person.givenName, person.surname]
    .flatMap((name) => name?.normalize('NFC').split(/[^\p{L}\p{M}\p{N}'’-]+/u) ?? [])
    .filter((word) => /\p{L}.*\p{L}/u.test(word));
  if (!words.some((word) => text.includes(word))) return text;
  const label = formatShownName(style, person);
  const any = `(?:${[...new Set(words)].sort((a, b) => b.length - a.length).join('|')})`;
  const run = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${any}(?:[ -]+${any})*(?![\\p{L}\\p{M}\\p{N}])`, 'gu');
  return text.replace(run, () => label);
}
