// Joins sections into one text within a limit: every section keeps its lead and a fair share of its rows.
// GitHub refuses bodies of more than 65,536 characters and job summaries of more than 1 MiB.
export interface Section {
  /** A heading line; empty for none. */
  heading: string;
  /** Sentences that are never cut. */
  lead: string;
  /** The table's two head lines; empty if the rows are a list. */
  head: string;
  /** One line each. Cut between rows, never inside one. */
  rows: readonly string[];
  /** The fold's summary; null: not folded. */
  fold: string | null;
}

interface FitLimit {
  /** In the unit of `measure`. */
  maxSize: number;
  measure(text: string): number;
  /** Ends the line that counts what was left out, such as `in inactive-users.csv`. */
  elsewhere: string;
}

/** Short sections are shown in full; long ones share the remaining room evenly, and end with `… and n more`. */
export function fitSections(sections: readonly Section[], limit: FitLimit): string {
  const shown = sections.filter(({ lead, rows }) => lead !== '' || rows.length > 0);
  const widest = limit.measure(describeLeftOut(9_999_999, limit.elsewhere)) + 2;
  const fixed = shown.reduce((sum, section) => sum + limit.measure(renderSection(section, 0, limit)) + widest + 2, 0);
  let left = limit.maxSize - fixed;
  const taken = new Map<Section, number>();
  const byLength = [...shown].sort((a, b) => measureRows(a, limit) - measureRows(b, limit));
  for (const [index, section] of byLength.entries()) {
    const { count, used } = takeRows(section.rows, left / (byLength.length - index), limit);
    taken.set(section, count);
    left -= used;
  }
  return `${shown.map((section) => renderSection(section, taken.get(section) ?? 0, limit)).join('\n\n')}\n`;
}

function takeRows(rows: readonly string[], share: number, limit: FitLimit): { count: number; used: number } {
  let used = 0;
  let count = 0;
  for (const row of rows) {
    const next = used + limit.measure(row) + 1;
    if (next > share) break;
    used = next;
    count += 1;
  }
  return { count, used };
}

function measureRows({ rows }: Section, limit: FitLimit): number {
  return rows.reduce((sum, row) => sum + limit.measure(row) + 1, 0);
}

function renderSection({ heading, lead, head, rows, fold }: Section, count: number, { elsewhere }: FitLimit): string {
  const table = rows.length === 0 ? '' : [head, ...rows.slice(0, count)].filter((line) => line !== '').join('\n');
  const rest = rows.length > count ? describeLeftOut(rows.length - count, elsewhere) : '';
  const folded = table === '' && rest === '' ? '' : [table, rest].filter((part) => part !== '').join('\n\n');
  const body =
    fold === null || folded === '' ? folded : `<details><summary>${fold}</summary>\n\n${folded}\n\n</details>`;
  return [heading, lead, body].filter((part) => part !== '').join('\n\n');
}

function describeLeftOut(count: number, elsewhere: string): string {
  return `… and ${count.toLocaleString('en-US')} more, ${elsewhere}.`;
}
