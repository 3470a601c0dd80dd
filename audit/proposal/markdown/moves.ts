// One table per stage: the person, why now, what happens next. And who waits behind the limits.
import type { JudgedAccount } from '../../../policy/judgement.ts';
import type { Move, OverLimitAccount } from '../../../policy/plan/move.ts';
import { computeSavings } from '../../../policy/savings.ts';
import type { Stage } from '../../../policy/schemas/account.ts';
import { formatCount, formatMoney, limitWords, stageWords } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { describeBelongings } from '../../summary/belongings.ts';
import { describeMoveNext } from '../../summary/next.ts';
import { isBlockingSignIn, listRemovedLicenses, listSavedLicenses } from '../../summary/totals.ts';
import { explainMove } from '../../summary/why.ts';
import { cell, code, tableHead, tableRow } from './escape.ts';
import type { Section } from './fit.ts';
import { waveLines } from './wave.ts';

/** Those that take something away first; each folded, because the decision stands above. */
export function movesByStage(result: AuditResult): Section[] {
  const isSaved = (move: Move) => listSavedLicenses(move).length > 0;
  const saved = result.plan.moves.filter(isSaved);
  const sections = order.flatMap(([to, title]) => {
    const moves = result.plan.moves.filter((move) => move.to === to && !isSaved(move));
    return moves.length === 0 ? [] : [stageSection(to, title, moves, result)];
  });
  return saved.length === 0 ? sections : [savedSection(saved, result), ...sections];
}

/** What is lost if nobody merges it stands first. */
function savedSection(moves: readonly Move[], result: AuditResult): Section {
  return {
    ...stageSection('delicense', 'Mailboxes to save', moves, result),
    lead: 'Delicensed, and their shared mailboxes turned into user mailboxes again. Merging means: each gets the licence back that its mailbox needs, the mailbox becomes shared again, and the licence stays. Without that their mail is lost on the day that stands there.',
  };
}

/** Accounts that are due, but over a cap, and those whose pull request was closed not long ago. */
export function waitingAndDeclined(result: AuditResult): Section[] {
  const { waiting, declined } = result.plan;
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
      head: tableHead([
        ['Person', 'left'],
        ['Inactive', 'right'],
        ['Reclaimable a month', 'right'],
        ['Limit', 'left'],
      ]),
      rows: waiting.map((entry) => waitingRow(entry, result)),
      fold: 'Who is waiting',
    },
    {
      heading: declined.length > 0 ? '### Declined not long ago' : '',
      lead:
        declined.length > 0
          ? `A pull request with ${formatCount(declined.length, 'account')} was closed unmerged; they come back after ${result.policy.proposal.retryAfterDays} days at the earliest.`
          : '',
      head: tableHead([
        ['Person', 'left'],
        ['Inactive', 'right'],
      ]),
      rows: declined.map((judged) => tableRow([person(judged.evidence), silentFor(judged)])),
      fold: 'Who was declined',
    },
  ];
}

/** Name over account name, so that a row stays as narrow as it can be. */
export function person({
  displayName,
  userPrincipalName,
}: {
  displayName: string;
  userPrincipalName: string;
}): string {
  const name = cell(displayName, 60);
  return name === '' ? code(userPrincipalName) : `**${name}**<br>${code(userPrincipalName)}`;
}

/** An amount that a narrow column does not break. */
export function moneyCell(amount: number, currency: string): string {
  return formatMoney(amount, currency).replace(' ', '\u00A0');
}

export function silentFor({ judgement }: JudgedAccount): string {
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

function stageSection(to: Move['to'], title: string, moves: readonly Move[], result: AuditResult): Section {
  return {
    heading: `### ${title}: ${moves.length.toLocaleString('en-US')}`,
    lead: [leadOf(to, moves), waveLines(to, result).join('\n')].filter((part) => part !== '').join('\n\n'),
    head: tableHead([
      ['Person', 'left'],
      ['Department, manager', 'left'],
      ['Why now', 'left'],
      ['What happens next', 'left'],
    ]),
    rows: moves.map((move) => moveRow(move, result)),
    fold: `${formatCount(moves.length, 'account')}, one by one`,
  };
}

function leadOf(to: Move['to'], moves: readonly Move[]): string {
  return to === null || to === 'archive'
    ? 'Nothing happens to these accounts.'
    : `Merging means: ${does(to, moves)}.`;
}

/** What the stage does, where it does that to all of them: some are disabled already, or were left as they are by a reviewer. */
function does(stage: Stage, moves: readonly Move[]): string {
  const isSo =
    (stage !== 'disable' || moves.every(isBlockingSignIn)) &&
    (stage !== 'delicense' || moves.every((move) => listRemovedLicenses(move).length > 0));
  return isSo ? stageWords[stage].does : 'for each of them what “What happens next” says';
}

function moveRow(move: Move, result: AuditResult): string {
  const { account } = move.file;
  return tableRow([
    person(account),
    [account.department, account.manager?.displayName].map((name) => cell(name ?? '–', 40)).join('<br>'),
    cell(explainMove(move, result), 400),
    [describeMoveNext(move, result), ...hangingOn(move, result)]
      .map((words) => cell(words, 400))
      .join('<br>• '),
  ]);
}

/** Nothing goes by saving a mailbox. */
function hangingOn(move: Move, result: AuditResult): string[] {
  if (move.to === null || move.to === 'archive' || listSavedLicenses(move).length > 0) return [];
  return describeBelongings(move, move.to, result);
}

function waitingRow({ judged, limit }: OverLimitAccount, { policy, prices }: AuditResult): string {
  const { monthly } = computeSavings(judged.evidence, policy, prices);
  return tableRow([
    person(judged.evidence),
    silentFor(judged),
    moneyCell(monthly, prices.currency),
    limitWords[limit],
  ]);
}
