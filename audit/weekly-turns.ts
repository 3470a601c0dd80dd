// Whose turn it is where an audit cannot ask for all: another part of them each week, so that nobody is left out for good. Pure.
import { countDaysBetween, type Day } from '../policy/evidence.ts';

/** All of them where there are no more than `most`. Counted in weeks, because an audit a day would not come round in step. */
export function takeTurn<T>(all: readonly T[], most: number, today: Day): T[] {
  if (most <= 0) return [];
  const turns = Math.max(1, Math.ceil(all.length / most));
  const week = Math.floor(countDaysBetween(aMonday, today) / 7);
  const start = (((week % turns) + turns) % turns) * most;
  return [...all.slice(start), ...all.slice(0, start)].slice(0, most);
}

const aMonday = '2024-01-01';
