// Accounts that stay in a stage for another reason than its days: in each pull request, so that none is forgotten.
import { renderPersonCell } from '../../../forge/markdown/cells.ts';
import { escapeMarkdown, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import type { UnmovedAccount } from '../../../policy/plan/move.ts';
import { formatDates } from '../../../policy/words/describe-account.ts';
import { formatCount, formatDay, stageWords } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';

/** The longest waiting first. */
export function buildStageWaitingSection({ plan, auditedOn }: AuditView): Section {
  const waiting = plan.held.filter(isWaiting).toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const { heading, lead } = buildCountSection(waiting, ', each with what for');
  const renderRow = (account: UnmovedAccount) =>
    renderTableRow([
      renderPersonCell(account.file.account),
      `${stageWords[account.stage].name} since ${formatDay(account.since, auditedOn)}`,
      escapeMarkdown(describeWait(account, auditedOn), 300),
    ]);
  return {
    heading,
    lead,
    head: renderTableHead([
      ['Person', 'left'],
      ['Stage', 'left'],
      ['Waits for', 'left'],
    ]),
    rows: waiting.map(renderRow),
    fold: 'Who waits',
  };
}

/** For where nobody is named: how many. */
export function buildStageWaitingCountSection({ plan }: AuditView): Section {
  return buildCountSection(plan.held.filter(isWaiting), '');
}

function buildCountSection({ length }: readonly UnmovedAccount[], more: string): Section {
  const lead = length > 0 ? `${formatCount(length, 'account')}${more}.` : '';
  return { heading: length > 0 ? '### Waiting in their stage' : '', lead, head: '', rows: [], fold: null };
}

/** The others move on with time, and are in the calendar. A keep ends, too, but should be reviewed again; so does a revert. */
function isWaiting({ movesOn, stage, withoutSetBack }: UnmovedAccount): boolean {
  return movesOn === null || stage === 'keep' || withoutSetBack !== undefined;
}

function describeWait({ because, movesOn, file }: UnmovedAccount, today: string): string {
  const until = movesOn === null ? '' : `, until ${formatDay(movesOn, today)}`;
  const why = file.reason === undefined ? '' : `: ${file.reason}`;
  return `${formatDates(because, today)}${until}${why}`;
}
