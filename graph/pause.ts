// A wait that an interruption ends, with the interruption's own reason.
import { setTimeout as sleep } from 'node:timers/promises';

export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    // The timer throws an AbortError of its own; the reason says why.
    signal?.throwIfAborted();
    throw error;
  }
}
