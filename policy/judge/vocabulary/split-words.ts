// Titles and names as lists of words, so that rules do not match substrings. Pure, and linear in the text's length.

/**
 * A job title's parts, between commas, slashes, dashes, `&` and words for "and", as lists of words. `C.E.O.` is one word,
 * `Geschäftsführer/in`, `Directeur(trice)` and `Director·a` are the first form.
 */
export function splitTitle(title: string): string[][] {
  const parts: string[][] = [];
  const text = title.replace(ownFeminine, '').replace(dotted, (letters) => letters.replace(/[.-]/g, ''));
  for (const part of text.split(/[,;/|&+–—()[\]]|:(?!s\s)|\s-\s/u)) {
    let words: string[] = [];
    for (const word of splitWords(part)) {
      if (!conjunctions.has(word)) {
        words.push(word);
        continue;
      }
      parts.push(words);
      words = [];
    }
    parts.push(words);
  }
  return parts.filter((words) => words.length > 0);
}

/** `(in)`, `/-in`, `:innen`, `*in`, `·rice`, `.e` behind a word: how German and Romance titles name both sexes. */
const ownFeminine =
  /(?<=\p{L}{3})(?:\(-?(?:in|innen|e|ne|a|o|r|rice|trice|ice|ka)\)|[/:*·•_.]-?(?:in|innen|e|ne|a|o|rice|trice|ice|ka))(?!\p{L})/gu;

const dotted = /(?<!\p{L})(?:\p{L}\.-?)+\p{L}(?!\p{L})\.?/gu;

const conjunctions = new Set(['and', 'und', 'et', 'y', 'e', 'i', 'och', 'og', 'ja']);

/** The words of one part of a text, folded. */
export function splitWords(text: string): string[] {
  return text.split(/[^\p{L}\p{M}\p{N}]+/u).flatMap((word) => (word === '' ? [] : [foldWord(word)]));
}

/** The words of an account's name: `Scanner2OG`, `scanner-2og` and `scanner.2.og` are the same three. */
export function splitName(name: string): string[] {
  const apart = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{N}+)/gu, ' $1 ');
  return splitWords(apart);
}

/** One letter case, no accents; `Geschaeftsfuehrer` is `Geschäftsführer`, and `Økonomi` is `Oekonomi`. */
function foldWord(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .toLowerCase()
        .replace(/\p{M}/gu, '')
        .replace(/[ßøłđðþæœı]/g, spellOut);
  return plain.replace(/([aou])e/g, '$1');
}

function spellOut(letter: string): string {
  return letters[letter] ?? letter;
}

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'a',
  œ: 'o',
  ı: 'i',
};
