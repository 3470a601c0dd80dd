// Every promise in words: what Dormant gives back, and what Microsoft takes once a licence is gone, and when. Pure.
import type { Day } from '../evidence.ts';
import { cloudPcDays, mailboxDays, type OneDriveClock, oneDriveDays } from '../licenses/microsoft-clocks.ts';
import { formatDay } from './labels.ts';

/** All that is promised, and where it ends; no text promises more. */
export const givesBackWords =
  'What is taken can be given back: sign-in, the kind of mailbox, and licences as long as one is free. What Microsoft deletes once a licence is gone cannot.';

export const deletesNothingWords = 'Dormant itself deletes nothing.';

/** Part of a sentence about a OneDrive; the tenant may have other days. */
export function describeOneDriveDays(clock: OneDriveClock, today: Day): string {
  const format = (on: Day) => formatDay(on, today);
  return `by default read-only from ${format(clock.readOnlyFrom)}, ${describeClosing(clock, today)} and deleted from ${format(clock.deletedFrom)}`;
}

/** The same, shorter: only the two days that end something. */
export function describeOneDriveEnd(clock: OneDriveClock, today: Day): string {
  return `by default ${describeClosing(clock, today)} and deleted from ${formatDay(clock.deletedFrom, today)}`;
}

/** All four days, for an account whose clock runs already or has a known start. */
export function describeOneDriveClock(clock: OneDriveClock, today: Day): string {
  return `${describeOneDriveDays(clock, today)}; after a year unpaid, on ${formatDay(clock.deletedAtTheLatest, today)}, whatever hold or retention policy is on it`;
}

/** The day that no retention policy or hold puts off. */
export function describeUnpaidYear({ deletedAtTheLatest }: OneDriveClock, today: Day): string {
  return `a retention policy or a hold puts that off until ${formatDay(deletedAtTheLatest, today)} at the latest, unless Microsoft 365 Archive is paid for`;
}

/** From that day on a licence brings it back only where something keeps the files: they are in a recycle bin. */
function describeClosing({ archivedFrom }: OneDriveClock, today: Day): string {
  return `closed to everybody from ${formatDay(archivedFrom, today)} (until then a licence brings it back)`;
}

interface ClockWords {
  what: string;
  /** Counted from the day on which the last licence that carries it went. */
  when: string;
  /** What Dormant does about it. */
  dormant: string;
}

export const microsoftClocks: readonly ClockWords[] = [
  {
    what: 'OneDrive',
    when: `by default read-only from day ${oneDriveDays.readOnly}, closed to everybody from day ${oneDriveDays.archived} (until then a licence brings it back; after that, where nothing keeps it, only a SharePoint administrator, out of the recycle bin), deleted from day ${oneDriveDays.deleted}; after ${oneDriveDays.atTheLatest} unpaid days whatever retention policies or holds say`,
    dormant: 'keeps the licence of a large one until somebody releases its files, and names a small one with its days',
  },
  {
    what: 'mailbox that is not shared',
    when: `deleted after ${mailboxDays} days`,
    dormant: 'shares it before a licence goes',
  },
  {
    what: 'archive or hold that no licence pays for',
    when: `ends after ${mailboxDays} days, and what it kept goes with it`,
    dormant: 'keeps the licences that pay for it',
  },
  { what: 'Cloud PC', when: `deleted after ${cloudPcDays} days`, dormant: 'keeps its licence' },
  {
    what: 'phone number',
    when: 'taken from the user at once',
    dormant: 'says that one may hang on a licence; it cannot read the number',
  },
];
