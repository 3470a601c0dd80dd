// What is released, on the terminal and as JSON: each person with files and savings, and the sum.
import type { Release, Releases } from '../../policy/edit/find-releases.ts';
import type { ReleaseDecision } from '../../policy/edit/mark-released.ts';
import type { Day } from '../../policy/evidence.ts';
import { formatCount, formatDay, formatList, formatMoney } from '../../policy/words/labels.ts';
import { pc } from '../colors.ts';
import { isOnActions } from '../github-actions.ts';

interface ReleaseListing extends Releases {
  stack: string;
  today: Day;
  currency: string;
  decision: ReleaseDecision;
  /** Nothing is written. */
  dryRun: boolean;
}

/** A workflow's log gets the sum only. */
export function printReleases(listing: ReleaseListing): void {
  const { releases, later, dryRun } = listing;
  if (!isOnActions()) for (const release of releases) printRelease(release, listing);
  console.log(`${pc.bold(dryRun ? 'would be released' : 'released')}: ${describeSum(releases, listing)}`);
  if (later.length > 0)
    console.log(
      `${pc.yellow('later')}: ${describeSum(later, listing)}, over the limits of one merge; run this again once it is merged`,
    );
  console.log(
    dryRun
      ? 'Nothing is written.'
      : 'Nothing is removed before this is merged. Then accounts at stage delicense lose their licences at once, the others when they reach it.',
  );
}

/** The same as a JSON document. */
export function buildReleaseDocument(listing: ReleaseListing) {
  const { stack, currency, decision, dryRun, releases, later } = listing;
  return {
    ...{ stack, ...decision, dryRun, currency },
    accounts: releases.map(toReleaseValue),
    later: later.map(toReleaseValue),
    sum: sumReleases(releases),
  };
}

function toReleaseValue({ file, ...what }: Release) {
  const { id, userPrincipalName, displayName, department } = file.value.account;
  const { path, value } = file;
  return { path, id, userPrincipalName, displayName, department, stage: value.stage, ...what };
}

function printRelease(release: Release, { currency, today }: ReleaseListing): void {
  const { file } = release;
  const { displayName, userPrincipalName } = file.value.account;
  const money = describeFreedMoney(release, currency);
  console.log(`${pc.bold(userPrincipalName)} ${pc.dim(`${displayName}, ${file.value.stage}, ${money}`)}`);
  console.log(`  ${describeOneDriveSize(release, today)}`);
  const days = describeClockDays(release, today);
  if (days !== null) console.log(pc.dim(`  ${days}`));
}

function describeFreedMoney({ monthly, unpriced }: Pick<Release, 'monthly' | 'unpriced'>, currency: string): string {
  const freed = [
    ...(monthly > 0 ? [`${formatMoney(monthly, currency)} a month`] : []),
    ...(unpriced.length > 0 ? [`${formatList(unpriced)}, without a price in prices.yaml`] : []),
  ];
  return `frees ${freed.join(' and ') || 'nothing'}`;
}

function describeOneDriveSize({ gigabytes, files, lastUse }: Release, today: Day): string {
  if (gigabytes === null) return 'its size is unknown';
  const count = files === null ? 'an unknown number of files' : formatCount(files, 'file');
  const used = lastUse === null ? 'no use on record' : `last used ${formatDay(lastUse, today)}`;
  return `${gigabytes.toLocaleString('en-US')} GB in ${count}, ${used}`;
}

function describeClockDays({ byDefault }: Release, today: Day): string | null {
  if (byDefault === undefined) return null;
  const formatClockDay = (on: Day) => formatDay(on, today);
  const { readOnlyFrom, archivedFrom, deletedFrom, deletedAtTheLatest } = byDefault;
  return `Microsoft’s days by default: read-only from ${formatClockDay(readOnlyFrom)}, closed from ${formatClockDay(archivedFrom)} (until then a licence brings it back), deleted from ${formatClockDay(deletedFrom)}, and after a year unpaid, ${formatClockDay(deletedAtTheLatest)}, whatever hold is on it`;
}

function describeSum(releases: readonly Release[], { currency }: ReleaseListing): string {
  const { gigabytes, files, unknown, ...freed } = sumReleases(releases);
  return [
    `${formatCount(releases.length, 'OneDrive')}, ${gigabytes.toLocaleString('en-US')} GB in ${formatCount(files, 'file')}`,
    ...(unknown > 0 ? [`${unknown.toLocaleString('en-US')} of them of unknown size`] : []),
    describeFreedMoney(freed, currency),
  ].join(', ');
}

function sumReleases(releases: readonly Release[]) {
  const sumField = (of: (release: Release) => number | null) =>
    releases.reduce((hundredths, release) => hundredths + Math.round((of(release) ?? 0) * 100), 0) / 100;
  return {
    gigabytes: sumField(({ gigabytes }) => gigabytes),
    files: sumField(({ files }) => files),
    unknown: releases.filter(({ gigabytes }) => gigabytes === null).length,
    monthly: sumField(({ monthly }) => monthly),
    unpriced: [...new Set(releases.flatMap(({ unpriced }) => unpriced))].sort(),
  };
}
