// Texts that people chose (names, departments), made safe for a line of a mail. Pure.

/**
 * One line without control and direction characters, at most 120 characters long. An invisible character breaks what mail
 * programs would turn into a link: nobody's name may lead out of a mail that people trust.
 */
export function sanitizeLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...line].length > 120 ? `${[...line].slice(0, 119).join('')}…` : line;
  return short
    .replaceAll('://', `:${wordJoiner}//`)
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}${wordJoiner}.`);
}

const wordJoiner = '\u2060';
