// A company's own titles: without a wildcard they count anywhere, `head of treasury` in `Deputy Head of Treasury`.
import { compilePhrases, type Phrases } from './phrases.ts';
import { splitTitle } from './split-words.ts';

/** The first entry whose words are in the title, as written; entries with wildcards are for the whole title. */
export function findFirstPhrase(entries: readonly string[], title: string | null): string | null {
  if (title === null || entries.length === 0) return null;
  const phrases = compileOnce(entries);
  const words = splitTitle(title).flat();
  return words.flatMap((_, at) => phrases.findPhrases(words, at))[0]?.phrase.text ?? null;
}

/** A policy's entries meet every account of the tenant. */
const compiled = new WeakMap<readonly string[], Phrases>();

function compileOnce(entries: readonly string[]): Phrases {
  const known = compiled.get(entries) ?? compilePhrases(entries.filter(isPlain));
  compiled.set(entries, known);
  return known;
}

function isPlain(entry: string): boolean {
  return !/[*?#,]/.test(entry);
}
