// What happens to one account next, in words with dates: once the proposal is merged, and by itself after that.
import type { Day } from '../../policy/evidence.ts';
import type { Held, Move } from '../../policy/plan/move.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { type Step, stepsAfter } from '../../policy/sentence.ts';
import { dayInWords, heldBackWords, listInWords, moneyInWords } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import { contactOf } from './contact.ts';
import { isEntered, removedLicenses, savedBy } from './totals.ts';

/** For a file that moves, if it is merged on the day of the audit; a later merge moves every date along. */
export function moveNext(move: Move, result: AuditResult): string {
  const { to, from, file } = move;
  const today = result.auditedOn;
  if (to === null)
    return from === null ? 'stays as it is' : 'stays as it is; Dormant no longer looks after it';
  if (to === 'archive') return 'stays as it is; the file leaves the program';
  const merging = isEntered(move) ? onMerge(to, move, result) : ['nothing changes by this merge'];
  return [...merging, ...laterSteps(to, file, today, result)].join('; ');
}

/** For a file that stays in its stage. */
export function heldNext({ stage, since, file, movesOn }: Held, result: AuditResult): string {
  if (stage === 'keep' && movesOn !== null) return `kept until ${dayInWords(movesOn, result.auditedOn)}`;
  if (stage === 'restore') return 'leaves once the tenant shows everything given back';
  return laterSteps(stage, file, since, result).join('; ');
}

function onMerge(to: Stage, move: Move, result: AuditResult): string[] {
  const { file } = move;
  switch (to) {
    case 'notify':
      return [`${contactOf(file, result.policy).words} is told`];
    case 'review':
      return ['nothing changes; time to object'];
    case 'disable':
      return disabling(file);
    case 'delicense':
      return delicensing(move, result);
    case 'restore':
      return [`gets back ${listInWords(givenBack(file))}`];
    case 'keep':
      return [`nothing happens for ${result.policy.stages.keepDays} days; what was taken is given back`];
  }
}

function disabling({ account, desired, restore }: AccountFile): string[] {
  if (account.onPremisesSyncEnabled)
    return ['Active Directory has to disable it; Dormant waits until it sees that'];
  return [
    desired.accountEnabled
      ? 'sign-in stays allowed, as a reviewer left it'
      : restore.accountEnabled
        ? 'sign-in is blocked'
        : 'sign-in is blocked already',
    ...(desired.mailbox === 'shared' ? ['mailbox becomes shared'] : []),
  ];
}

function delicensing(move: Move, result: AuditResult): string[] {
  const { savings } = move.file;
  const gone = removedLicenses(move.file);
  const removed =
    gone.length === 0
      ? 'no licence is removed'
      : `${listInWords(gone)} removed: ${moneyInWords(savedBy(move, result), savings.currency)} a month`;
  return [removed, ...staying(move.file)];
}

function staying({ savings }: AccountFile): string[] {
  return savings.heldBack.map(
    ({ skuPartNumber, reason }) => `${skuPartNumber} stays: ${heldBackWords[reason]}`,
  );
}

function givenBack({ restore }: AccountFile): string[] {
  return [
    ...(restore.licenses.length > 0 ? [partNumbers(restore).join(', ')] : []),
    ...(restore.mailbox === 'user' ? ['the mailbox as a user mailbox'] : []),
    ...(restore.accountEnabled ? ['sign-in'] : []),
  ];
}

function partNumbers({ licenses }: AccountFile['restore']): string[] {
  return [...new Set(licenses.map(({ skuPartNumber }) => skuPartNumber))];
}

function laterSteps(
  stage: Stage,
  file: AccountFile,
  since: Day,
  { policy, auditedOn }: AuditResult,
): string[] {
  const nothingToRemove = file.savings.monthly === 0 && file.restore.licenses.length === 0;
  return stepsAfter(stage, since, policy.stages)
    .filter((step) => step.stage !== 'deletable' || stage === 'delicense')
    .filter((step) => step.stage !== 'delicense' || !nothingToRemove)
    .map(
      (step) =>
        `${stepWords[step.stage] ?? step.stage} from ${dayInWords(later(step.on, auditedOn), auditedOn)}`,
    );
}

const stepWords: Partial<Record<Step['stage'], string>> = {
  review: 'objections',
  disable: 'sign-in blocked',
  delicense: 'licences removed',
  deletable: 'deletable by hand',
};

/** A step whose day is over is still ahead, because nobody has merged it: it may happen from today on. */
function later(day: Day, today: Day): Day {
  return day < today ? today : day;
}
