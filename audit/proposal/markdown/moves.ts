// One table per stage: the person, why now, what happens next; and who waits because of a limit.
import { formatMoneyCell, renderPersonCell } from '../../../forge/markdown/cells.ts';
import {
  escapeMarkdown,
  escapeMarkdownWithIds,
  renderTableHead,
  renderTableRow,
} from '../../../forge/markdown/escape.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import type { JudgedAccount } from '../../../policy/judge/judgement.ts';
import type { Move, OverLimitAccount, SetBackAccount } from '../../../policy/plan/move.ts';
import type { Stage } from '../../../policy/schemas/account.ts';
import { formatCount, formatDay, limitWords, stageWords } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { describeBelongings } from '../../summary/belongings.ts';
import { explainMove } from '../../summary/move-reason.ts';
import { describeMoveNext } from '../../summary/next-steps.ts';
import { isBlockingSignIn, listRemovedLicenses, listSavedLicenses } from '../../summary/totals.ts';
import { renderMovedPerson } from './moved-person.ts';
import { renderWaveLines } from './wave.ts';

/** Stages that take something away first; folded, because the decision is above. */
export function buildMoveSections(result: AuditView): Section[] {
  const isSaved = (move: Move) => listSavedLicenses(move).length > 0;
  const saved = result.plan.moves.filter(isSaved);
  const sections = order.flatMap(([to, title]) => {
    const moves = result.plan.moves.filter((move) => move.to === to && !isSaved(move));
    return moves.length === 0 ? [] : [buildStageSection({ to, title, moves }, result)];
  });
  return saved.length === 0 ? sections : [buildSavedSection(saved, result), ...sections];
}

/** Comes first: without the merge, mail is lost. */
function buildSavedSection(moves: readonly Move[], result: AuditView): Section {
  return {
    ...buildStageSection({ to: 'delicense', title: 'Mailboxes to save', moves }, result),
    lead: 'Delicensed, and their shared mailboxes turned into user mailboxes again. Merging means: each gets the licence back that its mailbox needs, the mailbox becomes shared again, and the licence stays. Without that their mail is lost on the day that stands there.',
  };
}

/** Accounts that are due but over a limit, those whose pull request was closed recently, and those taken out on main. */
export function buildWaitingAndDeclinedSections(result: AuditView): Section[] {
  const { waiting, declined, setBack } = result.plan;
  const byLimit = Map.groupBy(waiting, ({ limit }) => limit);
  const counts = [...byLimit].map(
    ([limit, entries]) => `${limitWords[limit]}: ${entries.length.toLocaleString('en-US')}`,
  );
  return [
    {
      heading: waiting.length > 0 ? '### Waiting behind the limits' : '',
      lead:
        waiting.length > 0
          ? `${formatCount(waiting.length, 'account')} ${waiting.length === 1 ? 'waits' : 'wait'} for a later audit (${counts.join('; ')}). The most expensive come first.`
          : '',
      head: renderTableHead([
        ['Person', 'left'],
        ['Inactive', 'right'],
        ['Reclaimable a month', 'right'],
        ['Limit', 'left'],
      ]),
      rows: waiting.map(renderWaitingRow),
      fold: 'Who is waiting',
    },
    {
      heading: declined.length > 0 ? '### Declined not long ago' : '',
      lead:
        declined.length > 0
          ? `A pull request with ${formatCount(declined.length, 'account')} was closed unmerged; they come back after ${result.policy.proposal.retryAfterDays} days at the earliest.`
          : '',
      head: renderTableHead([
        ['Person', 'left'],
        ['Inactive', 'right'],
      ]),
      rows: declined.map((judged) => renderTableRow([renderPersonCell(judged.evidence), formatInactivity(judged)])),
      fold: 'Who was declined',
    },
    ...(setBack.length > 0 ? [buildSetBackSection(setBack, result)] : []),
  ];
}

