// A team's rules as policy.yaml and the iCalendar file beside it have them.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { policyPath } from '../../demo/company.ts';
import { addDays } from '../../policy/evidence.ts';
import type { Chance } from './random-choice.ts';
import type { Story } from './story.fixture.ts';
import type { TeamRules } from './team-rules.ts';

export const holidaysPath = 'policy/holidays.ics';

export async function writePolicy({ company: { repository }, rules }: Story): Promise<void> {
  const path = join(repository, policyPath);
  const policy = parseDocument(await readFile(path, 'utf8'));
  const { ramp, scope, populations, perDay } = rules;
  const closed = listClosed(rules);
  if (rules.holidays === null) await rm(join(repository, holidaysPath), { force: true });
  const settings = {
    calendar: Object.keys(closed).length === 0 ? null : { closed },
    ramp: ramp && { start: ramp.start, growth: ramp.growth, quietDays: ramp.quietDays },
    scope,
    populations: populations.length === 0 ? null : populations,
    restore: perDay === null ? null : { perDay },
  };
  for (const [key, value] of Object.entries(settings))
    if (value === null) policy.delete(key);
    else policy.set(key, value);
  await writeFile(path, String(policy));
}

function listClosed({ weekdays, dates, holidays, hours }: TeamRules) {
  return {
    ...(weekdays.length > 0 ? { weekdays } : {}),
    ...(dates.length > 0 ? { dates } : {}),
    ...(holidays === null ? {} : { holidays: 'holidays.ics' }),
    ...(hours.length > 0 ? { hours } : {}),
  };
}

/** The last day is written as the one after it (RFC 5545). */
export function renderHolidays(spans: readonly { from: string; to: string }[], chance: Chance): string {
  const write = (day: string) => day.replaceAll('-', '');
  const events = spans.flatMap(({ from, to }, at) => [
    ...['BEGIN:VEVENT', `UID:${at}@contoso.com`, `DTSTAMP:${write(from)}T000000Z`],
    `DTSTART;VALUE=DATE:${write(from)}`,
    `DTEND;VALUE=DATE:${write(addDays(to, 1))}`,
    ...['SUMMARY:Holiday', ...chance.pickSome(['TRANSP:TRANSPARENT'], 0.5), 'END:VEVENT'],
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Contoso//Holidays//EN', ...events, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
}
