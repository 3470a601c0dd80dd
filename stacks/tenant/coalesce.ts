// Puts requests that are made at about the same time into one $batch: the engine works on many accounts at once, and each asks
// for itself. Between the steps of an account and the transport.
import { type BatchAnswer, type BatchItem, batch, batchSize } from '../../graph/batch.ts';
import type { Patience } from '../../graph/patience.ts';
import type { Transport } from '../../graph/transport.ts';

/** Every request that goes through here may be sent twice without harm. */
export interface Coalescer {
  /** Its own answer, whatever its status. Throws `RequestFailed` when it stays throttled or broken. */
  ask(item: Omit<BatchItem, 'repeatable'>): Promise<BatchAnswer>;
}

export interface CoalesceOptions {
  /** Who asks, for the counts. */
  source: string;
  patience?: Patience;
  gathering: Gathering;
}

/** How long requests wait for others: until none has joined for `quietMs`, and none longer than `atMostMs`. */
export interface Gathering {
  quietMs: number;
  atMostMs: number;
}

interface Waiting {
  item: BatchItem;
  resolve(answer: BatchAnswer): void;
  reject(reason: unknown): void;
}

export function coalescer(link: Transport, options: CoalesceOptions): Coalescer {
  const { quietMs, atMostMs } = options.gathering;
  let waiting: Waiting[] = [];
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(quiet);
    clearTimeout(latest);
    const gathered = waiting;
    waiting = [];
    void settle(link, options, gathered);
  };
  return {
    ask: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item: { ...item, repeatable: true }, resolve, reject });
        if (waiting.length === batchSize) return flush();
        if (waiting.length === 1) latest = setTimeout(flush, atMostMs);
        clearTimeout(quiet);
        quiet = setTimeout(flush, quietMs);
      }),
  };
}

/** One item that stays broken fails its whole batch; then each goes alone, so that the others are not failed with it. */
async function settle(link: Transport, options: CoalesceOptions, waiting: Waiting[]): Promise<void> {
  const { source, patience } = options;
  try {
    const answers = await batch(
      link,
      source,
      waiting.map(({ item }) => item),
      patience,
    );
    for (const [at, { resolve, reject }] of waiting.entries()) {
      const answer = answers[at];
      if (answer) resolve(answer);
      else reject(new Error(`$batch for ${source} lost an answer`));
    }
  } catch (reason) {
    if (waiting.length > 1 && !link.signal?.aborted)
      await Promise.all(waiting.map((one) => settle(link, options, [one])));
    else for (const { reject } of waiting) reject(reason);
  }
}
