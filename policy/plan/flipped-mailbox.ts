// A shared mailbox that became a user mailbox again without a licence: how its mail is saved, by which licences. Pure.
import type { Day } from '../evidence.ts';
import { foldId } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import {
  describeMailboxLoss,
  isWatched,
  judgeMailboxState,
  type MailboxState,
  narrowMailboxFacts,
} from '../licenses/mailbox-loss.ts';
import type { AccountFile, MailboxFacts, RestorableLicense } from '../schemas/account.ts';
import type { Prices } from '../schemas/prices.ts';
import { formatList } from '../words/labels.ts';
import type { PlanInput, TrackedFile } from './input.ts';
import type { NextStep } from './next-stage.ts';

interface FlipBack {
  facts: MailboxFacts;
  /** What happens, with its days. */
  because: string;
  /** What has to be given so that the mail stays; empty: no licence that this pipeline took carries a mailbox. */
  licenses: readonly RestorableLicense[];
  /** It was rescued since the file on main was written, and is being lost again. */
  isAnew: boolean;
  /** It is not found: it may be gone already. */
  isMissing: boolean;
}

export type FlipBackContext = Pick<PlanInput, 'rules' | 'run' | 'proposed' | 'declined' | 'predictCarried'>;

/** null: its mail is safe, gone, or its state is unknown. */
export function findFlipBack(
  { path, file }: Pick<TrackedFile, 'path' | 'file'>,
  { evidence }: JudgedAccount,
  { rules, run: { auditedOn: today }, proposed, predictCarried }: FlipBackContext,
): FlipBack | null {
  const state: MailboxState = isWatched(file) ? judgeMailboxState(evidence, file, today) : { kind: 'safe' };
  if (state.kind !== 'losing') return null;
  const { how, facts: seen } = state;
  const isMissing = how === 'not-found';
  // One that is not found may be the same that was not rescued.
  const isAnew = file.mailbox !== undefined && !isMissing && seen.lostFrom > file.mailbox.lostBy;
  const proposedFacts = proposed.find((version) => version.path === path)?.file?.mailbox;
  const facts = narrowMailboxFacts(
    seen,
    isAnew ? selectLaterFacts(file.mailbox, proposedFacts) : (file.mailbox ?? proposedFacts),
  );
  const licenses = findRescueLicenses(file, predictCarried, rules.prices);
  return { facts, because: describeMailboxLoss(how, facts, today), licenses, isAnew, isMissing };
}

/** A proposal that repeats main says nothing of a later loss. */
function selectLaterFacts(onMain: MailboxFacts | undefined, proposed: MailboxFacts | undefined) {
  return onMain && proposed && proposed.lostBy <= onMain.lostBy ? undefined : proposed;
}

/**
 * null: there is nothing to save. An account that may sign in again is in use: it gets back what was taken, because its file
 * would block it. Once the file on main asks for the licence, it waits for the apply.
 */
export function decideRescueStep(
  tracked: Pick<TrackedFile, 'path' | 'file'>,
  judged: JudgedAccount,
  context: FlipBackContext,
): NextStep | null {
  const found = findFlipBack(tracked, judged, context);
  if (found === null) return null;
  const { because } = found;
  const requested = listRequestedLicenses(tracked.file);
  if (judged.evidence.accountEnabled) return buildMove('restore', `sign-in is allowed again, and ${because}`);
  if (requested.length > 0 && !found.isAnew)
    return buildHold(`waits until the tenant shows ${formatList(requested)} assigned: ${because}`);
  if (found.licenses.length === 0) return buildHold(`${because}; ${noRescueLicense}`);
  const until = found.isMissing ? findDeclinedUntil(judged, context) : null;
  return until === null
    ? buildMove('delicense', because)
    : buildHold(`${because}; its pull request was closed, so it is not proposed again before ${until}`, until);
}

/** There may be nothing left to save: a proposal that a person closed is not repeated at each audit. */
function findDeclinedUntil({ evidence }: JudgedAccount, { declined, run }: FlipBackContext): Day | null {
  const id = foldId(evidence.id);
  const found = declined.find(({ accountId, until }) => foldId(accountId) === id && run.auditedOn < until);
  return found?.until ?? null;
}

