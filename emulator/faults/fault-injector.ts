// Rules by which requests fail. A rule names its requests and what happens to them; the injector selects the rule that
// applies to a request, if any.
import { createSeededRandom } from '../tenant/seeded-random.ts';

export type FaultKind =
  /** Answers `status` (default 503) with `retryAfter` if given. */
  | 'status'
  /** Closes the connection without an answer. */
  | 'reset'
  /** Spreads the answer over `delayMs` (default 2,000). */
  | 'slow'
  /** Holds the request until the rule is removed, so that a test can wait for a state and then let it go on. */
  | 'hold'
  /** Ends the body after `afterBytes` (default half) as if it were complete. */
  | 'truncate'
  /** Breaks the connection after `afterBytes` of the body. */
  | 'cut'
  /** Refuses the page token. */
  | 'expiredPage'
  /** Refuses the pre-authenticated download. */
  | 'expiredDownload'
  /** 401 as if the token had been revoked. */
  | 'unauthorized';

export interface FaultRule {
  readonly kind: FaultKind;
  readonly status?: number;
  /** Seconds, sent as written: `2.128` has been seen in real answers. */
  readonly retryAfter?: string | number;
  /** Of `status`: Graph's error, or what a gateway before Graph sends, a page or nothing. Default `json`. */
  readonly body?: 'json' | 'html' | 'empty';
  readonly delayMs?: number;
  readonly afterBytes?: number;
  readonly method?: string;
  /** Regular expressions on the path (`/v1.0/users`) and on the query string. */
  readonly path?: string;
  readonly query?: string;
  /** Only requests of the identity with this name. */
  readonly identity?: string;
  /** The first matching request that fails, from 1. Default 1. */
  readonly nth?: number;
  /** How many fail. Default: all. */
  readonly count?: number;
  /** The probability of each matching request, drawn from `seed`. Default 1. */
  readonly probability?: number;
  readonly seed?: string | number;
  /** Carries the request out first, then breaks the answer: the write has happened and the client does not know. */
  readonly afterwards?: boolean;
}

interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly identity: string | null;
}

interface FaultStatus {
  readonly id: number;
  readonly rule: FaultRule;
  /** Requests that matched, and those of them that failed. */
  readonly matched: number;
  readonly struck: number;
  /** Requests that `hold` holds now. */
  readonly held: number;
}

interface Entry {
  id: number;
  rule: FaultRule;
  matched: number;
  struck: number;
  held: number;
  removed: PromiseWithResolvers<void>;
}

export class FaultInjector {
  #entries: Entry[] = [];
  #lastId = 0;

  /** Adds a rule; earlier rules apply first. Returns its id. */
  add(rule: FaultRule): number {
    this.#lastId += 1;
    const removed = Promise.withResolvers<void>();
    this.#entries.push({ id: this.#lastId, rule, matched: 0, struck: 0, held: 0, removed });
    return this.#lastId;
  }

  /** Requests that it holds go on. */
  remove(id: number): void {
    for (const entry of this.#entries) if (entry.id === id) entry.removed.resolve();
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  clear(): void {
    for (const { id } of this.#entries) this.remove(id);
  }

  list(): FaultStatus[] {
    return this.#entries.map(({ removed: _, ...noted }) => noted);
  }

  /** Resolves when the rule is removed; at once if it has been already. */
  async waitUntilRemoved(rule: FaultRule): Promise<void> {
    const entry = this.#entries.find((each) => each.rule === rule);
    if (!entry) return;
    entry.held += 1;
    await entry.removed.promise;
  }

  /** The rule that applies to this request, or null. */
  selectRule(target: FaultTarget): FaultRule | null {
    for (const entry of this.#entries) {
      if (!isTargeted(entry.rule, target)) continue;
      entry.matched += 1;
      if (!isDue(entry)) continue;
      entry.struck += 1;
      return entry.rule;
    }
    return null;
  }
}

function isTargeted(rule: FaultRule, { method, path, query, identity }: FaultTarget): boolean {
  return (
    (rule.method === undefined || rule.method.toUpperCase() === method) &&
    (rule.path === undefined || new RegExp(rule.path).test(path)) &&
    (rule.query === undefined || new RegExp(rule.query).test(query)) &&
    (rule.identity === undefined || rule.identity === identity) &&
    (rule.kind !== 'expiredPage' || /skiptoken=/i.test(query))
  );
}

function isDue({ rule, matched, struck }: Entry): boolean {
  if (matched < (rule.nth ?? 1) || struck >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
  return rule.probability === undefined || createSeededRandom(rule.seed ?? 1).getUnit(matched, 1) < rule.probability;
}
