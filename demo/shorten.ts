// Shortens the output of a command or a pull request: the first entries of lists, the rows of tables. Pure.

const most = 3;

/** Of each list below a count (`mailed: 64`), keeps the entries of `names`, or else the first; all other text stays. */
export function shortenLists(text: string, names: readonly string[]): string {
  return text.replace(/^(\S.*: (\d+)\n)((?: {2}\S+@\S+ .*\n?)+)(?: {2}… and .*\n?)?/gm, (...found) => {
    const [, title, count, list] = found.map(String);
    return `${title}${shorten(list ?? '', Number(count), names)}`;
  });
}

function shorten(list: string, count: number, names: readonly string[]): string {
  const entries = list.trimEnd().split('\n');
  const named = entries.filter((entry) => names.some((name) => entry.startsWith(`  ${name} `)));
  const shown = (named.length > 0 ? named : entries).slice(0, most);
  const rest = count - shown.length;
  return [...shown, ...(rest > 0 ? [`  … and ${rest} more`] : []), ''].join('\n');
}

/** The rows of a section's table, each as a list of its columns. */
export function parseRows(section: string): string[] {
  const [head = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '));
  return rows.map(([who = '', ...cells]) =>
    [
      `- ${who.replace('<br>', ', ')}`,
      ...cells.map((cell, at) => `  - ${head[at + 1]}: ${cell.replaceAll('<br>• ', '; ').replaceAll('<br>', ', ')}`),
    ].join('\n'),
  );
}
