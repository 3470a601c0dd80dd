// A Markdown table; a bar in a cell is escaped, so that no value can end it. Columns that are empty in every row are left out.

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''));
  const line = (cells: readonly string[]) => `| ${used.map((at) => escaped(cells[at] ?? '')).join(' | ')} |`;
  return [line(head), `| ${used.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
