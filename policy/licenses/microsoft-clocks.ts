// When Microsoft takes what a licence carried. These clocks run in the tenant whatever this repository says. Pure.
import { addDays, type Day } from '../evidence.ts';

/**
 * The days of a OneDrive without a licence ("Manage unlicensed OneDrive user accounts", 2026-08). They are a tenant's
 * defaults: `Set-SPOTenant -UnlicensedOneDriveAccountsActiveStoragePeriod` moves them, and paid archive billing stops them.
 */
export interface OneDriveClock {
  readOnlyFrom: Day;
  /** It cannot be opened any more. */
  archivedFrom: Day;
  /** Gone from the recycle bin, where nothing keeps it. */
  deletedFrom: Day;
  /** Gone after a year unpaid, whatever retention policy or hold is on it. */
  deletedAtTheLatest: Day;
}

/** Counted from the day on which the last licence with a OneDrive went. */
export const oneDriveDays = { readOnly: 60, archived: 93, deleted: 186, atTheLatest: 365 };

/** `unlicensedOn`: the day on which the last licence with a OneDrive went. */
export function computeOneDriveClock(unlicensedOn: Day): OneDriveClock {
  return {
    readOnlyFrom: addDays(unlicensedOn, oneDriveDays.readOnly),
    archivedFrom: addDays(unlicensedOn, oneDriveDays.archived),
    deletedFrom: addDays(unlicensedOn, oneDriveDays.deleted),
    deletedAtTheLatest: addDays(unlicensedOn, oneDriveDays.atTheLatest),
  };
}

/** Exchange keeps a user mailbox without a licence, and an archive or hold that no licence pays for, for 30 days. */
export const mailboxDays = 30;

/** A Cloud PC is deprovisioned 7 days after its licence went ("Windows 365 grace period"). */
export const cloudPcDays = 7;
