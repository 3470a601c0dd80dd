// Puts simultaneous requests into one $batch: the engine works on many accounts at once, and each asks for itself. Between
// an account's steps and the transport.
import { type BatchAnswer, type BatchItem, type BatchLink, batchSize, sendBatch } from '../../graph/batch.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import type { BatchMethod } from '../../graph/send-once.ts';

/** Every request that goes through here may be sent twice without harm. */
export interface RequestBatcher<Method extends BatchMethod> {
  /** Its answer, whatever its status. Throws `RequestFailed` if it stays throttled or broken. */
  ask(item: BatchItem<Method>): Promise<BatchAnswer>;
}

export interface BatcherOptions {
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

export function createRequestBatcher<Method extends BatchMethod>(
  link: BatchLink<Method>,
  options: BatcherOptions,
): RequestBatcher<Method> {
  const ask = gather<BatchItem<Method>, BatchAnswer>(options.gathering, batchSize, (pending) =>
    answerBatch(link, options, pending),
  );
  return { ask: (item) => ask({ ...item, repeatable: true } as BatchItem<Method>) };
}

/**
 * Passes on together, at most `maxItems`, what is asked at about the same time. `answerAll` never rejects. The library
 * `dataloader` is told when to send only once, as a batch begins: what joins cannot put it off, which made 3.64 requests of
 * 2.45 (apply-context.ts), and a full batch waits all the same. A wrapper that fixes both is as long as this.
 */
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
async function answerBatch<Method extends BatchMethod>(
  link: BatchLink<Method>,
  options: BatcherOptions,
  pending: PendingRequest<BatchItem<Method>, BatchAnswer>[],
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
