// What people have typed (names, reasons, logins), for one line of a terminal: it ends no line, moves no cursor and forges nothing.

/**
 * One line without control and direction characters, at most `most` characters long. The two joiners stay, which Persian and
 * Indian names need.
 */
export function showName(text: string, most = 160): string {
  const line = text
    .replace(/(?:\p{Cc}|(?![\u200C\u200D])\p{Cf}|[\p{Zl}\p{Zp}])+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}
