// A text inside of an OData filter: in single quotes, which are doubled within.
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
