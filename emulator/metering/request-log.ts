// The log of requests and their answers: a bounded ring of the last reads, all writes, and counters over everything.
export interface LogEntry {
  /** Counts from 1 over the life of the tenant. */
  readonly number: number;
  /** Tenant time, ISO 8601 with milliseconds. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly appId: string | null;
  /** The name of the identity, if it is a named one; `person`: somebody who has signed in. */
  readonly identity: string | null;
  status: number;
  readonly requestId: string;
  /** The client's User-Agent header. */
  readonly userAgent: string | null;
  durationMs: number;
  /** The kind of fault that was injected, if any. */
  fault: string | null;
  /** The request id of the $batch it came in. */
  readonly batch: string | null;
  /** The body of a write, at most 4,096 characters. */
  body: string | null;
}

interface LogQuery {
  readonly method?: string | undefined;
  /** A regular expression on the path. */
  readonly path?: string | undefined;
  readonly identity?: string | undefined;
  /** Only entries with a higher number. */
  readonly after?: number | undefined;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const KEPT_WRITES = 100_000;

export class RequestLog {
  readonly #limit: number;
  #ring: LogEntry[] = [];
  #writes: LogEntry[] = [];
  #count = 0;
  readonly #counters = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Logs a request that has just come in; status and duration follow with its answer. */
  begin(entry: Omit<LogEntry, 'number' | 'status' | 'durationMs' | 'fault' | 'body'>): LogEntry {
    this.#count += 1;
    const logged: LogEntry = {
      ...entry,
      number: this.#count,
      status: 0,
      durationMs: 0,
      fault: null,
      body: null,
    };
    if (READS.has(logged.method)) this.#ring.push(logged);
    else if (this.#writes.push(logged) > KEPT_WRITES) this.#writes.shift();
    if (this.#ring.length > 2 * this.#limit) this.#ring = this.#ring.slice(-this.#limit);
    return logged;
  }

  /** Counts an answered request under its method, route and status. */
  finish(entry: LogEntry, route: string): void {
    const key = `${entry.method} ${route} ${entry.status}`;
    this.#counters.set(key, (this.#counters.get(key) ?? 0) + 1);
  }

  /** The requests still in the log, oldest first. */
  listEntries(query: LogQuery = {}): LogEntry[] {
    const path = query.path === undefined ? null : new RegExp(query.path);
    return [...this.#ring.slice(-this.#limit), ...this.#writes]
      .filter((entry) => entry.number > (query.after ?? 0))
      .filter((entry) => query.method === undefined || entry.method === query.method)
      .filter((entry) => query.identity === undefined || entry.identity === query.identity)
      .filter((entry) => path === null || path.test(entry.path))
      .sort((left, right) => left.number - right.number);
  }

  /** How often each `METHOD route status` was answered since the start or the last `clear`. */
  getCounters(): Record<string, number> {
    return Object.fromEntries([...this.#counters].sort());
  }

  /** The number of the latest request, for `after` of a later query. */
  get last(): number {
    return this.#count;
  }

  clear(): void {
    this.#ring = [];
    this.#writes = [];
    this.#counters.clear();
  }
}
