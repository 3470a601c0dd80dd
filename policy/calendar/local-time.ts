// A moment as a clock on the wall of a time zone shows it, and back. Pure.
import type { Day } from '../evidence.ts';

export interface LocalTime {
  day: Day;
  /** Since midnight. */
  minutes: number;
}

export function toLocalTime(at: Date, zone: string): LocalTime {
  const parts = new Map(
    getFormat(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return {
    day: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/** Of a time that the clock skips in spring, as much later; of one that it shows twice in autumn, the first. */
export function toInstant({ day, minutes }: LocalTime, zone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  // A zone is at most 14 hours ahead of UTC and 12 behind it.
  const candidates = [-1, 0, 1].map((days) => wanted - getOffset(wanted + days * dayMs, zone)).sort((a, b) => a - b);
  const exact = candidates.find((each) => each + getOffset(each, zone) === wanted);
  return new Date(exact ?? candidates.at(-1) ?? wanted);
}

const dayMs = 86_400_000;

/** Milliseconds that the zone is ahead of UTC. */
function getOffset(at: number, zone: string): number {
  const { day, minutes } = toLocalTime(new Date(at), zone);
  return Date.parse(`${day}T00:00:00Z`) + minutes * 60_000 - Math.floor(at / 60_000) * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function getFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    ...{ calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  formats.set(zone, made);
  return made;
}
