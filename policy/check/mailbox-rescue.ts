// Whether a change gives a delicensed account the licences that its mailbox needs, and does nothing else. Beside new
// evidence it is the only change of the audit's record within a stage. Pure.
import { addDays, type Day } from '../evidence.ts';
import { hasRemovals } from '../files/removals.ts';
import { computeEffectiveDesired } from '../files/stage.ts';
import { mailboxDays } from '../licenses/microsoft-clocks.ts';
import type { AccountFile, Savings } from '../schemas/account.ts';

export function isMailboxRescue(before: AccountFile, after: AccountFile, today: Day): boolean {
  return (
    before.stage === 'delicense' &&
    after.stage === 'delicense' &&
    hasFoundDays(before, after, today) &&
    isNotSavingMore(before.savings, after.savings) &&
    isAddingOnlyRescueLicenses(before, after) &&
    !hasRemovals(computeEffectiveDesired(before), computeEffectiveDesired(after))
  );
}

/** Only days that an audit can have found: with later ones the mailbox's next loss would look like this one. */
function hasFoundDays(before: AccountFile, { mailbox }: AccountFile, today: Day): boolean {
  if (mailbox === undefined || mailbox.lostFrom > mailbox.lostBy) return false;
  return mailbox.lostBy <= addDays(today, mailboxDays) && isLater(mailbox, before.mailbox);
}

/** A mailbox that was rescued before is rescued again only from a later loss. */
function isLater({ lostBy }: Days, known: Days | undefined): boolean {
  return known === undefined || lostBy > known.lostBy;
}

type Days = NonNullable<AccountFile['mailbox']>;

/** A rescue can only lower the monthly savings. */
function isNotSavingMore(before: Savings, after: Savings): boolean {
  return after.currency === before.currency && after.monthly <= before.monthly;
}

/**
 * Every held-back licence stays so, for its old reason or for the mailbox. A new one was there originally and is desired.
 */
function isAddingOnlyRescueLicenses(before: AccountFile, after: AccountFile): boolean {
  const { licenses } = computeEffectiveDesired(after);
  const originalSkus = after.restore.licenses.map(({ skuPartNumber }) => skuPartNumber);
  const isKnown = (entry: Entry) => before.savings.heldBack.some((known) => isSame(known, entry));
  const isRescue = ({ skuPartNumber, reason }: Entry) =>
    reason === 'mailbox-flipped-back' && originalSkus.includes(skuPartNumber) && licenses.includes(skuPartNumber);
  const heldBack = after.savings.heldBack;
  const stays = before.savings.heldBack.every((entry) =>
    heldBack.some((other) => isSame(other, entry) || (other.skuPartNumber === entry.skuPartNumber && isRescue(other))),
  );
  return stays && heldBack.every((entry) => isKnown(entry) || isRescue(entry)) && heldBack.some(isRescue);
}

type Entry = Savings['heldBack'][number];

function isSame(a: Entry, b: Entry): boolean {
  return a.skuPartNumber === b.skuPartNumber && a.reason === b.reason;
}
