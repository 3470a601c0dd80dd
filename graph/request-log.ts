// What was sent, counted by source: for audit.json, the benchmark and `--verbose`.

/** One attempt at one request, recorded after its answer or failure. */
export interface SentRequest {
  source: string;
  method: string;
  /** Path and query, without the host. */
  path: string;
  /** HTTP status; null if no answer came. */
  status: number | null;
  /** Microsoft's request-id, for a support case; empty if there was none. */
  requestId: string;
  milliseconds: number;
  /** 1 for the first try. */
  attempt: number;
}

interface RequestCounts {
  total: number;
  bySource: Record<string, number>;
  retries: number;
}

export interface RequestLog {
  record(sent: SentRequest): void;
  getCounts(): RequestCounts;
}

/** Counts every attempt; `observe` is called with each, which is how `--verbose` prints. */
export function createRequestLog(observe: (sent: SentRequest) => void = () => {}): RequestLog {
  const bySource = new Map<string, number>();
  let retries = 0;
  return {
    record(sent) {
      bySource.set(sent.source, (bySource.get(sent.source) ?? 0) + 1);
      if (sent.attempt > 1) retries++;
      observe(sent);
    },
    getCounts() {
      const total = [...bySource.values()].reduce((sum, count) => sum + count, 0);
      return { total, bySource: Object.fromEntries([...bySource].sort()), retries };
    },
  };
}
