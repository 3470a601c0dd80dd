// On which day each file of give-back/ counts: main's order, so many a day. Pure.
import { addDays, type Day } from '../evidence.ts';
import type { FileVersion } from '../signing/main-line.ts';

interface DatedFile {
  /** Its place in the order in which main got them. */
  rank: number;
  /** The first day on which it counts; null: a day allows none. */
  until: Day | null;
}

interface DateQuery {
  files: readonly { path: string }[];
  /** Main's versions of the folder, the oldest first. */
  giveBacks: readonly FileVersion[];
  /** By place. */
  days: ReadonlyMap<number, Day>;
  today: Day;
}

/** By path. Every file that main ever got counts on its day, also one that is gone by now; others would be given back today. */
export function dateGiveBacks(
  { files, giveBacks, days, today }: DateQuery,
  perDay: number,
): ReadonlyMap<string, DatedFile> {
  const present = new Map<string, number>();
  const added: { path: string; day: Day }[] = [];
  const ordered = giveBacks.toSorted((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1));
  for (const { path, text, at } of ordered) {
    if (text === null) present.delete(path);
    else if (!present.has(path)) {
      present.set(path, added.length);
      added.push({ path, day: days.get(at) ?? today });
    }
  }
  for (const { path } of files) {
    if (present.has(path)) continue;
    present.set(path, added.length);
    added.push({ path, day: today });
  }
  const counts = new Map<Day, number>();
  const untils = added.map(({ day }) => {
    if (perDay === 0) return null;
    let open = day;
    while ((counts.get(open) ?? 0) >= perDay) open = addDays(open, 1);
    counts.set(open, (counts.get(open) ?? 0) + 1);
    return open;
  });
  return new Map([...present].map(([path, rank]) => [path, { rank, until: untils[rank] ?? null }]));
}
