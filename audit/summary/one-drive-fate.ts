// What becomes of an account's OneDrive: held back, released, or on Microsoft's clock. Read from the plan.
import { countDaysBetween, type Day, type Evidence, type OneDrive } from '../../policy/evidence.ts';
import { computeEffectiveDesired, findKeptReason, isReleased } from '../../policy/files/stage.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { JudgedAccount, RiskCode } from '../../policy/judge/judgement.ts';
import { hasOneDriveClock, toGigabytes } from '../../policy/licenses/belongings.ts';
import { computeOneDriveClock, type OneDriveClock } from '../../policy/licenses/microsoft-clocks.ts';
import { selectOneDriveHosts } from '../../policy/licenses/service-plans.ts';
import { selectStages } from '../../policy/populations/population-policy.ts';
import { type HeldBackReason, releasableReasons } from '../../policy/schemas/account.ts';
import { listUpcomingSteps } from '../../policy/words/describe-account.ts';
import { formatGigabytes } from '../../policy/words/describe-belongings.ts';
import { formatCount, formatDay, formatMoney, heldBackWords } from '../../policy/words/labels.ts';
import type { AccountView, AuditView } from '../audit-view.ts';
import { type AccountPlace, findAccountFile } from './account-place.ts';
import type { MoneySummary } from './totals.ts';

/**
 * `licensed`: no licence removal is planned. `stays`: planned, but the licence stays for another reason. `goes`: with its
 * licence, `on` the first possible day; null: not known yet. `counting`: without a licence since a merge. `not-known`:
 * without one that this pipeline has taken. `left-out`: not read, because no clock runs in this cloud.
 */
export type OneDriveFate =
  | { kind: 'none' | 'left-out' | 'unclocked' | 'licensed' | 'not-known' }
  | { kind: 'held-back' | 'stays'; reason: HeldBackReason }
  | { kind: 'goes'; isReleased: boolean; on: Day | null }
  | { kind: 'counting'; since: Day };

export function findOneDriveFate(account: AccountView, result: AuditView): OneDriveFate {
  const { evidence } = account;
  const oneDrive = resolveOneDrive(account);
  if (oneDrive.kind === 'none') return { kind: 'none' };
  if (oneDrive.kind === 'unclocked') return { kind: 'left-out' };
  const since = result.unlicensedOneDrives.get(foldId(evidence.id));
  if (since === null || !hasOneDriveClock(evidence)) return { kind: 'unclocked' };
  if (since !== undefined) return { kind: 'counting', since };
  if (!isLicensed(evidence)) return { kind: 'not-known' };
  return account.bucket === 'planned' ? findPlannedFate(account, result) : { kind: 'licensed' };
}

/** A room, a telephone or a shared mailbox without known use has no OneDrive, because nobody signs in there. */
export function resolveOneDrive({ evidence, judgement }: JudgedAccount): OneDrive {
  const { oneDrive, usage } = evidence;
  const isUnused = usage.kind === 'missing' || (usage.kind === 'row' && usage.lastActivity.oneDrive === null);
  const isMachine = judgement.risks.some(({ code }) => machineCodes.includes(code));
  const hasNone = oneDrive.kind === 'unknown' && isMachine && isUnused && !isLicensed(evidence);
  return hasNone ? { kind: 'none' } : oneDrive;
}

const machineCodes: readonly RiskCode[] = ['shared-mailbox', 'resource-mailbox'];

/** Microsoft's days; null: not known. */
export function findOneDriveClock(fate: OneDriveFate): OneDriveClock | null {
  if (fate.kind === 'counting') return computeOneDriveClock(fate.since);
  return fate.kind === 'goes' && fate.on !== null ? computeOneDriveClock(fate.on) : null;
}

/** Days until Microsoft deletes it by default; 0 once that day is over. */
export function countDaysLeft(since: Day, today: Day): number {
  return Math.max(0, countDaysBetween(today, computeOneDriveClock(since).deletedFrom));
}

/** `3.1 GB`, `not known`. */
export function formatOneDriveSize(oneDrive: OneDrive): string {
  return oneDrive.kind === 'seen' ? formatGigabytes(toGigabytes(oneDrive.storageUsedBytes)) : 'not known';
}

/** `3.1 GB in 812 files, last used on 30 June`; empty where there is none, or it was not read. */
export function describeOneDriveContents(oneDrive: OneDrive, today: Day): string {
  if (oneDrive.kind === 'unknown') return 'not known what it holds';
  if (oneDrive.kind !== 'seen') return '';
  const { files, lastUsedOn } = oneDrive;
  const count = files === null ? '' : ` in ${formatCount(files, 'file')}`;
  const use = lastUsedOn === null ? 'no use on record' : `last used on ${formatDay(lastUsedOn, today)}`;
  return `${formatOneDriveSize(oneDrive)}${count}, ${use}`;
}

