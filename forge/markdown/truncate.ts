// Cuts Markdown to a limit between two lines, so that no table row, fence or fold stays half open. Pure.

/** GitHub's limit for bodies of issues, pull requests and comments, in characters. */
export const bodyLimit = 65_536;

/** The text itself if it fits; otherwise as many whole lines as fit, and `notice` after them. */
export function truncateMarkdown(text: string, maxLength: number, notice: string): string {
  if (text.length <= maxLength) return text;
  const lines = text.split('\n');
  let length = 0;
  let kept = 0;
  for (const line of lines) {
    const next = length + line.length + 1;
    const ending = buildEnding(lines.slice(0, kept + 1), notice);
    if (next + ending.length > maxLength) break;
    length = next;
    kept += 1;
  }
  const head = lines.slice(0, kept);
  const whole = `${head.join('\n')}\n${buildEnding(head, notice)}`;
  return whole.length <= maxLength ? whole : notice.slice(0, Math.max(0, maxLength));
}

/** Closes what is open after these lines, then adds the notice. */
function buildEnding(lines: readonly string[], notice: string): string {
  let fence = '';
  let folds = 0;
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && mark.startsWith(fence)) fence = '';
    if (fence === '') folds += countTags(line, '<details') - countTags(line, '</details>');
  }
  const closing = [...(fence === '' ? [] : [fence]), ...Array<string>(Math.max(0, folds)).fill('</details>')];
  return ['', ...closing, '', notice].join('\n');
}

function countTags(line: string, tag: string): number {
  return line.split(tag).length - 1;
}
