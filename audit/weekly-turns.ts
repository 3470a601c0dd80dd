// Chooses the part of a list to read where an audit cannot read all of it: another part each week. Pure.
import { countDaysBetween, type Day } from '../policy/evidence.ts';

/** At most `most`. Counted in weeks, so that a weekly audit comes to every part. */
export function takeTurn<T>(all: readonly T[], most: number, today: Day): T[] {
  if (most <= 0) return [];
  const turns = Math.max(1, Math.ceil(all.length / most));
  const week = Math.floor(countDaysBetween(aMonday, today) / 7);
  const start = (((week % turns) + turns) % turns) * most;
  return [...all.slice(start), ...all.slice(0, start)].slice(0, most);
}

const aMonday = '2024-01-01';
