// What depends on licences, in words: one person's OneDrive and what becomes of it, and the sum of a wave. Pure.
import type { Day } from '../evidence.ts';
import type { FileTotals, WaveSum } from '../licenses/delicense-wave.ts';
import { computeOneDriveClock, type OneDriveClock } from '../licenses/microsoft-clocks.ts';
import type { OneDriveOutcome } from '../licenses/one-drive-outcome.ts';
import type { DynamicGroupFact, OneDriveFacts } from '../schemas/account.ts';
import { describeOneDriveDays, describeOneDriveEnd, describeUnpaidYear } from './describe-clocks.ts';
import { formatCount, formatDay, formatList } from './labels.ts';

/** `OneDrive of 3.1 GB in 812 files, last used 30 June`. */
export function describeOneDrive({ gigabytes, files, lastUse }: OneDriveFacts, today: Day): string {
  const size = gigabytes === null ? 'OneDrive of unknown size' : `OneDrive of ${formatGigabytes(gigabytes)}`;
  const count = files === null ? '' : ` in ${formatCount(files, 'file')}`;
  const used = lastUse === null ? '' : `, last used ${formatDay(lastUse, today)}`;
  return `${size}${count}${used}`;
}

/** What becomes of it. `clock` null: the day on which its licence goes is unknown. */
export function describeOneDriveOutcome(outcome: OneDriveOutcome, clock: OneDriveClock | null, today: Day): string {
  switch (outcome) {
    case 'held-back':
      return `its files stay until somebody releases them${clock === null ? '' : ` (then ${describeOneDriveEnd(clock, today)}, at the earliest)`}`;
    case 'stays':
      return 'it stays as it is';
    case 'released':
      return clock === null ? 'released' : `released: ${describeOneDriveEnd(clock, today)}`;
    case 'named':
      return clock === null ? 'Microsoft’s clock begins' : describeOneDriveEnd(clock, today);
  }
}

/** `SPE_E3 comes from the dynamic group “Licences”, which takes it back once sign-in is blocked, so …; its rule: …`. */
export function describeDynamicGroup(
  { displayName, skuPartNumbers, membershipRule }: DynamicGroupFact,
  so: string,
): string {
  const rule = membershipRule === null ? 'its rule may not be read' : `its rule: ${membershipRule}`;
  const [comes, it] = skuPartNumbers.length === 1 ? ['comes', 'it'] : ['come', 'them'];
  return `${formatList(skuPartNumbers)} ${comes} from the dynamic group “${displayName}”, which takes ${it} back once sign-in is blocked, so ${so}; ${rule}`;
}

/** `1,204 GB`, `44.2 GB`, `3.1 GB`: no more digits than needed. */
export function formatGigabytes(gigabytes: number): string {
  const maximumFractionDigits = gigabytes >= 100 ? 0 : gigabytes >= 10 ? 1 : 2;
  return `${gigabytes.toLocaleString('en-US', { maximumFractionDigits })} GB`;
}

/** `44.2 GB of files in the OneDrives of 12 people`. */
export function describeFileTotals({ gigabytes, accounts, unknown }: FileTotals): string {
  const where =
    accounts === 1 ? 'in the OneDrive of 1 person' : `in the OneDrives of ${formatCount(accounts, 'person', 'people')}`;
  if (unknown === accounts) return `Files of unknown size ${where}`;
  const more = unknown === 0 ? '' : ` (${unknown.toLocaleString('en-US')} of unknown size)`;
  return `${formatGigabytes(gigabytes)} of files ${where}${more}`;
}

/** What goes with the licences of a wave merged on `on`, one sentence each; empty where nothing depends on them. */
export function describeWave(wave: WaveSum, on: Day): string[] {
  const { leaving, sharedMailboxes } = wave;
  const clock = computeOneDriveClock(on);
  return [
    ...includeIf(
      leaving.accounts,
      `${describeFileTotals(leaving)} lose their licence: ${describeOneDriveDays(clock, on)}; ${describeUnpaidYear(clock, on)}.`,
    ),
    ...includeIf(sharedMailboxes, describeSharedMailboxes(sharedMailboxes)),
    ...describeFirstLossDay(wave, on),
  ];
}

export function describeSharedMailboxes(count: number): string {
  return count === 1
    ? '1 mailbox stays, as a shared one.'
    : `${count.toLocaleString('en-US')} mailboxes stay, as shared ones.`;
}

/** The first day on which Microsoft's clocks take something; empty where they take nothing. */
export function describeFirstLossDay({ leaving, phones }: Pick<WaveSum, 'leaving' | 'phones'>, on: Day): string[] {
  const whose = formatCount(phones, 'person', 'people');
  const days = [
    ...includeIf(phones, `the day of the merge (phone numbers of ${whose}, if any are assigned)`),
    ...includeIf(leaving.accounts, `${formatDay(computeOneDriveClock(on).deletedFrom, on)} by default (files)`),
  ];
  return days.length === 0 ? [] : [`First day on which something can no longer be recovered: ${formatList(days)}.`];
}

function includeIf(count: number, words: string): string[] {
  return count > 0 ? [words] : [];
}
