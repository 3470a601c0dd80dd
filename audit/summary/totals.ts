// The sums at the top of the report, the pull request and the job summary: who moves, and where the money is.
import { computeMergeEffect, type LeftGroup, type MergeEffect } from '../../policy/files/merge-effect.ts';
import { toCurrentState, toOriginalState } from '../../policy/files/removals.ts';
import { isReleased } from '../../policy/files/stage.ts';
import {
  applyRelease,
  type PricedLicense,
  type SavingsOutlook,
  selectGoneWithBlock,
  sumMonthly,
} from '../../policy/judge/savings.ts';
import type { Move } from '../../policy/plan/move.ts';
import type { DesiredState, HeldBackReason } from '../../policy/schemas/account.ts';
import type { AccountView, AuditView } from '../audit-view.ts';
import { findContact } from './contact.ts';

/** Accounts and what they cost a month, in the currency of prices.yaml. */
export interface CostSum {
  accounts: number;
  monthly: number;
}

/** reclaimable, heldBack, undecided and leftAlone add up to inactive: each licence is in exactly one of them. */
export interface MoneySummary {
  currency: string;
  inactive: CostSum;
  /** Saved once the accounts have gone through their stages. */
  reclaimable: CostSum;
  /** Licences of the same accounts that have to stay. */
  heldBack: CostSum & { byReason: Map<HeldBackReason, CostSum> };
  /** The part of heldBack that waits for the release of a OneDrive. */
  waiting: CostSum;
  /** Waits for a person's decision. */
  undecided: CostSum;
  /** Exempt, kept by a reviewer, or nothing to be done. */
  leftAlone: CostSum;
  /** Reclaimed by earlier merges, as main's history says. */
  alreadySaved: CostSum;
}

/** What merging the proposal does, in accounts. */
export interface MergeCounts {
  notify: number;
  review: number;
  disable: number;
  /** Of these, sign-ins that this merge blocks; the others are disabled already, synced, or left enabled by a reviewer. */
  blocked: number;
  /** Of the others, mailboxes that this merge makes shared. */
  shared: number;
  delicense: number;
  /** Of these, accounts that lose a licence; the others hold none that can go. */
  unlicensed: number;
  restore: number;
  /** Mailboxes that get a licence back, so that their mail is not lost. */
  saved: number;
  /** Files that are removed: nothing was taken from these accounts, or all was given back. */
  released: number;
  /** Files that go to the archive; what was taken stays taken. */
  archived: number;
  kept: number;
  /** People whose files in archive/ go for good. */
  erased: number;
  /** People who are notified because one of their accounts enters notify. */
  managers: number;
  /** What the removed licences cost a month. */
  monthly: number;
  /** Blocked accounts whose licences groups take back by themselves, and what those cost a month. */
  withBlock: CostSum;
}

export function sumMoney(result: AuditView): MoneySummary {
  const money: MoneySummary = {
    currency: result.currency,
    inactive: createSum(),
    reclaimable: createSum(),
    heldBack: { ...createSum(), byReason: new Map() },
    waiting: createSum(),
    undecided: createSum(),
    leftAlone: createSum(),
    alreadySaved: result.past.days.at(-1)?.reclaimed ?? createSum(),
  };
  for (const account of result.inactive) addAccount(money, account);
  return money;
}

export function countMerge(result: AuditView): MergeCounts {
  const selectEntering = (stage: Move['to']) =>
    result.plan.moves.filter((move) => move.to === stage && isEntered(move));
  const disabled = selectEntering('disable');
  const delicensed = selectEntering('delicense');
  return {
    notify: selectEntering('notify').length,
    review: selectEntering('review').length,
    disable: disabled.length,
    blocked: disabled.filter(isBlockingSignIn).length,
    shared: disabled.filter(isSharingOnly).length,
    delicense: delicensed.length,
    unlicensed: delicensed.filter((move) => listRemovedLicenses(move).length > 0).length,
    restore: selectEntering('restore').length,
    saved: result.plan.moves.filter((move) => listSavedLicenses(move).length > 0).length,
    released: result.plan.moves.filter(({ from, to }) => from !== null && to === null).length,
    archived: result.plan.moves.filter(({ to }) => to === 'archive').length,
    kept: selectEntering('keep').length,
    erased: result.plan.erasures.erased.length,
    managers: new Set(selectEntering('notify').map(({ file }) => findContact(file, result.policy).mail)).size,
    monthly: sumInCents(delicensed.map(computeMonthlySaving)),
    withBlock: sumGoneWithBlock(disabled),
  };
}

