// Text of PowerShell's that is safe whatever stands in it. Pure.

/** A literal string; PowerShell takes typographic quotes for quotes, too. */
export function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}

/** One or several literal strings. */
export function quoteAll(texts: readonly string[]): string {
  return texts.map(quote).join(', ');
}

export function toCommentText(text: string): string {
  return text.replace(/\s+/g, ' ');
}