/** Two or three words, to filter by. */
export function formatFate(fate: OneDriveFate): string {
  if (fate.kind === 'goes') return fate.isReleased ? 'released' : 'goes with its licence';
  return {
    none: 'none',
    'left-out': 'not looked at',
    unclocked: 'no clock runs for it',
    licensed: 'stays with its licence',
    stays: 'stays with its licence',
    'held-back': 'held back',
    counting: 'on Microsoft’s clock',
    'not-known': 'without a licence, no day known',
  }[fate.kind];
}

/** Such as `goes with its licence, on 21 December at the earliest`. */
export function describeFate(fate: OneDriveFate, today: Day): string {
  switch (fate.kind) {
    case 'none':
      return 'none';
    case 'unclocked':
      return 'Microsoft’s clock does not run for it';
    case 'left-out':
      return '';
    case 'licensed':
      return 'stays with its licence';
    case 'not-known':
      return 'without a licence, not known since when';
    case 'held-back':
      return `held back until somebody releases it${fate.reason === 'onedrive-unknown' ? ': nobody could tell what it holds' : ''}`;
    case 'stays':
      return `stays with its licence: ${heldBackWords[fate.reason]}`;
    case 'goes':
      return `${fate.isReleased ? 'released: ' : ''}goes with its licence${fate.on === null ? '' : `, on ${formatDay(fate.on, today)} at the earliest`}`;
    case 'counting':
      return `without a licence since ${formatDay(fate.since, today)}`;
  }
}

/** The monthly cost that waits for the release of the account's OneDrive; 0 for an account without a plan. */
export function computeWaiting({ bucket, outlook }: AccountView): number {
  return bucket === 'planned' ? outlook.waitingMonthly : 0;
}

/** `USD 72 a month waits for 2 OneDrives to be released`; null: nothing waits. */
export function describeWaiting({ waiting, currency }: Pick<MoneySummary, 'waiting' | 'currency'>): string | null {
  if (waiting.accounts === 0) return null;
  return `${formatMoney(waiting.monthly, currency)} a month waits for ${formatCount(waiting.accounts, 'OneDrive')} to be released`;
}

function isLicensed({ licenses }: Evidence): boolean {
  return licenses.some(({ carries }) => carries.oneDrive !== null);
}

function findPlannedFate({ evidence, place, outlook }: AccountView, result: AuditView): OneDriveFate {
  const hosts = selectOneDriveHosts(evidence.licenses);
  const reasons = outlook.heldBack.flatMap(({ license, reason }) =>
    hosts.some(({ skuId }) => skuId === license.skuId) ? [reason] : [],
  );
  // A licence that stays for another reason keeps the OneDrive, whatever becomes of the files.
  const unreleasable = reasons.find((reason) => !releasableReasons.includes(reason));
  if (unreleasable !== undefined) return { kind: 'stays', reason: unreleasable };
  const [releasable] = reasons;
  if (releasable !== undefined) return { kind: 'held-back', reason: releasable };
  const file = findAccountFile(place);
  if (file?.stage === 'delicense') {
    const { licenses } = computeEffectiveDesired(file);
    const kept = hosts.find(({ skuPartNumber }) => licenses.includes(skuPartNumber));
    if (kept !== undefined) return { kind: 'stays', reason: findKeptReason(file, kept.skuPartNumber) };
  }
  return { kind: 'goes', isReleased: file !== null && isReleased(file), on: findFirstDay(place, result) };
}

/** The first day on which the licence may go; null: not known. A day that has passed without a merge becomes today. */
function findFirstDay(place: AccountPlace, { auditedOn, policy, uncounted }: AuditView): Day | null {
  if (place.kind !== 'moves' && place.kind !== 'stays') return null;
  const { file } = place.kind === 'moves' ? place.move : place.unmoved;
  const [stage, since] = place.kind === 'moves' ? [file.stage, auditedOn] : [place.unmoved.stage, place.unmoved.since];
  if (stage === 'delicense') return auditedOn;
  const steps = listUpcomingSteps({ stage, since }, selectStages(policy, file.evidence.population), uncounted);
  const on = steps.find((step) => step.stage === 'delicense')?.on ?? null;
  return on !== null && on < auditedOn ? auditedOn : on;
}
