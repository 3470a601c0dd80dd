// What the pull request of `dormant pause` says. Pure.
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import { pauseLabel } from '../../../policy/pause/pause-label.ts';
import type { Pause } from '../../../policy/schemas/pause.ts';

/** `stack` null: every stack. `pause` null: it ends. */
export function renderPauseBody(stack: string | null, pause: Pause | null): string {
  const whose = stack === null ? 'any stack' : formatCode(stack);
  if (pause === null)
    return `Somebody asks to end the pause of ${whose}: once this is merged, what has waited is applied, each account as it is then.\n`;
  const rows = [
    ['Stack', stack === null ? 'every stack' : formatCode(stack)],
    ['Until', `${pause.until}, the last day`],
    ['Reason', escapeMarkdown(pause.reason, 500)],
  ];
  return `Somebody asks to take nothing in ${whose} for a time. Audits and proposals go on, and so does giving back. What is merged meanwhile waits, its days of notice do not count, and nobody is written to about it.

${renderTableHead([
  ['', 'left'],
  ['', 'left'],
])}
${rows.map((row) => renderTableRow(row)).join('\n')}

It counts once it is merged. To stop at once, put the label ${formatCode(pauseLabel)} on this pull request: a run that is at work stops within a minute.
`;
}
