// How a new comment differs from the old one, by the rows of their tables. For display only. Pure.

/** Sentences such as `2 are new: Ana Reyes, Bo Li.`; empty if the tables are equal. */
export function describeChangedRows(before: string, after: string): string[] {
  const old = groupRowsByFirstCell(before);
  const present = groupRowsByFirstCell(after);
  const added = [...present.keys()].filter((name) => !old.has(name));
  const gone = [...old.keys()].filter((name) => !present.has(name));
  const changed = [...present].filter(([name, rows]) => old.has(name) && old.get(name) !== rows);
  return [
    ...describeNames(added, 'is new', 'are new'),
    ...describeNames(gone, 'is no longer listed', 'are no longer listed'),
    ...describeNames(
      changed.map(([name]) => name),
      'has changed',
      'have changed',
    ),
  ];
}

/** First cell → all of its rows, each with its heading, as a person may be in several tables. */
function groupRowsByFirstCell(markdown: string): Map<string, string> {
  const rows = new Map<string, string>();
  let heading = '';
  const lines = markdown.split('\n');
  for (const [index, line] of lines.entries()) {
    if (/^#{1,6} |<summary>/.test(line)) heading = line;
    const isHead = /^\|[\s:|-]+\|$/.test(lines[index + 1] ?? '');
    if (!line.startsWith('| ') || isHead || /^\|[\s:|-]+\|$/.test(line)) continue;
    const name = toPlainText(/^\| (.*?) (?<!\\)\|/.exec(line)?.[1] ?? '');
    rows.set(name, `${rows.get(name) ?? ''}${heading}\n${line}\n`);
  }
  return rows;
}

const maxNames = 10;

function describeNames(names: readonly string[], one: string, many: string): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, maxNames).join(', ');
  const rest = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  return [`${names.length} ${names.length === 1 ? one : many}: ${shown}${rest}.`];
}

/** A cell's text without Markdown's escapes; it has to be escaped again before it is shown. */
function toPlainText(cell: string): string {
  return cell
    .replace(/<br\s*\/?>.*$/i, '')
    .replace(/\[(`[^`]*`)\]\([^)]*\)/g, '$1')
    .replace(/&#(\d+);/g, (_entity, code) => String.fromCodePoint(Number(code)))
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/[\u200B\u2068\u2069`*]/g, '')
    .trim();
}