function sumGoneWithBlock(moves: readonly Move[]): CostSum {
  const taken = moves.map(listTakenBackByGroups).filter((licenses) => licenses.length > 0);
  return { accounts: taken.length, monthly: sumInCents(taken.map(sumMonthly)) };
}

/** The monthly saving once a move to delicense is merged: only the licences that it removes. */
export function computeMonthlySaving(move: Move): number {
  const { file, judged } = move;
  if (judged === null) return file.savings.monthly;
  const { reclaimable } = applyRelease(judged.judgement.savings, isReleased(file));
  const removed = new Set(listRemovedLicenses(move));
  return sumMonthly(reclaimable.filter(({ license }) => removed.has(license.skuPartNumber)));
}

/** What groups take back by themselves with the block of a move to Disable. */
export function listTakenBackByGroups(move: Move): readonly PricedLicense[] {
  const { file, judged, to } = move;
  if (to !== 'disable' || judged === null || !isBlockingSignIn(move)) return [];
  const outlook = applyRelease(judged.judgement.savings, isReleased(file));
  const listed = new Set(file.restore.licenses.map(({ skuPartNumber }) => skuPartNumber));
  return selectGoneWithBlock(outlook).filter(({ license }) => listed.has(license.skuPartNumber));
}

/** The part numbers that a move takes away, after the edits of reviewers. */
export function listRemovedLicenses(move: Move): readonly string[] {
  return findMoveEffect(move).licenses;
}

/** The groups that a move takes the account out of, after the edits of reviewers. */
export function listGroupsLeft(move: Move): readonly LeftGroup[] {
  return findMoveEffect(move).groups;
}

/** Part numbers that a move assigns so that a mailbox keeps its mail; empty for every other move. */
export function listSavedLicenses({ reason, to, file }: Pick<Move, 'reason' | 'to' | 'file'>): string[] {
  if (reason !== 'mailbox-flipped-back' || to !== 'delicense') return [];
  return file.savings.heldBack
    .filter((entry) => entry.reason === 'mailbox-flipped-back')
    .map(({ skuPartNumber }) => skuPartNumber);
}

/** The account as the audit saw it, or else as it was before this pipeline touched it. */
export function findStanding({ file, judged }: Pick<Move, 'file' | 'judged'>): DesiredState {
  return judged === null ? toOriginalState(file.restore) : toCurrentState(judged.evidence, file.restore);
}

/** Whether the merge has its stage's effect: a rename has none; new evidence lets the apply finish an earlier merge. */
export function isEntered({ from, to, reason }: Move): boolean {
  return from !== to || reason === 'evidence-renewed';
}

function addAccount(money: MoneySummary, { bucket, outlook }: AccountView): void {
  add(money.inactive, outlook.cost);
  if (bucket === 'planned') addPlanned(money, outlook);
  else add(bucket === 'undecided' ? money.undecided : money.leftAlone, outlook.cost);
}

function addPlanned(money: MoneySummary, outlook: SavingsOutlook): void {
  const { monthly, heldBack, heldBackMonthly, waiting, waitingMonthly } = outlook;
  if (monthly > 0) add(money.reclaimable, monthly);
  if (heldBack.length === 0) return;
  add(money.heldBack, heldBackMonthly);
  if (waiting.length > 0) add(money.waiting, waitingMonthly);
  for (const [reason, licenses] of Map.groupBy(heldBack, (entry) => entry.reason)) {
    const sum = money.heldBack.byReason.get(reason) ?? createSum();
    add(sum, sumMonthly(licenses));
    money.heldBack.byReason.set(reason, sum);
  }
}

export function isBlockingSignIn(move: Move): boolean {
  const { signIn, isOnPremises } = findMoveEffect(move);
  return signIn && !isOnPremises;
}

function isSharingOnly(move: Move): boolean {
  const { signIn, mailbox } = findMoveEffect(move);
  return mailbox && !signIn;
}

function findMoveEffect(move: Move): MergeEffect {
  return computeMergeEffect(move.file, move.file.stage, findStanding(move));
}

function createSum(): CostSum {
  return { accounts: 0, monthly: 0 };
}

function add(sum: CostSum, monthly: number): void {
  sum.accounts += 1;
  sum.monthly = sumInCents([sum.monthly, monthly]);
}

function sumInCents(amounts: readonly number[]): number {
  return amounts.reduce((cents, amount) => cents + Math.round(amount * 100), 0) / 100;
}
