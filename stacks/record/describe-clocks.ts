// What Microsoft deletes later because of what a preview would do or an apply did, as sentences.
import type { Day } from '../../policy/evidence.ts';
import { computeRemovals, toOriginalState } from '../../policy/files/removals.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { computeEffectiveDesired } from '../../policy/files/stage.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { sumWave, type WaveAccount } from '../../policy/licenses/delicense-wave.ts';
import { findOneDriveOutcome } from '../../policy/licenses/one-drive-outcome.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { describeWave } from '../../policy/words/describe-belongings.ts';
import { formatCount, formatDay } from '../../policy/words/labels.ts';
import type { StackOutcome } from '../run-stack.ts';

/** Empty if nothing depends on the licences that are removed. */
export function describeClocks(
  { accounts }: Pick<StackOutcome, 'accounts'>,
  files: Pick<StackFiles, 'accounts'>,
  today: Day,
): string[] {
  const byId = new Map(files.accounts.map(({ value }) => [foldId(value.account.id), value]));
  const wave = accounts.flatMap(({ inputs, report }) => {
    const file = byId.get(foldId(inputs.account.id));
    const removed = report.done.flatMap((done) => done.removed ?? []);
    const losesPhone = report.done.some(({ phones = [] }) => phones.length > 0);
    return file === undefined || removed.length === 0 ? [] : [toWaveAccount(file, removed, losesPhone)];
  });
  return [...describeWave(sumWave(wave), today), ...describeLateSaves(accounts, byId, today)];
}

/** A proposal can be merged long after it was made. */
function describeLateSaves(
  accounts: StackOutcome['accounts'],
  byId: ReadonlyMap<IdKey, AccountFile>,
  today: Day,
): string[] {
  const days = accounts.flatMap(({ inputs, report }) => {
    const lostBy = byId.get(foldId(inputs.account.id))?.mailbox?.lostBy;
    const givenSkus = new Set(report.done.flatMap((done) => done.given ?? []));
    const isSaved = inputs.saved?.some((sku) => givenSkus.has(sku)) ?? false;
    return isSaved && lostBy !== undefined && lostBy < today ? [lostBy] : [];
  });
  const last = days.sort().at(-1);
  if (last === undefined) return [];
  const [gets, its] = days.length === 1 ? ['gets its', 'its'] : ['get their', 'their'];
  const day = formatDay(last, today);
  return [
    `${formatCount(days.length, 'mailbox', 'mailboxes')} ${gets} licence back after the day on which ${its} mail is lost (${day} at the latest): the mail is probably gone, and what comes back may be empty.`,
  ];
}

/** If a licence stays that was to go, it is unknown here whether the OneDrive depends on it. */
function toWaveAccount(file: AccountFile, removed: readonly string[], losesPhone: boolean): WaveAccount {
  const planned = computeRemovals(toOriginalState(file.restore), computeEffectiveDesired(file)).licenses;
  const isWhole = planned.every((sku) => removed.includes(sku));
  return { file, outcome: isWhole ? findOneDriveOutcome(file) : null, losesLicense: true, losesPhone };
}
