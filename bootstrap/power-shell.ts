// Escapes text for PowerShell. Pure.

/** A literal string; PowerShell treats typographic quotes as quotes, too. */
export function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}

/** Literal strings, separated by commas. */
export function quoteAll(texts: readonly string[]): string {
  return texts.map(quote).join(', ');
}

export function toCommentText(text: string): string {
  return text.replace(/\s+/g, ' ');
}
