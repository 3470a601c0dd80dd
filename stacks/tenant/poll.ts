// Reads repeatedly until a condition holds or the time is up.
import { sleep } from '../../graph/sleep.ts';

/** How often to read, and how long at most, in milliseconds. */
export interface PollTiming {
  everyMs: number;
  atMostMs: number;
}

/**
 * Reads at once, then every `everyMs`. Returns the first value that `isSeen` accepts, null when the time is up. `onWait`
 * gets the time waited so far before each pause.
 */
export async function poll<T>(
  look: () => Promise<T>,
  isSeen: (value: T) => boolean,
  { everyMs, atMostMs }: PollTiming,
  { signal, onWait }: { signal?: AbortSignal | undefined; onWait?: (waitedMs: number) => void } = {},
): Promise<T | null> {
  const started = performance.now();
  for (;;) {
    const value = await look();
    if (isSeen(value)) return value;
    const waited = performance.now() - started;
    if (waited + everyMs > atMostMs) return null;
    onWait?.(waited);
    await sleep(everyMs, signal);
  }
}
