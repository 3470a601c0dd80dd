// The requests that fail in bad weather: which, and how, follows from the seed and from how often this very request has come.
// "It is possible to receive 429 … even when the following limits are not reached", "503 and 504 happen", says Microsoft
// (throttling-limits.md, errors.md of microsoft-graph-docs-contrib); the other failures are a gateway's and the network's.
import type { FaultRule } from '../faults/fault-injector.ts';
import type { LogEntry } from '../metering/request-log.ts';
import { toRoutePattern } from '../metering/route-pattern.ts';
import type { Switches } from '../options.ts';
import { createSeededRandom, hashText, pick, type SeededRandom } from '../tenant/seeded-random.ts';

type WeatheredRequest = Pick<LogEntry, 'method' | 'path' | 'query' | 'identity' | 'batch'>;

/** Of a thousand requests, so many fail like this. */
interface Failure {
  readonly perMille: number;
  /** Whether this request can fail so. */
  fits(request: WeatheredRequest): boolean;
  build(draw: Draw): FaultRule;
}

interface Draw {
  readonly random: SeededRandom;
  /** The place in `random`, another one for each request. */
  readonly at: number;
  readonly request: WeatheredRequest;
  readonly quotaSpeed: number;
}

/** The third try in a row is answered, so that whoever tries again as Microsoft advises comes through. */
const MOST_IN_A_ROW = 2;

export class WeatherFaults {
  readonly #switches: Switches;
  readonly #seen = new Map<number, { count: number; failedInARow: number }>();

  constructor(switches: Switches) {
    this.#switches = switches;
  }

  /** How this request fails, or null. */
  selectRule(request: WeatheredRequest): FaultRule | null {
    const { weather, quotaSpeed } = this.#switches;
    if (weather === null || !EXPOSED.test(request.path)) return null;
    const key = hashText(`${request.identity} ${request.method} ${toRoutePath(request.path)} ${request.query}`);
    const seen = this.#seen.get(key) ?? { count: 0, failedInARow: 0 };
    this.#seen.set(key, seen);
    seen.count += 1;
    const random = createSeededRandom(`${weather} ${key}`);
    const failure = seen.failedInARow < MOST_IN_A_ROW ? selectFailure(request, random, seen.count) : null;
    seen.failedInARow = failure ? seen.failedInARow + 1 : 0;
    return failure?.build({ random, at: seen.count, request, quotaSpeed }) ?? null;
  }
}

const EXPOSED = /^\/(v1\.0|beta|adminapi|reports\/download)\/|\/oauth2\/v2\.0\/token$/;
const DOWNLOAD = /^\/reports\/download\//;
const TOKEN = /\/oauth2\//;

/** Ids stay, because each account has a fate of its own; the tickets of downloads are never the same. */
function toRoutePath(path: string): string {
  return DOWNLOAD.test(path) ? toRoutePattern(path) : path;
}

function selectFailure(request: WeatheredRequest, random: SeededRandom, count: number): Failure | null {
  let drawn = random.getUnit(count, 1) * 1000;
  for (const failure of FAILURES) {
    if (!failure.fits(request)) continue;
    drawn -= failure.perMille;
    if (drawn < 0) return failure;
  }
  return null;
}

const isApi = ({ path }: WeatheredRequest) => !DOWNLOAD.test(path) && !TOKEN.test(path);
const isAlone = ({ batch }: WeatheredRequest) => batch === null;
const isRead = ({ method }: WeatheredRequest) => method === 'GET';

const FAILURES: readonly Failure[] = [
  { perMille: 15, fits: isApi, build: buildThrottling },
  { perMille: 15, fits: () => true, build: buildServerError },
  { perMille: 2, fits: (request) => isApi(request) && isAlone(request), build: () => ({ kind: 'unauthorized' }) },
  {
    perMille: 20,
    fits: (request) => isAlone(request) && /skiptoken=/i.test(request.query),
    build: () => ({ kind: 'expiredPage' }),
  },
  { perMille: 20, fits: ({ path }) => DOWNLOAD.test(path), build: () => ({ kind: 'expiredDownload' }) },
  { perMille: 5, fits: isAlone, build: (draw) => ({ kind: 'reset', ...drawAfterwards(draw) }) },
  { perMille: 4, fits: isAlone, build: () => ({ kind: 'cut' }) },
  {
    perMille: 3,
    fits: (request) => isApi(request) && isAlone(request) && isRead(request),
    build: () => ({ kind: 'truncate' }),
  },
  {
    perMille: 8,
    fits: isAlone,
    build: ({ random, at }) => ({ kind: 'slow', delayMs: random.getBetween(at, 2, 50, 800) }),
  },
];

/** With a wait in whole seconds, with a fraction of one, or without. */
function buildThrottling({ random, at, quotaSpeed }: Draw): FaultRule {
  const seconds = random.getBetween(at, 2, 1000, 10_000) / 1000 / quotaSpeed;
  const retryAfter = pick(random, [null, String(Math.ceil(seconds)), seconds.toFixed(3)], at, 3);
  return { kind: 'status', status: 429, ...(retryAfter === null ? {} : { retryAfter }) };
}

/** From Graph itself with its error, or from a gateway before it with a page or with nothing. */
function buildServerError(draw: Draw): FaultRule {
  const { random, at, request } = draw;
  const status = pick(random, [500, 502, 503, 503, 504], at, 2);
  const body = request.batch === null ? pick(random, ['json', 'html', 'empty'] as const, at, 3) : 'json';
  const says = status === 503 && random.getUnit(at, 4) < 0.5;
  return { kind: 'status', status, body, ...(says ? { retryAfter: '1' } : {}), ...drawAfterwards(draw) };
}

/** A write whose answer is lost may have been done, or not. */
function drawAfterwards({ random, at, request }: Draw): Pick<FaultRule, 'afterwards'> {
  return isRead(request) || random.getUnit(at, 5) < 0.5 ? {} : { afterwards: true };
}
