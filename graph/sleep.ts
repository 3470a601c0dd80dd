// A wait that an interruption ends, with the interruption's own reason.
import { setTimeout as timer } from 'node:timers/promises';

export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await timer(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    // The timer throws its own AbortError; the signal's reason says why.
    signal?.throwIfAborted();
    throw error;
  }
}
