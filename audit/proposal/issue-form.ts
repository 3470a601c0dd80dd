// The fields of an issue form, from the Markdown that GitHub makes of them. Pure.

/**
 * `headings`: in the form's order. Each counts once, and only after the one before it, so that the text of the last field cannot
 * pass for another one. What is missing is empty.
 */
export function parseIssueForm<Key extends string>(
  body: string,
  headings: Readonly<Record<Key, string>>,
): Record<Key, string> {
  const entries = Object.entries<string>(headings);
  const fields: Record<string, string> = Object.fromEntries(entries.map(([key]) => [key, '']));
  let rest = `\n${body.replaceAll('\r\n', '\n')}`;
  for (const [index, [key, heading]] of entries.entries()) {
    const start = rest.indexOf(`\n### ${heading}\n`);
    if (start < 0) continue;
    rest = rest.slice(start + heading.length + 6);
    const next = entries.slice(index + 1).map(([, later]) => rest.indexOf(`\n### ${later}\n`));
    const end = next.find((place) => place >= 0);
    fields[key] = toOneLine(end === undefined ? rest : rest.slice(0, end));
  }
  // Each key of the headings has its text.
  return fields as Record<Key, string>;
}

/** Without line breaks and invisible characters; empty for GitHub's placeholder of an empty field. */
function toOneLine(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cf}/gu, '')
    .trim();
  return line === '_No response_' ? '' : line;
}
