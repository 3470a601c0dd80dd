// What is lost with the licences of one account, and of all accounts of a merge: in words for pull request and report.
import { type AssignedLicense, addDays } from '../../policy/evidence.ts';
import { computeMergeEffect } from '../../policy/files/merge-effect.ts';
import { computeEffectiveDesired, isReleased, listReasonsAgainstBlock } from '../../policy/files/stage.ts';
import { applyRelease } from '../../policy/judge/savings.ts';
import { sumWave, type WaveAccount, type WaveSum } from '../../policy/licenses/delicense-wave.ts';
import { oneDriveDays } from '../../policy/licenses/microsoft-clocks.ts';
import { findOneDriveOutcome } from '../../policy/licenses/one-drive-outcome.ts';
import type { Move } from '../../policy/plan/move.ts';
import { type AccountFile, releasableReasons, type Stage } from '../../policy/schemas/account.ts';
import {
  describeDynamicGroup,
  describeOneDrive,
  describeOneDriveOutcome,
} from '../../policy/words/describe-belongings.ts';
import { describeStay } from '../../policy/words/describe-group.ts';
import type { AuditView } from '../audit-view.ts';
import { selectProduct } from './next-steps.ts';
import { findStanding, isEntered, listRemovedLicenses } from './totals.ts';

type Account = Pick<Move, 'file' | 'judged'>;

/** For an account in Delicense or on its way there; empty where nothing depends on the licences, and on the way back. */
export function describeBelongings(account: Account, stage: Stage, result: AuditView): string[] {
  if (stage === 'keep' || stage === 'restore') return [];
  const { file } = account;
  const groups = stage === 'delicense' ? [] : (file.dynamicGroups ?? []);
  return [
    ...describeOneDriveLoss(account, result),
    ...describeMailboxStay(file, stage),
    ...describePhoneLoss(account),
    ...groups.map((group) => describeDynamicGroup(group, describeBeforeBlock(file))),
    ...(stage === 'delicense' ? [] : describeStayingLicenses(account)),
  ];
}

/** What happens about a licence that a group takes with the block. */
function describeBeforeBlock(file: AccountFile): string {
  return listReasonsAgainstBlock(file).length > 0
    ? 'the account is set aside instead of blocked'
    : 'the mailbox is shared first';
}

/** Sums the moves into these stages. Includes disable, because a dynamic group takes its licence with the block. */
export function findWave({ plan }: AuditView, stages: readonly ('disable' | 'delicense')[]): WaveSum {
  const moves = plan.moves.filter((move) => stages.some((stage) => stage === move.to) && isEntered(move));
  return sumWave(moves.filter(mayTakeLicenses).map(toWaveAccount));
}

function mayTakeLicenses({ to, file }: Move): boolean {
  return to === 'delicense' || (file.dynamicGroups ?? []).length > 0;
}

function toWaveAccount(move: Move): WaveAccount {
  const { file } = move;
  const isBlock = move.to === 'disable';
  const taken = isBlock ? listTakenByGroups(file) : listRemovedLicenses(move);
  const clockStarts = addDays(
    file.oneDrive?.byDefault?.readOnlyFrom ?? file.evidence.auditedOn,
    -oneDriveDays.readOnly,
  );
  const isLater = isBlock && clockStarts > file.evidence.auditedOn;
  return {
    file,
    outcome: isLater ? null : findOneDriveOutcome(file, listLicenses(move)),
    losesLicense: taken.length > 0,
    losesPhone: listPhoneLicenses(move).some((sku) => taken.includes(sku)),
  };
}

/** The monthly cost of licences that only wait for the release of a OneDrive's files. */
export function sumWaiting({ plan }: AuditView, stage: Stage): number {
  const cents = plan.moves
    .filter(({ to }) => to === stage)
    .flatMap(({ judged, file }) =>
      judged === null ? [] : [applyRelease(judged.judgement.savings, isReleased(file)).waitingMonthly],
    )
    .reduce((sum, monthly) => sum + Math.round(monthly * 100), 0);
  return cents / 100;
}

function describeOneDriveLoss(account: Account, { auditedOn }: AuditView): string[] {
  const { oneDrive } = account.file;
  const outcome = findOneDriveOutcome(account.file, listLicenses(account));
  if (oneDrive === undefined || outcome === null) return [];
  const clock = oneDrive.byDefault ?? null;
  return [`${describeOneDrive(oneDrive, auditedOn)}: ${describeOneDriveOutcome(outcome, clock, auditedOn)}`];
}

function describeMailboxStay(file: AccountFile, stage: Stage): string[] {
  return stage === 'delicense' && computeEffectiveDesired(file).mailbox === 'shared'
    ? ['the mailbox stays, as a shared one']
    : [];
}

function describePhoneLoss(account: Account): string[] {
  const skus = listPhoneLicenses(account);
  return skus.length === 0
    ? []
    : [`a phone number that hangs on ${skus.join(', ')} is lost at once, if one is assigned`];
}

function listPhoneLicenses(account: Account): string[] {
  const { licenses } = computeMergeEffect(account.file, 'delicense', findStanding(account));
  const removed = new Set([...licenses, ...listTakenByGroups(account.file)]);
  const phones = listLicenses(account).filter(
    ({ carries, skuPartNumber }) => carries.phone && removed.has(skuPartNumber),
  );
  return [...new Set(phones.map(({ skuPartNumber }) => skuPartNumber))];
}

/** Groups take these by themselves, with the block already. */
function listTakenByGroups({ dynamicGroups = [] }: AccountFile): string[] {
  return dynamicGroups.flatMap(({ skuPartNumbers }) => skuPartNumbers);
}

/** Without licences held for a OneDrive, described elsewhere, and those that a dynamic group takes. */
function describeStayingLicenses({ file, judged }: Account): string[] {
  const taken = new Set(listTakenByGroups(file));
  return file.savings.heldBack
    .filter(({ skuPartNumber, reason }) => !releasableReasons.includes(reason) && !taken.has(skuPartNumber))
    .map(
      ({ skuPartNumber, reason }) =>
        `${skuPartNumber} will stay: ${describeStay(reason, selectProduct(skuPartNumber, judged))}`,
    );
}

function listLicenses({ judged }: Account): readonly AssignedLicense[] {
  return judged?.evidence.licenses ?? [];
}