function buildMove(to: 'restore' | 'delicense', because: string): NextStep {
  return { kind: 'move', to, reason: 'mailbox-flipped-back', because };
}

function buildHold(because: string, movesOn: Day | null = null): NextStep {
  return { kind: 'hold', because, movesOn };
}

const noRescueLicense = 'none of the licences that it had carries a mailbox: somebody has to assign one';

/** What the file on main asks for already: not given yet, or taken since. */
function listRequestedLicenses({ savings }: AccountFile): string[] {
  return savings.heldBack
    .filter(({ reason }) => reason === 'mailbox-flipped-back')
    .map(({ skuPartNumber }) => skuPartNumber);
}

/** The file with the licences that its mailbox needs; nothing else that was reviewed changes. */
export function buildRescuedFile(
  file: AccountFile,
  { facts, because, licenses }: FlipBack,
  prices: Prices,
): AccountFile {
  const rescueSkus = licenses.map(({ skuPartNumber }) => skuPartNumber);
  const { desired, savings } = file;
  const others = savings.heldBack.filter(({ skuPartNumber }) => !rescueSkus.includes(skuPartNumber));
  const wasPaid = new Set(savings.heldBack.map(({ skuPartNumber }) => skuPartNumber));
  const paidAgain = rescueSkus.filter((sku) => !wasPaid.has(sku));
  return {
    ...file,
    reason: because,
    desired: { ...desired, licenses: [...new Set([...desired.licenses, ...rescueSkus])] },
    savings: {
      ...savings,
      monthly: subtractPrices(savings.monthly, paidAgain, prices),
      heldBack: [
        ...others,
        ...rescueSkus.map((skuPartNumber) => ({ skuPartNumber, reason: 'mailbox-flipped-back' as const })),
      ],
    },
    mailbox: facts,
  };
}

/**
 * Direct licences before inherited ones. A group gives nothing to a blocked account or a former member, so that an
 * inherited licence is given directly.
 */
function findRescueLicenses(
  { restore }: AccountFile,
  predictCarried: FlipBackContext['predictCarried'],
  prices: Prices,
): RestorableLicense[] {
  const own = restore.licenses.filter(({ assignedByGroup }) => assignedByGroup === null);
  const inherited = restore.licenses.filter(({ assignedByGroup }) => assignedByGroup !== null);
  const fromOwn = findRescueLicensesAmong(own, predictCarried, prices);
  return fromOwn.length > 0 ? fromOwn : findRescueLicensesAmong(inherited, predictCarried, prices);
}

/**
 * One licence: one that also pays for an archive or a hold, then the cheapest. Plan 1 pays for an archive only together
 * with Exchange Online Archiving.
 */
function findRescueLicensesAmong(
  licenses: readonly RestorableLicense[],
  predictCarried: FlipBackContext['predictCarried'],
  prices: Prices,
): RestorableLicense[] {
  const getRank = (license: RestorableLicense) =>
    ['plan-2', 'plan-1', 'kiosk'].indexOf(predictCarried(license).mailbox ?? '');
  const getPrice = ({ skuPartNumber }: RestorableLicense) => prices.monthly[skuPartNumber] ?? Number.POSITIVE_INFINITY;
  const [best] = licenses
    .filter((license) => getRank(license) >= 0)
    .sort((a, b) => getRank(a) - getRank(b) || compare(getPrice(a), getPrice(b)));
  if (best === undefined) return [];
  const addOns = licenses.filter((license) => license !== best && predictCarried(license).archive);
  return predictCarried(best).mailbox === 'plan-1' && !predictCarried(best).archive ? [best, ...addOns] : [best];
}

/** Infinity minus Infinity is not a number: two products without a price are equal. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function subtractPrices(monthly: number, skus: readonly string[], prices: Prices): number {
  const cents = skus.reduce(
    (rest, sku) => rest - Math.round((prices.monthly[sku] ?? 0) * 100),
    Math.round(monthly * 100),
  );
  return Math.max(0, cents) / 100;
}
