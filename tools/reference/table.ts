// Renders a Markdown table without columns that are empty in every row; bars in cells are escaped.
export function renderMarkdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''));
  const renderLine = (cells: readonly string[]) => `| ${used.map((at) => escapeText(cells[at] ?? '')).join(' | ')} |`;
  return [renderLine(head), `| ${used.map(() => '---').join(' | ')} |`, ...rows.map(renderLine)].join('\n');
}

function escapeText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
