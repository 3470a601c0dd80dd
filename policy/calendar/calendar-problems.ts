// What is wrong with a calendar beyond its schema. Pure.
import type { Problem } from '../errors.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Tenant } from '../schemas/tenant.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { isEverOpen } from './find-closure.ts';

/** A calendar that is never open is no pause: it would say an opening that never comes. */
export function listCalendarProblems(
  tenant: ParsedYaml<Tenant>,
  policy: ParsedYaml<Policy>,
  { hasHolidays }: { hasHolidays: boolean },
): Problem[] {
  const { timeZone } = tenant.value;
  const { calendar } = policy.value;
  const build = (parsed: ParsedYaml<unknown>, keys: readonly (string | number)[], message: string): Problem => {
    const code = keys.at(-1) === 'holidays' ? 'holidays' : 'calendar';
    return { path: parsed.path, ...parsed.locate(keys), code, message };
  };
  const problems = isTimeZone(timeZone)
    ? []
    : [
        build(
          tenant,
          ['timeZone'],
          `timeZone: found "${timeZone}", allowed is a name of the IANA database such as Europe/Berlin`,
        ),
      ];
  if (calendar === undefined) return problems;
  const { dates = [], holidays } = calendar.closed;
  for (const [at, { from, to }] of dates.entries())
    if (to !== undefined && to < from)
      problems.push(
        build(
          policy,
          ['calendar', 'closed', 'dates', at, 'to'],
          `to: found ${to}, allowed is no day before from, which is ${from}`,
        ),
      );
  if (!isEverOpen(calendar))
    problems.push(
      build(
        policy,
        ['calendar', 'closed'],
        'closed: it is never open; leave an hour of a week open, or use `paused` with its day and reason',
      ),
    );
  if (holidays !== undefined && !hasHolidays)
    problems.push(
      build(
        policy,
        ['calendar', 'closed', 'holidays'],
        `holidays: there is no policy/${holidays}; put the .ics file there, or take this line out`,
      ),
    );
  return problems;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
