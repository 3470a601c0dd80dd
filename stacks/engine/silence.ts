// An engine that waits for its backend says nothing, for minutes or for ever: then the wait is told, and in the end ended.
import { DormantError } from '../../policy/errors.ts';
import { formatCount } from '../../policy/words/labels.ts';

interface SilenceOptions {
  /** What is waited for, as the end of a sentence. */
  describeWait(): string;
  onNote(sentence: string): void;
  timing?: typeof longestSilence;
}

/**
 * Everything that takes longer is heard of in between: each read of an account that is waited for, each wait for a quota.
 * What is left is the backend, whose clients try again for nine minutes (azblob) before they give up by themselves. An engine
 * that is asked to end saves its state first; the second time it just ends.
 */
const longestSilence = { saidEveryMs: 30_000, endsAfterMs: 900_000, insistsAfterMs: 60_000 };

export interface Watched {
  /** Ends it once it has been silent for too long. */
  signal: AbortSignal;
  /** Anything has happened. */
  hear(): void;
}

/** Throws `engine-silent` where `run` was ended for its silence. */
export async function endSilence<T>(
  run: (watched: Watched) => Promise<T>,
  { describeWait, onNote, timing = longestSilence }: SilenceOptions,
): Promise<T> {
  const { saidEveryMs, endsAfterMs, insistsAfterMs } = timing;
  const { signal, ...controller } = createController();
  let silentMs = 0;
  const timer = setInterval(() => {
    silentMs += saidEveryMs;
    if (silentMs < endsAfterMs) onNote(`Nothing for ${formatWait(silentMs)}: waiting for ${describeWait()}.`);
    else if (!signal.aborted) controller.abort();
    else if (silentMs >= endsAfterMs + insistsAfterMs) controller.insist();
  }, saidEveryMs);
  const hear = () => {
    silentMs = 0;
  };
  try {
    return await run({ signal, hear });
  } catch (error) {
    throw signal.aborted ? buildSilentError(describeWait(), endsAfterMs, error) : error;
  } finally {
    clearInterval(timer);
  }
}

/** The Automation API passes each `abort` event on as SIGINT. */
function createController() {
  const controller = new AbortController();
  const { signal } = controller;
  return {
    signal,
    abort: () => controller.abort(),
    insist: () => void signal.dispatchEvent(new Event('abort')),
  };
}

function formatWait(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 120 ? formatCount(seconds, 'second') : formatCount(Math.round(seconds / 60), 'minute');
}

function buildSilentError(what: string, waitedMs: number, cause: unknown): DormantError {
  return new DormantError(
    'engine-silent',
    `The engine was ended after ${formatWait(waitedMs)} of waiting for ${what}.`,
    {
      remedy:
        'See that the backend answers (`dormant doctor`), then run the same command again: what was under way is then done again. If a lock is left, the error of that run says how to clear it.',
      cause,
    },
  );
}
