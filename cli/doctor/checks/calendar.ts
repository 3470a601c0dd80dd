// The calendar: what waits for an open hour is applied by a workflow's schedule, which has to fall into one.
import { parse } from 'yaml';
import { type Closure, findClosure } from '../../../policy/calendar/find-closure.ts';
import type { StackFiles } from '../../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../../stacks/working-tree.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';

export const calendar: Check = {
  name: 'calendar',
  needs: null,
  async run({ root, files, today }) {
    if (files.policy.value.calendar === undefined) return skip('the policy has no calendar: every hour is open');
    const text = await openWorkingTree(root).read(workflow);
    if (text === null) return warn(`there is no ${workflow}: what waits goes on with the next audit or merge`, addIt);
    return judgeSchedule(readSchedule(text), files, new Date(`${today}T00:00:00Z`));
  },
};

const workflow = '.github/workflows/repeat.yml';
const addIt =
  'take it from the package with `dormant upgrade`, or run `dormant repeat <stack>` in an open hour by another schedule';

/** As many runs as find a freeze over the holidays and the change of clocks. */
const foreseenDays = 200;

export function judgeSchedule(lines: readonly string[], files: StackFiles, from: Date): Finding {
  const { value: policy } = files.policy;
  const zone = files.tenant.value.timeZone;
  const findClosed = (at: Date) => findClosure(policy.calendar, { zone, at, holidays: files.holidays });
  const runs = lines.flatMap((line) => listRuns(line, from));
  const open = runs.filter((at) => findClosed(at) === null);
  if (open.length > 0) {
    const [first] = open.sort((a, b) => a.getTime() - b.getTime());
    const share = Math.round((100 * open.length) / runs.length);
    return pass(
      `what waits is gone on with by ${workflow}, next in an open hour on ${formatMinute(first)} (${share}% of its runs are)`,
    );
  }
  const minutes = (findOpeningMinutes(findClosed, from) + minutesAfterOpening) % (24 * 60);
  return fail(
    `no run of ${workflow} falls into an open hour (${lines.join(', ') || 'it has no schedule'}, in UTC): what waits would wait for a person`,
    `write its schedule as - cron: '${minutes % 60} ${Math.floor(minutes / 60)} * * *', shortly after it opens`,
  );
}

/** Off the full hour, as GitHub advises for schedules. */
const minutesAfterOpening = 23;

/** The later one of summer and winter, because a schedule stays where it is when the clocks change. */
function findOpeningMinutes(findClosed: (at: Date) => Closure | null, from: Date): number {
  const hours = Array.from({ length: 24 }, (_, hour) => hour * 3_600_000);
  const openings = [from, addDays(from, 91), addDays(from, 182)].map((day) => {
    const closed = hours.map((hour) => findClosed(new Date(day.getTime() + hour)));
    return closed.find((closure) => closure !== null)?.opensAt ?? day;
  });
  return Math.max(...openings.map(toMinutes));
}

function addDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * 86_400_000);
}

/** Of the day in UTC, as GitHub reads a schedule. */
function toMinutes(at: Date): number {
  return at.getUTCHours() * 60 + at.getUTCMinutes();
}

/**
 * Of a POSIX cron line for minutes, hours and weekdays, which a daily comparison needs; one that names days of the month or months,
 * or that is none, has no runs here. GitHub reads it in UTC.
 */
function listRuns(line: string, from: Date): Date[] {
  const [minutes = '', hours = '', day, month, weekdays = '', ...rest] = line.trim().split(/\s+/);
  if (day !== '*' || month !== '*' || rest.length > 0) return [];
  const [inHour, inDay, inWeek] = [listValues(minutes, 59), listValues(hours, 23), listValues(weekdays, 7)];
  return Array.from({ length: foreseenDays }, (_, at) => addDays(from, at))
    .filter((each) => inWeek.some((weekday) => weekday % 7 === each.getUTCDay()))
    .flatMap((each) => inDay.flatMap((hour) => inHour.map((minute) => each.getTime() + (hour * 60 + minute) * 60_000)))
    .map((time) => new Date(time));
}

/** `*`, `5`, `1-5`, `0-30/15` and lists of them; empty: it is none of these. */
function listValues(field: string, most: number): number[] {
  const all = Array.from({ length: most + 1 }, (_, value) => value);
  const parts = field.split(',').map((part) => {
    const [, from = '*', to = from, step = '1'] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const [first, last] = from === '*' ? [0, most] : [Number(from), Number(to)];
    return /^[\d*]/.test(part)
      ? all.filter((value) => value >= first && value <= last && (value - first) % Number(step) === 0)
      : [];
  });
  return [...new Set(parts.flat())];
}

function readSchedule(text: string): string[] {
  const { on } = (parse(text) ?? {}) as { on?: { schedule?: readonly { cron?: string }[] } };
  return on?.schedule?.flatMap(({ cron }) => cron ?? []) ?? [];
}

function formatMinute(at: Date | undefined): string {
  return `${at?.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
