// The sums that the report, the pull request and the job summary open with: who moves, and where the money is.

import { computeMergeEffect, type MergeEffect } from '../../policy/effect.ts';
import type { JudgedAccount } from '../../policy/judgement.ts';
import type { Move } from '../../policy/plan/move.ts';
import { computeMonthlyCost, type SavingsOutlook } from '../../policy/savings.ts';
import type { DesiredState, HeldBackReason } from '../../policy/schemas/account.ts';
import type { Prices } from '../../policy/schemas/prices.ts';
import { toCurrentState, toOriginalState } from '../../policy/taken.ts';
import type { AuditResult } from '../audit-result.ts';
import { contactOf } from './contact.ts';
import { outlookAt } from './outlook.ts';
import { type Place, personalActions, placesIn } from './place.ts';

/** Accounts and what they cost a month, in the currency of prices.yaml. */
export interface Sum {
  accounts: number;
  monthly: number;
}

/** The four parts of `inactive.monthly` add up to it: every licence of an inactive account is in exactly one. */
export interface Money {
  currency: string;
  inactive: Sum;
  /** Goes once the accounts have walked through their stages. */
  reclaimable: Sum;
  /** Of the same accounts, what has to stay. */
  heldBack: Sum & { byReason: Map<HeldBackReason, Sum> };
  /** The part of it that waits for somebody to release a OneDrive. */
  waiting: Sum;
  /** Waits for a decision that no machine takes. */
  undecided: Sum;
  /** Exempt, kept by a reviewer, or nothing to be done. */
  leftAlone: Sum;
  /** Reclaimed by earlier merges, as main's history says. */
  alreadySaved: Sum;
}

/** What merging the proposal does, in accounts. */
export interface MergeCounts {
  notify: number;
  review: number;
  disable: number;
  /** Of these, whose sign-in this merge blocks; the others are disabled already, synced, or left enabled by a reviewer. */
  blocked: number;
  /** Of the others, whose mailbox this merge makes shared. */
  shared: number;
  delicense: number;
  /** Of these, who loses a licence by it; the others hold none that can go. */
  unlicensed: number;
  restore: number;
  /** Mailboxes that get a licence back, so that their mail is not lost. */
  saved: number;
  /** Files that go or are archived; nothing happens to these accounts. */
  released: number;
  kept: number;
  /** People who are written to because somebody of theirs enters notify. */
  managers: number;
  /** What the removed licences cost a month. */
  monthly: number;
}

export function moneyOf(result: AuditResult): Money {
  const placeOf = placesIn(result);
  const money: Money = {
    currency: result.prices.currency,
    inactive: nothing(),
    reclaimable: nothing(),
    heldBack: { ...nothing(), byReason: new Map() },
    waiting: nothing(),
    undecided: nothing(),
    leftAlone: nothing(),
    alreadySaved: result.past.days.at(-1)?.reclaimed ?? nothing(),
  };
  for (const judged of result.inactive) addAccount(money, judged, placeOf(judged), result);
  return money;
}

export function mergeCounts(result: AuditResult): MergeCounts {
  const entering = (stage: Move['to']) =>
    result.plan.moves.filter((move) => move.to === stage && isEntered(move));
  const disabled = entering('disable');
  const delicensed = entering('delicense');
  return {
    notify: entering('notify').length,
    review: entering('review').length,
    disable: disabled.length,
    blocked: disabled.filter(blocksSignIn).length,
    shared: disabled.filter(sharesOnly).length,
    delicense: delicensed.length,
    unlicensed: delicensed.filter((move) => removedLicenses(move).length > 0).length,
    restore: entering('restore').length,
    saved: result.plan.moves.filter((move) => savedLicenses(move).length > 0).length,
    released: result.plan.moves.filter(({ from, to }) => from !== null && (to === null || to === 'archive'))
      .length,
    kept: entering('keep').length,
    managers: new Set(entering('notify').map(({ file }) => contactOf(file, result.policy).mail)).size,
    monthly: inCents(delicensed.map((move) => savedBy(move, result))),
  };
}

