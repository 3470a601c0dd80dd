// How the stages on main developed, from the history of the account files: no way of merging can lose that record.
import type { FileHistoryEntry } from '../../forge/git/file-history.ts';
import type { Day } from '../../policy/evidence.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import type { ReadBlob } from './read-blob.ts';

/** The files on main at the end of a day on which one changed. */
export interface TrendDay {
  day: Day;
  byStage: Record<Stage, number>;
  /** What merges have reclaimed so far, a month; accounts archived or deleted since still count. */
  reclaimed: { accounts: number; monthly: number };
}

export interface Trend {
  /** The earliest first. */
  days: readonly TrendDay[];
  /** Path of a file in force → the day it last reached notify, on which its manager got the notice. */
  notifiedOn: ReadonlyMap<string, Day>;
}

/** `changes`: the latest first. */
export function computeTrend(changes: readonly FileHistoryEntry[], read: ReadBlob): Trend {
  const files = new Map<string, FileState>();
  const days = [...groupByDay(changes)].map(([day, entries]) => {
    for (const entry of entries) applyEntry(files, { ...entry, day }, read);
    return summariseDay(day, files);
  });
  const notified = [...files].flatMap(([path, { isInForce, notifiedOn }]) =>
    isInForce && notifiedOn !== null ? [[path, notifiedOn] as const] : [],
  );
  return { days, notifiedOn: new Map(notified) };
}

/** In the order of the history: days never go back, so a wrong clock cannot reorder changes. */
function groupByDay(changes: readonly FileHistoryEntry[]): Map<Day, FileHistoryEntry[]> {
  let latest: Day = '';
  return Map.groupBy(changes.toReversed(), ({ day }) => {
    if (day > latest) latest = day;
    return latest;
  });
}

/** A file in force, or as it was last. */
interface FileState {
  isInForce: boolean;
  stage: Stage;
  monthly: number;
  notifiedOn: Day | null;
}

function applyEntry(files: Map<string, FileState>, { path, after, day }: FileHistoryEntry, read: ReadBlob): void {
  const file = read(after);
  const last = files.get(path);
  if (file === null) {
    if (last !== undefined) files.set(path, { ...last, isInForce: false });
    return;
  }
  const { stage, savings } = file;
  const isNotified = stage === 'notify' && !(last?.isInForce && last.stage === 'notify');
  const before = last?.isInForce ? last.notifiedOn : null;
  files.set(path, { isInForce: true, stage, monthly: savings.monthly, notifiedOn: isNotified ? day : before });
}

function summariseDay(day: Day, files: ReadonlyMap<string, FileState>): TrendDay {
  const byStage = { notify: 0, review: 0, disable: 0, delicense: 0, keep: 0, restore: 0 };
  let [accounts, cents] = [0, 0];
  for (const { isInForce, stage, monthly } of files.values()) {
    if (isInForce) byStage[stage] += 1;
    if (stage !== 'delicense') continue;
    accounts += 1;
    cents += Math.round(monthly * 100);
  }
  return { day, byStage, reclaimed: { accounts, monthly: cents / 100 } };
}
