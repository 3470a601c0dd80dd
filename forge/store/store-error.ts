import { DormantError } from '../../policy/errors.ts';

export interface StoreFailure {
  /** What is wrong, as a sentence that goes on after the place: `there is no such bucket`. */
  says: string;
  remedy: string;
}

/** `record-store`, naming the place. Of the cause only its text is kept: a library's error has the request with its token. */
export function createStoreError(place: string, { says, remedy }: StoreFailure, cause?: unknown): DormantError {
  return new DormantError('record-store', `Records are kept in ${place}: ${says}.`, {
    where: place,
    remedy,
    cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined,
  });
}

/** The code of an error of Node's, such as `EACCES` or `ENOTFOUND`, also of one that a library has wrapped; else null. */
export function findSystemCode(error: unknown): string | null {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 4; depth += 1) {
    if ('code' in inner && typeof inner.code === 'string' && /^E[A-Z]+$/.test(inner.code)) return inner.code;
    if (inner instanceof AggregateError) inner = inner.errors[0];
    else inner = inner.cause;
  }
  return null;
}

/** Of a request that got no answer; null: it did. */
export function describeNoAnswer(host: string, error: unknown): StoreFailure | null {
  const code = findSystemCode(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      says: `no host is called ${host}`,
      remedy: 'Correct `records.store` of tenant.yaml, or let this machine resolve that name.',
    };
  }
  const isTimeout = error instanceof Error && /^(TimeoutError|AbortError)$/.test(error.name);
  if (code === null && !isTimeout) return null;
  return {
    says: `${host} does not answer (${code ?? 'timeout'})`,
    remedy: 'Let this machine reach it, or wait until it answers; then run the same command again.',
  };
}

/** Whole days, so that the store is never said to hold for less than it does. */
export function countDays(from: Date, to: Date): number {
  return Math.ceil((to.getTime() - from.getTime()) / 86_400_000);
}
