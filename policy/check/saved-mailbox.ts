// Whether a change gives a delicensed account the licences that its mailbox needs, and does nothing else: what the audit writes to save
// mail, beside new evidence the one change of a record within a stage. Pure.
import type { AccountFile, Savings } from '../schemas/account.ts';
import { effectiveDesired } from '../stage.ts';
import { findTaken } from '../taken.ts';

export function isMailboxSaved(before: AccountFile, after: AccountFile): boolean {
  return (
    before.stage === 'delicense' &&
    after.stage === 'delicense' &&
    after.mailbox !== undefined &&
    after.mailbox.lostFrom <= after.mailbox.lostBy &&
    savesNoMore(before.savings, after.savings) &&
    addsOnlySaved(before, after) &&
    takesNothing(before, after)
  );
}

/** Money that is saved a month only gets less by it. */
function savesNoMore(before: Savings, after: Savings): boolean {
  return after.currency === before.currency && after.monthly <= before.monthly;
}

/** Every licence that was held back stays so, for its old reason or for the mailbox; what is new it had before, and is asked for. */
function addsOnlySaved(before: AccountFile, after: AccountFile): boolean {
  const { licenses } = effectiveDesired(after);
  const had = after.restore.licenses.map(({ skuPartNumber }) => skuPartNumber);
  const isKnown = (entry: Entry) => before.savings.heldBack.some((known) => isSame(known, entry));
  const isSaved = ({ skuPartNumber, reason }: Entry) =>
    reason === 'mailbox-flipped-back' && had.includes(skuPartNumber) && licenses.includes(skuPartNumber);
  const heldBack = after.savings.heldBack;
  const stays = before.savings.heldBack.every((entry) =>
    heldBack.some(
      (other) => isSame(other, entry) || (other.skuPartNumber === entry.skuPartNumber && isSaved(other)),
    ),
  );
  return stays && heldBack.every((entry) => isKnown(entry) || isSaved(entry)) && heldBack.some(isSaved);
}

type Entry = Savings['heldBack'][number];

function isSame(a: Entry, b: Entry): boolean {
  return a.skuPartNumber === b.skuPartNumber && a.reason === b.reason;
}

function takesNothing(before: AccountFile, after: AccountFile): boolean {
  const { signIn, mailbox, licenses } = findTaken(effectiveDesired(before), effectiveDesired(after));
  return !signIn && !mailbox && licenses.length === 0;
}
