// Finds phrases of whole words by their first word: a thousand phrases cost no more than ten. Pure.
import { isMatch } from '../pattern.ts';
import { splitTitle } from './split-words.ts';

/** Where a phrase has to be, by the mark before it in the lists. */
const marks = {
  /** It is the whole title. */
  '==': 'title',
  /** It is a whole part of the title, apart from words such as `interim` and `group`. */
  '=': 'part',
  /** A part of the title begins with it. */
  '^': 'start',
} as const;

type PhrasePlace = (typeof marks)[keyof typeof marks] | 'anywhere';

interface Phrase {
  /** As it was written. */
  text: string;
  words: readonly string[];
  place: PhrasePlace;
}

/** Where a phrase was found: words `from` up to, not including, `to`. */
export interface PhraseMatch {
  phrase: Phrase;
  from: number;
  to: number;
}

export interface Phrases {
  /** Every phrase that begins at word `at`. */
  findPhrases(words: readonly string[], at: number): PhraseMatch[];
}

/**
 * Phrases are separated by commas. In a word `*` matches any letters; alone one to three words, `#` a number. `lists`: one
 * text for each language.
 */
export function compilePhrases(lists: Iterable<string>): Phrases {
  const byFirst = new Map<string, Phrase[]>();
  const globs: { phrase: Phrase; isFirst: (word: string) => boolean }[] = [];
  for (const phrase of [...lists].flatMap((list) => list.split(',')).flatMap(parsePhrase)) {
    const [first = ''] = phrase.words;
    if (first.includes('*')) globs.push({ phrase, isFirst: compileGlob(first) });
    else byFirst.set(first, [...(byFirst.get(first) ?? []), phrase]);
  }
  return {
    findPhrases(words, at) {
      const word = words[at] ?? '';
      const like = globs.filter(({ isFirst }) => isFirst(word)).map(({ phrase }) => phrase);
      return [...(byFirst.get(word) ?? []), ...like].flatMap((phrase) => {
        const to = findEnd(phrase.words, words, at);
        return to === null ? [] : [{ phrase, from: at, to }];
      });
    },
  };
}

/** Made once: folding the words again for every account was most of the work. */
function compileGlob(glob: string): (word: string) => boolean {
  const bare = glob.replaceAll('*', '');
  if (glob === `${bare}*`) return (word) => word.startsWith(bare);
  if (glob === `*${bare}`) return (word) => word.endsWith(bare);
  return (word) => isMatch(glob, word);
}

function parsePhrase(written: string): Phrase[] {
  const text = written.trim().replace(/\s+/g, ' ');
  const mark = (['==', '=', '^'] as const).find((each) => text.startsWith(each));
  const bare = text.slice(mark?.length ?? 0);
  // `*` and `#` would be lost in the folding: two letters that no title has replace them.
  const words = splitTitle(bare.replaceAll('*', star).replaceAll('#', number)).flat();
  if (words.length === 0) return [];
  return [
    {
      text: bare,
      words: words.map((word) => word.replaceAll(star, '*').replaceAll(number, '#')),
      place: mark ? marks[mark] : 'anywhere',
    },
  ];
}

const star = 'ⵣ';
const number = 'ⵤ';

/** The end of the phrase in `words` when it begins at `at`; null when it does not. */
function findEnd(phrase: readonly string[], words: readonly string[], at: number): number | null {
  const [wanted, ...rest] = phrase;
  if (wanted === undefined) return at;
  if (wanted === '*') {
    for (const count of [1, 2, 3]) {
      const end = at + count <= words.length ? findEnd(rest, words, at + count) : null;
      if (end !== null) return end;
    }
    return null;
  }
  const word = words[at];
  if (wanted === '#') return /^\p{N}+$/u.test(word ?? '') ? findEnd(rest, words, at + 1) : null;
  if (word === undefined) return null;
  const isSame = wanted.includes('*') ? isMatch(wanted, word) : wanted === word;
  return isSame ? findEnd(rest, words, at + 1) : null;
}
