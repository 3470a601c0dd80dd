// Reads repeatedly until a condition holds or the time is up.
import { sleep } from '../../graph/sleep.ts';

/** How often to read, and how long at most, in milliseconds. */
export interface PollTiming {
  everyMs: number;
  atMostMs: number;
}

/** Main has moved on: what is waited for is the next run's to see, which begins only once this one has ended. */
export class GaveWay extends Error {}

interface PollOptions {
  signal?: AbortSignal | undefined;
  /** The time waited so far, before each pause. */
  onWait?: (waitedMs: number) => void;
  /** Asked after each pause: why to wait no longer, as part of a sentence; null: no reason. */
  findEnd?: (() => Promise<string | null>) | undefined;
}

/**
 * Reads at once, then every `everyMs`. Returns the first value that `isSeen` accepts, null when the time is up. Throws
 * `GaveWay` where `findEnd` has a reason.
 */
export async function poll<T>(
  look: () => Promise<T>,
  isSeen: (value: T) => boolean,
  { everyMs, atMostMs }: PollTiming,
  { signal, onWait, findEnd }: PollOptions = {},
): Promise<T | null> {
  const started = performance.now();
  for (;;) {
    const value = await look();
    if (isSeen(value)) return value;
    const waited = performance.now() - started;
    if (waited + everyMs > atMostMs) return null;
    onWait?.(waited);
    await sleep(everyMs, signal);
    const end = (await findEnd?.()) ?? null;
    if (end !== null) throw new GaveWay(end);
  }
}