/** `git revert` of a wave, or what comes to the same. */
function buildSetBackSection(setBack: readonly SetBackAccount[], result: AuditView): Section {
  const who = formatCount(setBack.length, 'account');
  return {
    heading: '### Taken out on main not long ago',
    lead: `Somebody took ${who} out of the plan on main, which no audit had proposed. That is a decision: they come back after ${result.policy.stages.keepDays} days at the earliest, or when \`dormant include ${result.stack} <account>\` asks for it.`,
    head: renderTableHead([
      ['Person', 'left'],
      ['Inactive', 'right'],
      ['Taken out', 'left'],
      ['Not again before', 'left'],
    ]),
    rows: setBack.map(({ judged, on, until }) =>
      renderTableRow([
        renderPersonCell(judged.evidence),
        formatInactivity(judged),
        ...[on, until].map((day) => formatDay(day, result.auditedOn)),
      ]),
    ),
    fold: 'Who was taken out',
  };
}

export function formatInactivity({ judgement }: JudgedAccount): string {
  return judgement.inactiveDays === null ? 'never active' : formatCount(judgement.inactiveDays, 'day');
}

const order: readonly (readonly [Move['to'], string])[] = [
  ['disable', 'Enters Disable'],
  ['delicense', 'Enters Delicense'],
  ['restore', 'Given back'],
  ['review', 'On to the time to object'],
  ['notify', 'Enters notice'],
  ['keep', 'Kept by a reviewer'],
  [null, 'Leaves the process'],
  ['archive', 'Archived'],
];

interface StageTable {
  to: Move['to'];
  title: string;
  moves: readonly Move[];
}

function buildStageSection({ to, title, moves }: StageTable, result: AuditView): Section {
  return {
    heading: `### ${title}: ${moves.length.toLocaleString('en-US')}`,
    lead: [describeLead(to, moves), renderWaveLines(to, result).join('\n')].filter((part) => part !== '').join('\n\n'),
    head: renderTableHead([
      ['Person', 'left'],
      ['Department, manager', 'left'],
      ['Why now', 'left'],
      ['What happens next', 'left'],
    ]),
    rows: moves.map((move) => renderMoveRow(move, result)),
    fold: `${formatCount(moves.length, 'account')}, one by one`,
  };
}

function describeLead(to: Move['to'], moves: readonly Move[]): string {
  return to === null || to === 'archive'
    ? 'Nothing happens to these accounts.'
    : `Merging means: ${describeEffect(to, moves)}.`;
}

/** What the stage does, if it does so to all: some may be disabled already, or changed by a reviewer. */
function describeEffect(stage: Stage, moves: readonly Move[]): string {
  const isAll =
    (stage !== 'disable' || moves.every(isBlockingSignIn)) &&
    (stage !== 'delicense' || moves.every((move) => listRemovedLicenses(move).length > 0));
  return isAll ? stageWords[stage].does : 'for each of them what “What happens next” says';
}

function renderMoveRow(move: Move, result: AuditView): string {
  const { account } = move.file;
  return renderTableRow([
    renderMovedPerson(move, result),
    [account.department, account.manager?.displayName]
      .map((name) => escapeMarkdownWithIds(name ?? '–', 40))
      .join('<br>'),
    escapeMarkdown(explainMove(move, result), 400),
    [describeMoveNext(move, result), ...listLosses(move, result)]
      // Each licence that stays has its reason there.
      .map((words) => escapeMarkdown(words, 700))
      .join('<br>• '),
  ]);
}

/** None when a mailbox is saved. */
function listLosses(move: Move, result: AuditView): string[] {
  if (move.to === null || move.to === 'archive' || listSavedLicenses(move).length > 0) return [];
  return describeBelongings(move, move.to, result);
}

function renderWaitingRow({ judged, limit }: OverLimitAccount): string {
  const { monthly, currency } = judged.judgement.savings;
  return renderTableRow([
    renderPersonCell(judged.evidence),
    formatInactivity(judged),
    formatMoneyCell(monthly, currency),
    limitWords[limit],
  ]);
}
