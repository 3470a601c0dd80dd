// What main says of one person: where the file stands, on which evidence, and everything that was done with it.
import { type AccountMove, listAccountMoves } from '../../audit/history/account-moves.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import type { Day } from '../../policy/evidence.ts';
import { isTakingStage } from '../../policy/files/stage.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { createSigningContext } from '../../policy/signing/account-past.ts';
import { judgeFiles } from '../../policy/signing/judge-files.ts';
import { groupVersions } from '../../policy/signing/main-line.ts';
import { selectStandingFiles } from '../../policy/signing/stand-files.ts';
import { describeReviewerEdits } from '../../policy/words/describe-kept.ts';
import type { StackSources } from './stack-sources.ts';
import type { FileEvidence, Standing } from './standing.ts';

export interface StandingOnMain
  extends Pick<Standing, 'place' | 'since' | 'path' | 'reason' | 'evidence' | 'reviewerEdits'> {
  moves: readonly AccountMove[];
  /** The file as main has it, or as it had it last; null: it never had one. */
  file: AccountFile | null;
  /** The last version that took something, with the day on which main got its stage; null: none did. */
  taken: { file: AccountFile; since: Day } | null;
}

const unreadMain: StandingOnMain = {
  ...{ place: null, since: null, path: null, reason: null, evidence: null, reviewerEdits: [] },
  ...{ moves: [], file: null, taken: null },
};

export function findStandingOnMain(id: IdKey, { history, settings, stack }: StackSources): StandingOnMain {
  if (history === null) return unreadMain;
  const { line, lineRules, read } = history;
  const moves = listAccountMoves(id, { ...line, days: lineRules.days }, read);
  const last = moves.at(-1);
  if (last === undefined) return { ...unreadMain, place: 'not-in-plan' };
  const { path, file, to } = last;
  const place = to ?? 'taken-out';
  const isInPlan = to !== null && to !== 'archive';
  const context =
    settings === null
      ? null
      : createSigningContext(stack, settings.tenant.value, {
          verify: verifySignature,
          places: line.places,
          read,
          lineRules,
        });
  return {
    ...{ place, since: findSince(moves), path, moves, file },
    reason: (isInPlan ? file.reason : undefined) ?? null,
    evidence: buildEvidence(file, isInPlan && context !== null ? judgeFile(id, last, history, context) : null),
    reviewerEdits: isInPlan ? describeReviewerEdits(file) : [],
    taken: findTaken(moves),
  };
}

/** Edits within a place do not count. */
function findSince(moves: readonly AccountMove[]): Day | null {
  return moves.findLast(({ kind }) => kind === 'moved')?.day ?? null;
}

/** What was given back since is not there to be given back any more. */
function findTaken(moves: readonly AccountMove[]): StandingOnMain['taken'] {
  const place = moves.at(-1)?.to;
  if (place !== null && place !== undefined && place !== 'archive' && !isTakingStage(place)) return null;
  const at = moves.findLastIndex(({ to, from }) => isTaking(to) || isTaking(from));
  const move = moves[at];
  if (move === undefined || moves.slice(at + 1).some(({ to }) => to === 'restore' || to === 'keep')) return null;
  const entered = moves.slice(0, at + 1).findLast(({ kind, to }) => kind === 'moved' && isTaking(to)) ?? move;
  return { file: move.file, since: entered.day };
}

function isTaking(place: AccountMove['to']): boolean {
  return place !== null && place !== 'archive' && isTakingStage(place);
}

interface Judged {
  signedBy: string | null;
  problems: readonly string[];
}

function judgeFile(
  id: IdKey,
  { path, file }: AccountMove,
  { line: { versions }, texts, present }: NonNullable<StackSources['history']>,
  context: ReturnType<typeof createSigningContext>,
): Judged {
  const own = groupVersions(versions, new Set([id])).get(id) ?? [];
  const text = texts.get(present.get(path) ?? '') ?? '';
  const judged = judgeFiles({ files: [{ path, text, value: file }], versions: own }, context);
  const { standing, refused } = selectStandingFiles(judged, context);
  const isAsWritten = standing[0]?.value === file;
  return {
    signedBy: isAsWritten ? (standing[0]?.key ?? null) : null,
    problems: refused.flatMap(({ problems }) => problems.map(({ message }) => message)),
  };
}

function buildEvidence({ evidence }: AccountFile, judged: Judged | null): FileEvidence {
  const { signedBy = null, problems = [] } = judged ?? {};
  return { ...evidence, signedBy, problems };
}
