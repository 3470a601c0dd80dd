// Microsoft's own clocks: when what a licence carried can no longer be had. They run in the tenant whatever this repository says. Pure.
import { addDays, type Day } from './evidence.ts';

/**
 * The days of a OneDrive that lost its last licence ("Manage unlicensed OneDrive user accounts", 2026-08). They are a tenant's
 * defaults: `Set-SPOTenant -UnlicensedOneDriveAccountsActiveStoragePeriod` moves them, and paid archive billing stops them.
 */
export interface OneDriveClock {
  readOnlyFrom: Day;
  /** Nobody can open it any more. */
  archivedFrom: Day;
  /** Where nothing keeps it: out of the recycle bin. */
  deletedFrom: Day;
  /** Gone, whatever retention policy or hold is on it, once it was unpaid for a year. */
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

/** Exchange keeps a user mailbox, and an archive or a hold that no licence pays for any more, for 30 days. */
export const mailboxDays = 30;

/** A Cloud PC is deprovisioned 7 days after its licence went ("Windows 365 grace period"). */
export const cloudPcDays = 7;
