// The tenant's own time: it runs like a real clock from wherever it was set, and jumps when told to.

import { setTimeout as sleep } from 'node:timers/promises';

export const DAY_MS = 86_400_000;
/** How often whoever waits for the clock looks at it. */
const POLL_MS = 20;

export interface Clock {
  /** Milliseconds since 1970 of the tenant's now. */
  now(): number;
  /** Days since 1970 of the tenant's today (UTC). */
  today(): number;
  set(instant: string): void;
  /** Resolves when it shows `instant`, by itself or because it was set. */
  waitUntil(instant: number): Promise<void>;
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

/** A clock that shows `start` (ISO 8601) now. */
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

/** Milliseconds of an ISO 8601 date or instant; a sentence if it is none. */
function parseInstant(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`'${text}' is no date; write one like 2026-12-07T08:00:00Z.`);
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
