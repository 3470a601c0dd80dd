// How a long read tells how far it is; the CLI draws it, CI stays quiet.

export interface Progress {
  /** Which source: `users`, `usage report` … */
  source: string;
  /** Rows, users or seconds so far. */
  done: number;
  /** Absent while nobody knows. */
  total?: number;
}

export type OnProgress = (progress: Progress) => void;

export const ignoreProgress: OnProgress = () => {};
