// Puts simultaneous requests into one $batch: the engine works on many accounts at once, and each asks for itself. Between
// an account's steps and the transport.
import { type BatchAnswer, type BatchItem, batchSize, sendBatch } from '../../graph/batch.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import type { Transport } from '../../graph/transport.ts';

/** Every request that goes through here may be sent twice without harm. */
export interface RequestBatcher {
  /** Its answer, whatever its status. Throws `RequestFailed` if it stays throttled or broken. */
  ask(item: Omit<BatchItem, 'repeatable'>): Promise<BatchAnswer>;
}

interface BatcherOptions {
  /** Names the requests in the counts. */
  source: string;
  retryPolicy?: RetryPolicy;
  gathering: Gathering;
}

/** How long requests wait for others: until none has come for `quietMs`, and at most `atMostMs`. */
export interface Gathering {
  quietMs: number;
  atMostMs: number;
}

export interface PendingRequest<Question, Answer> {
  question: Question;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

export function createRequestBatcher(link: Transport, options: BatcherOptions): RequestBatcher {
  const ask = gather<BatchItem, BatchAnswer>(options.gathering, batchSize, (pending) =>
    answerBatch(link, options, pending),
  );
  return { ask: (item) => ask({ ...item, repeatable: true }) };
}

/** Passes on together, at most `maxItems`, what is asked at about the same time. `answerAll` never rejects. */
export function gather<Question, Answer>(
  { quietMs, atMostMs }: Gathering,
  maxItems: number,
  answerAll: (pending: PendingRequest<Question, Answer>[]) => Promise<void>,
): (question: Question) => Promise<Answer> {
  let pending: PendingRequest<Question, Answer>[] = [];
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(quiet);
    clearTimeout(latest);
    const gathered = pending;
    pending = [];
    void answerAll(gathered);
  };
  return (question) =>
    new Promise((resolve, reject) => {
      pending.push({ question, resolve, reject });
      if (pending.length === maxItems) return flush();
      if (pending.length === 1) latest = setTimeout(flush, atMostMs);
      clearTimeout(quiet);
      quiet = setTimeout(flush, quietMs);
    });
}

/** One item that stays broken fails its whole batch; then each is sent alone, so that the others do not fail with it. */
async function answerBatch(
  link: Transport,
  options: BatcherOptions,
  pending: PendingRequest<BatchItem, BatchAnswer>[],
): Promise<void> {
  const { source, retryPolicy } = options;
  try {
    const answers = await sendBatch(
      link,
      source,
      pending.map(({ question }) => question),
      retryPolicy,
    );
    for (const [at, { resolve, reject }] of pending.entries()) {
      const answer = answers[at];
      if (answer) resolve(answer);
      else reject(new Error(`$batch for ${source} lost an answer`));
    }
  } catch (reason) {
    if (pending.length > 1 && !link.signal?.aborted)
      await Promise.all(pending.map((one) => answerBatch(link, options, [one])));
    else for (const { reject } of pending) reject(reason);
  }
}
