// The tenant's own time: it runs like a real clock from the instant it was set to, and can be moved.
import { setTimeout as sleep } from 'node:timers/promises';

export const DAY_MS = 86_400_000;
/** How often a waiting caller reads the clock. */
const POLL_MS = 20;

export interface Clock {
  /** The tenant's time in milliseconds since 1970. */
  now(): number;
  /** The tenant's day in days since 1970 (UTC). */
  today(): number;
  set(instant: string): void;
  /** Resolves when it reaches `instant`, by running or by being set. */
  waitUntil(instant: number): Promise<void>;
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

/** A clock that starts at `start` (ISO 8601). */
export function createClock(start: string): Clock {
  let offset = parseInstant(start) - Date.now();
  const now = () => Date.now() + offset;
  return {
    now,
    today: () => Math.floor(now() / DAY_MS),
    async waitUntil(instant) {
      while (now() < instant) await sleep(Math.min(instant - now(), POLL_MS));
    },
    set(instant) {
      offset = parseInstant(instant) - Date.now();
    },
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
      offset += days * DAY_MS + hours * 3_600_000 + minutes * 60_000 + seconds * 1000;
    },
  };
}

/** Milliseconds of an ISO 8601 date or instant; throws if it is none. */
function parseInstant(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`'${text}' is not a date; write it like 2026-12-07T08:00:00Z.`);
  return instant;
}

/** `2026-12-07` of a day number. A million people share a few thousand days, so each is written once. */
export function formatDate(day: number): string {
  const known = cachedDates.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  cachedDates.set(day, date);
  return date;
}

const cachedDates = new Map<number, string>();

/** The day number of `2026-12-07` or of an instant on that day. */
export function toDayNumber(date: string): number {
  return Math.floor(parseInstant(date) / DAY_MS);
}

/** `2026-12-07T08:00:00Z`, as Graph writes an instant. */
export function formatTimestamp(instant: number): string {
  const day = Math.floor(instant / DAY_MS);
  const seconds = Math.floor((instant - day * DAY_MS) / 1000);
  return `${formatDate(day)}T${padTwo(seconds / 3600)}:${padTwo((seconds / 60) % 60)}:${padTwo(seconds % 60)}Z`;
}

function padTwo(number: number): string {
  const whole = Math.floor(number);
  return whole < 10 ? `0${whole}` : String(whole);
}
