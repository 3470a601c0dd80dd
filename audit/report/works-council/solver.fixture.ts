// What can be worked out from numbers that are known only as far as they are told: whether all of the conditions can hold at
// once. It shares nothing with what it looks at, so that it cannot agree with its mistakes.

export interface Interval {
  from: number;
  to: number;
}

/** The sum of `plus` less the sum of `minus` is at least `least`. */
export interface Condition {
  plus: readonly string[];
  minus: readonly string[];
  least: number;
}

/** Whether there are whole numbers within the intervals that fulfil all conditions. */
export function isPossible(told: ReadonlyMap<string, Interval>, conditions: readonly Condition[]): boolean {
  const narrowed = narrowAll(new Map(told), conditions);
  if (narrowed === null) return false;
  if (guesses.some((guess) => areFulfilled(conditions, (name) => guess(get(narrowed, name), name)))) return true;
  const open = [...narrowed].find(([, { from, to }]) => from < to);
  if (open === undefined) return false;
  const [name, { from, to }] = open;
  const middle = Math.floor((from + to) / 2);
  return [
    { from: middle + 1, to },
    { from, to: middle },
  ].some((half) => isPossible(new Map([...narrowed, [name, half]]), conditions));
}

/** Of what is left, the ends are mostly a solution; only where they are none is it searched. */
const guesses: readonly ((interval: Interval, name: string) => number)[] = [
  ({ to }) => to,
  ({ from }) => from,
  ({ from, to }, name) => (name.startsWith('filed ') ? from : to),
];

function areFulfilled(conditions: readonly Condition[], value: (name: string) => number): boolean {
  const sum = (names: readonly string[]) => names.reduce((total, name) => total + value(name), 0);
  return conditions.every(({ plus, minus, least }) => sum(plus) - sum(minus) >= least);
}

/** Takes off each interval what no condition allows; null: nothing is left of one. */
function narrowAll(intervals: Map<string, Interval>, conditions: readonly Condition[]): Map<string, Interval> | null {
  let hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    for (const { plus, minus, least } of conditions) {
      const most =
        plus.reduce((sum, name) => sum + get(intervals, name).to, 0) -
        minus.reduce((sum, name) => sum + get(intervals, name).from, 0);
      // How much less than the most may be given.
      const spare = most - least;
      if (spare < 0) return null;
      for (const name of [...plus, ...minus]) {
        const { from, to } = get(intervals, name);
        if (to - from <= spare) continue;
        intervals.set(name, plus.includes(name) ? { from: to - spare, to } : { from, to: from + spare });
        hasChanged = true;
      }
    }
  }
  return intervals;
}

function get(intervals: ReadonlyMap<string, Interval>, name: string): Interval {
  const found = intervals.get(name);
  if (found === undefined) throw new Error(`Nothing is told of ${name}.`);
  return found;
}
