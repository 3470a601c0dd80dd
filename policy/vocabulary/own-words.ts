// A company's own titles: an entry without wildcards counts wherever its words stand, `head of treasury` in `Deputy Head of Treasury`.
import { type Phrases, phrasesOf } from './phrases.ts';
import { titleParts } from './words.ts';

/** The first entry whose words are in the title, as it was written; entries with wildcards are for the whole title. */
export function firstPhrase(entries: readonly string[], title: string | null): string | null {
  if (title === null || entries.length === 0) return null;
  const phrases = compiledOnce(entries);
  const words = titleParts(title).flat();
  return words.flatMap((_, at) => phrases.at(words, at))[0]?.phrase.text ?? null;
}

/** A policy's entries meet every account of the tenant. */
const compiled = new WeakMap<readonly string[], Phrases>();

function compiledOnce(entries: readonly string[]): Phrases {
  const known = compiled.get(entries) ?? phrasesOf(entries.filter(isPlain));
  compiled.set(entries, known);
  return known;
}

function isPlain(entry: string): boolean {
  return !/[*?#,]/.test(entry);
}
