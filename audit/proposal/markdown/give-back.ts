// What the pull request and the issue of somebody who is to be given back say. Pure.
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { GiveBack } from '../../../policy/schemas/give-back.ts';
import { formatShownName, type HidingStyle } from '../../../policy/words/show-name.ts';

const inFile = 'in the file';

/** `issue` null: nobody asked by an issue. `style` null: names are shown. */
export function renderGiveBackBody(
  stack: string,
  { account, reason, askedBy }: GiveBack,
  { issue, style }: { issue: number | null; style: HidingStyle | null },
): string {
  const isHidden = style !== null;
  const rows = [
    ...(isHidden
      ? [['Account', `${escapeMarkdown(formatShownName(style, account))}; the file of this pull request names them`]]
      : [
          ['Account', formatCode(account.userPrincipalName)],
          ['Name', escapeMarkdown(account.displayName)],
        ]),
    ['Stack', formatCode(stack)],
    ['Asked for by', isHidden && !askedBy.startsWith('@') ? inFile : escapeMarkdown(askedBy)],
    ['Reason', isHidden ? inFile : escapeMarkdown(reason, 500)],
  ];
  const head = renderTableHead([
    ['', 'left'],
    ['', 'left'],
  ]);
  return `Somebody asks to give an account back: sign-in first, then licences and mailbox. Merged, it is applied at once, ahead of everything else; it can take nothing from anybody.

${head}
${rows.map((row) => renderTableRow(row)).join('\n')}

Before you approve: have they asked by a way that only they can use? Who asked cannot approve.${issue === null ? '' : `\n\nAsked for in #${issue}.`}
`;
}

export function renderGiveBackRefusal(problems: readonly string[]): string {
  const list = problems.map((problem) => `- ${escapeMarkdown(problem, 600)}`).join('\n');
  return `### This account cannot be given back so\n\n${list}\n\nEdit the issue, and it is read again.`;
}
