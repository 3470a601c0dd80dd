// Whoever stays in a stage for another reason than its days, with what they wait for: in each pull request, so that nobody is
// forgotten in a stage for months.
import type { UnmovedAccount } from '../../../policy/plan/move.ts';
import { formatDates } from '../../../policy/sentence.ts';
import { formatCount, formatDay, stageWords } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { cell, tableHead, tableRow } from './escape.ts';
import type { Section } from './fit.ts';
import { person } from './moves.ts';

/** Those who have waited longest come first. */
export function waitingInStages({ plan, auditedOn }: AuditResult): Section {
  const waiting = plan.held.filter(isWaiting).toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const row = (held: UnmovedAccount) =>
    tableRow([
      person(held.file.account),
      `${stageWords[held.stage].name} since ${formatDay(held.since, auditedOn)}`,
      cell(whatFor(held, auditedOn), 300),
    ]);
  return {
    heading: waiting.length > 0 ? '### Waiting in their stage' : '',
    lead: waiting.length > 0 ? `${formatCount(waiting.length, 'account')}, each with what for.` : '',
    head: tableHead([
      ['Person', 'left'],
      ['Stage', 'left'],
      ['Waits for', 'left'],
    ]),
    rows: waiting.map(row),
    fold: 'Who waits',
  };
}

/** Time alone moves the others on, and they are in the calendar. A keep has an end, and is a decision to look at again. */
function isWaiting({ movesOn, stage }: UnmovedAccount): boolean {
  return movesOn === null || stage === 'keep';
}

function whatFor({ because, movesOn, file }: UnmovedAccount, today: string): string {
  const until = movesOn === null ? '' : `, until ${formatDay(movesOn, today)}`;
  const why = file.reason === undefined ? '' : `: ${file.reason}`;
  return `${formatDates(because, today)}${until}${why}`;
}
