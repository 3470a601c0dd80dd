// Parts of a page that are made by a script, between two marks each; what people wrote around them is not touched. Pure.

/** Throws when a mark is missing: a part that nobody sees would be out of step for good. */
export function fillMarkedParts(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, content]) => fillPart(text, name, content), page);
}

function fillPart(page: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name}: written by \`npm run reference\` -->`, `<!-- end of ${name} -->`];
  const [start, end] = [page.indexOf(open), page.indexOf(close)];
  if (start === -1 || end < start) throw new Error(`The page lacks the marks "${open}" and "${close}".`);
  return `${page.slice(0, start + open.length)}\n${content}\n${page.slice(end)}`;
}