/** What a month costs less once a move to delicense is merged: only what it removes saves anything. */
export function savedBy(move: Move, result: AuditResult): number {
  const { file, judged } = move;
  if (judged === null) return file.savings.monthly;
  const { reclaimable } = outlookAt(judged, { kind: 'moves', move }, result);
  const removed = new Set(removedLicenses(move));
  return computeMonthlyCost(
    reclaimable.filter(({ skuPartNumber }) => removed.has(skuPartNumber)),
    result.prices,
  );
}

/** The part numbers that a move takes away, as its reviewers left it. */
export function removedLicenses(move: Move): readonly string[] {
  return effectOf(move).licenses;
}

/** What a move gives so that a mailbox keeps its mail; empty for every other move. */
export function savedLicenses({ reason, to, file }: Pick<Move, 'reason' | 'to' | 'file'>): string[] {
  if (reason !== 'mailbox-flipped-back' || to !== 'delicense') return [];
  return file.savings.heldBack
    .filter((entry) => entry.reason === 'mailbox-flipped-back')
    .map(({ skuPartNumber }) => skuPartNumber);
}

/** The account as the audit has seen it; without that, as it was before this pipeline touched it. */
export function standingIn({ file, judged }: Pick<Move, 'file' | 'judged'>): DesiredState {
  return judged === null ? toOriginalState(file.restore) : toCurrentState(judged.evidence);
}

/** Whether merging it does what its stage is for: a rename does not, and new evidence lets an earlier merge come true. */
export function isEntered({ from, to, reason }: Move): boolean {
  return from !== to || reason === 'evidence-renewed';
}

function addAccount(money: Money, judged: JudgedAccount, place: Place, result: AuditResult): void {
  const cost = computeMonthlyCost(judged.evidence.licenses, result.prices);
  add(money.inactive, cost);
  const bucket = bucketOf(judged, place);
  if (bucket === 'planned') addPlanned(money, outlookAt(judged, place, result), result.prices);
  else add(bucket === 'undecided' ? money.undecided : money.leftAlone, cost);
}

function addPlanned(money: Money, outlook: SavingsOutlook, prices: Prices): void {
  const { monthly, heldBack, heldBackMonthly, waiting, waitingMonthly } = outlook;
  if (monthly > 0) add(money.reclaimable, monthly);
  if (heldBack.length === 0) return;
  add(money.heldBack, heldBackMonthly);
  if (waiting.length > 0) add(money.waiting, waitingMonthly);
  for (const reason of new Set(heldBack.map((entry) => entry.reason))) {
    const held = heldBack.filter((entry) => entry.reason === reason).map(({ license }) => license);
    const sum = money.heldBack.byReason.get(reason) ?? nothing();
    add(sum, computeMonthlyCost(held, prices));
    money.heldBack.byReason.set(reason, sum);
  }
}

/** In the pipeline or on its way there; waiting for a person; or none of both. */
export type Bucket = 'planned' | 'undecided' | 'left-alone';

export function bucketOf({ judgement }: JudgedAccount, place: Place): Bucket {
  const leaves =
    place.kind === 'moves' &&
    (place.move.to === 'keep' || place.move.to === 'restore' || place.move.to === null);
  const isKept = place.kind === 'stays' && (place.held.stage === 'keep' || place.held.stage === 'restore');
  const isOutside = place.kind === 'needs-a-person' || place.kind === 'left-alone';
  if (!leaves && !isKept && !isOutside) return 'planned';
  return personalActions.includes(judgement.action) && !isKept ? 'undecided' : 'left-alone';
}

export function blocksSignIn(move: Move): boolean {
  const { signIn, isOnPremises } = effectOf(move);
  return signIn && !isOnPremises;
}

function sharesOnly(move: Move): boolean {
  const { signIn, mailbox } = effectOf(move);
  return mailbox && !signIn;
}

function effectOf(move: Move): MergeEffect {
  return computeMergeEffect(move.file, move.file.stage, standingIn(move));
}

function nothing(): Sum {
  return { accounts: 0, monthly: 0 };
}

function add(sum: Sum, monthly: number): void {
  sum.accounts += 1;
  sum.monthly = inCents([sum.monthly, monthly]);
}

function inCents(amounts: readonly number[]): number {
  return amounts.reduce((cents, amount) => cents + Math.round(amount * 100), 0) / 100;
}
