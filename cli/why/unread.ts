// A source that cannot be read is said, with the reason, and the others are read all the same.
import { DormantError } from '../../policy/errors.ts';

type Source = 'main' | 'audit' | 'state' | 'record' | 'github' | 'clock';

export interface UnreadSource {
  source: Source;
  because: string;
  /** Empty: there is nothing to do about it. */
  remedy: string;
}

/** Gathers what could not be read. */
export interface Reading {
  unread: UnreadSource[];
  /** null: it could not be read, which is noted. A defect is thrown. */
  attempt<T>(source: Source, read: () => Promise<T>): Promise<T | null>;
}

export function createReading(): Reading {
  const unread: UnreadSource[] = [];
  return {
    unread,
    async attempt(source, read) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof DormantError)) throw error;
        const { message, remedy } = error;
        if (!unread.some((one) => one.source === source && one.because === message))
          unread.push({ source, because: message, remedy });
        return null;
      }
    },
  };
}
