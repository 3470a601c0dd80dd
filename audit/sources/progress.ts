// Progress of a long read; the CLI draws it, in CI it stays silent.

interface Progress {
  /** Which source: `users`, `usage report` … */
  source: string;
  /** Rows, users or seconds so far. */
  done: number;
  /** Absent while unknown. */
  total?: number;
}

export type OnProgress = (progress: Progress) => void;

export const ignoreProgress: OnProgress = () => {};
