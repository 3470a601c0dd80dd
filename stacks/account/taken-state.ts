// What of an account this pipeline has taken, by what its state has noted: only that is ever given back. Pure.
import { buildDesiredState } from '../../policy/files/stage.ts';
import { foldId } from '../../policy/identifiers.ts';
import { createLicenseNamer } from '../../policy/licenses/license-names.ts';
import type { DesiredState, RestorableGroup, RestoreState } from '../../policy/schemas/account.ts';
import { type AccountChange, isSameState } from './account-change.ts';
import type { AccountInputs, AccountOutputs } from './account-state.ts';

/**
 * Until something is taken the file says what the account has; from then on the state does, which knows what was taken. What
 * the file lists beyond that was never taken: it can be taken, and is not given.
 */
export function resolveTaken(
  known: AccountOutputs,
  { restore }: AccountInputs,
): Pick<AccountChange, 'restore' | 'from' | 'attempted'> {
  const { reached, asked, isSettled, ...before } = nameLicensesAs(restore, known);
  const noted = before.restore ?? { ...restore, mailbox: before.mailboxBefore ?? restore.mailbox };
  const had = buildUntakenState(noted);
  if (before.restore === null || !isTouched({ reached, asked, isSettled }, noted)) {
    const now = buildUntakenState(restore);
    return { restore, from: now, attempted: isSettled ? null : now };
  }
  const listed = new Set(had.licenses);
  const added = restore.licenses.filter(({ skuPartNumber }) => !listed.has(skuPartNumber));
  const skus = added.map(({ skuPartNumber }) => skuPartNumber);
  const addedGroups = listAddedGroups(restore, noted);
  const withAdded = (state: DesiredState) => ({
    ...state,
    licenses: [...new Set([...state.licenses, ...skus])],
    ...(state.groups === undefined ? {} : { groups: [...state.groups, ...addedGroups.map(({ id }) => id)] }),
  });
  const groups = [...(noted.groups ?? []), ...addedGroups];
  return {
    restore: {
      ...noted,
      licenses: [...noted.licenses, ...added],
      ...(groups.length === 0 ? {} : { groups }),
    },
    from: withAdded(reached),
    attempted: isSettled ? null : withAdded(asked),
  };
}

/** The file may have been given groups since: none of them was left. */
function listAddedGroups({ groups = [] }: RestoreState, noted: RestoreState): RestorableGroup[] {
  const known = new Set(noted.groups?.map(({ id }) => foldId(id)));
  return groups.filter(({ id }) => !known.has(foldId(id)));
}

/** A file that was written anew may name a product otherwise than the state: the skuId says that it is the same. */
function nameLicensesAs({ licenses }: RestoreState, outputs: AccountOutputs): AccountOutputs {
  const { restore, reached, asked } = outputs;
  if (!restore) return outputs; // nothing was taken, or by a version that did not note it
  const nameAsFiled = createLicenseNamer(licenses);
  const names = new Map(restore.licenses.map((license) => [license.skuPartNumber, nameAsFiled(license)]));
  const getName = (skuPartNumber: string) => names.get(skuPartNumber) ?? skuPartNumber;
  const nameState = (state: DesiredState) => ({ ...state, licenses: state.licenses.map(getName) });
  return {
    ...outputs,
    restore: {
      ...restore,
      licenses: restore.licenses.map((one) => ({ ...one, skuPartNumber: getName(one.skuPartNumber) })),
    },
    reached: nameState(reached),
    asked: nameState(asked),
  };
}

/** Whether this pipeline has taken anything, or may have. */
function isTouched({ reached, asked, isSettled }: AccountOutputs, restore: RestoreState): boolean {
  const had = buildUntakenState(restore);
  return !isSameState(reached, had) || !(isSettled || isSameState(asked, had));
}

/** With what was there before, as soon as something may be taken: until then the file says it, and each byte costs state. */
export function noteRestore(outputs: AccountOutputs, restore: RestoreState): AccountOutputs {
  return { ...outputs, restore: isTouched(outputs, restore) ? restore : null };
}

const nothing = { monthly: 0, currency: 'USD', heldBack: [] };

/** Of an account from which nothing is taken. */
export function buildUntakenState(restore: RestoreState): DesiredState {
  return buildDesiredState('notify', restore, nothing);
}
