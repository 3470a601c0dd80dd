// What the pull request and the issue of a requested exemption say. Pure.
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { UndecidedWords } from '../../../policy/merge/merged-text.ts';
import type { Exemption } from '../../../policy/schemas/exemptions.ts';
import { redactNames } from '../../../policy/words/redact-names.ts';
import type { HidingStyle } from '../../../policy/words/show-name.ts';

/** `style` null: names are shown. */
export function renderExemptionBody(
  { account, stack, reason, owner, until }: Exemption,
  { issue, style }: { issue: number; style: HidingStyle | null },
): string {
  const isHidden = style !== null;
  const rows = [
    ['Account', isHidden ? inFile : formatCode(account)],
    ['Stack', stack === undefined ? 'every stack' : formatCode(stack)],
    ['Until', until],
    ['Who answers for it', isHidden ? inFile : escapeMarkdown(owner)],
    ['Reason', isHidden ? inFile : escapeMarkdown(reason, 500)],
  ];
  const table = rows.map((row) => renderTableRow(row)).join('\n');
  return `Somebody asks to exempt an account: until the date below, no audit proposes to disable it.

${renderTableHead([
  ['', 'left'],
  ['', 'left'],
])}
${table}

Closes #${issue}.
`;
}

const inFile = 'in the line that this pull request adds';

export function renderRefusal(problems: readonly string[], style: HidingStyle | null): string {
  const list = (style === null ? problems : problems.map(redactNames))
    .map((problem) => `- ${escapeMarkdown(problem, 300)}`)
    .join('\n');
  return `### This cannot be an exemption yet\n\n${list}\n\nEdit the issue, and it is read again.`;
}

/** Main and the request have different entries about one account. */
export interface OtherEntries {
  words: readonly Pick<UndecidedWords, 'main' | 'branch'>[];
  /** Whether people have edited the pull request's branch, so that it has main's entry and not the one that was asked for. */
  isMainLeft: boolean;
  /** null: names are shown. */
  style: HidingStyle | null;
}

export function renderOtherEntries(main: string, pull: number, { words, isMainLeft, style }: OtherEntries): string {
  const head = renderTableHead([
    [`On ${main}`, 'left'],
    ['Asked for', 'left'],
  ]);
  const show = (text: string) => (style === null ? formatCode(text, 600) : 'in the file');
  const rows = words.map((word) => renderTableRow([word.main, word.branch].map(show)));
  const way = isMainLeft
    ? `People have edited the branch of pull request #${pull}, so the entry of ${main} stands there. If the other one is right, change the line on that branch once more, and it counts.`
    : `Pull request #${pull} puts what is asked for in the place of the entry of ${main}, if it is merged. If ${main} is right, close the pull request.`;
  return `### ${main} has another entry about this account\n\n${head}\n${rows.join('\n')}\n\n${way}`;
}
