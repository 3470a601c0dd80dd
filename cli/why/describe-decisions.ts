// Who decided: each move of the person on main, with its commit, its pull request and the people behind it.
import { formatDay, stageWords } from '../../policy/words/labels.ts';
import { shortenCommit } from '../../stacks/contained-main.ts';
import { showName } from './show-name.ts';
import type { Standing, StandingMove } from './standing.ts';

/** A page shows the latest; `--json` has all. */
const mostMoves = 6;

export function describeDecisions({ history, today }: Standing): string[] {
  const shown = history.slice(-mostMoves);
  const left = history.length - shown.length;
  return [
    ...(left > 0 ? [`… and ${left} earlier, which --json lists`] : []),
    ...shown.map((move) => `${formatDay(move.day, today)}: ${describeMove(move)}; ${describePeople(move, today)}`),
  ];
}

function describeMove({ kind, from, to, reason }: StandingMove): string {
  if (kind === 'renewed') return 'newer facts of an audit';
  if (kind === 'edited') return `edited in ${nameOf(to)}`;
  const why = (to === 'keep' || to === 'restore') && reason !== null ? ` (“${showName(reason)}”)` : '';
  if (to === null) return `taken out of the plan, from ${nameOf(from)}`;
  return from === null ? `into ${nameOf(to)}${why}` : `${nameOf(from)} → ${nameOf(to)}${why}`;
}

function nameOf(place: StandingMove['to']): string {
  if (place === null) return 'the plan';
  return place === 'archive' ? 'the archive' : stageWords[place].name;
}

function describePeople({ commit, author, committer, namedPull, pull }: StandingMove, today: string): string {
  const at = shortenCommit(commit);
  if (pull === null) {
    const number = namedPull === null ? '' : `, #${namedPull} by its subject`;
    const people =
      author === committer ? showName(author, 60) : `${showName(author, 60)}, committed by ${showName(committer, 60)}`;
    return `${at} by ${people}${number}`;
  }
  const approvals = pull.approvals.map(
    ({ by, at: on }) => `${showName(by, 60)} on ${formatDay(on.slice(0, 10), today)}`,
  );
  return [
    `${at}, #${pull.number} opened by ${showName(pull.openedBy, 60)}`,
    approvals.length === 0 ? 'approved by nobody' : `approved by ${approvals.join(', ')}`,
    ...(pull.mergedBy === null ? [] : [`merged by ${showName(pull.mergedBy, 60)}`]),
  ].join(', ');
}
