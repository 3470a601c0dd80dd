// The request budgets that Microsoft documents: always counted, and enforced on request. The peak use of a window can be
// read afterwards in either case.
import type { Clock } from '../clock.ts';
import type { Switches } from '../options.ts';

export interface Budget {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  /** Refused requests count, too, so a client that keeps trying keeps waiting. */
  readonly countsRefused?: true;
}

export interface BudgetUse {
  readonly budget: string;
  readonly appId: string;
  readonly limit: number;
  readonly windowSeconds: number;
  /** The most that was used within one window. */
  readonly peak: number;
  readonly total: number;
  /** Requests that were answered 429. */
  readonly refused: number;
}

interface BudgetWindow {
  budget: Budget;
  appId: string;
  spent: { at: number; cost: number }[];
  current: number;
  peak: number;
  total: number;
  refused: number;
}

const GENEROUS = 100;

/** Resource units per app and tenant in 10 s, by the size of the tenant: below 50, below 500, more users. */
export function buildUnitBudget(users: number): Budget {
  const limit = users < 50 ? 3500 : users < 500 ? 5000 : 8000;
  return { name: 'resource units', limit, windowSeconds: 10 };
}

export const WRITE_BUDGET: Budget = { name: 'writes', limit: 3000, windowSeconds: 150 };
/** Of all apps together. */
export const TENANT_WRITE_BUDGET: Budget = { name: 'writes of all', limit: 18_000, windowSeconds: 300 };
export const MAIL_BUDGET: Budget = { name: 'mail', limit: 30, windowSeconds: 60 };
export const MAILBOX_BUDGET: Budget = { name: 'mailbox requests', limit: 10_000, windowSeconds: 600 };
export const buildReportBudget = (report: string): Budget => ({
  name: report,
  limit: 14,
  windowSeconds: 600,
});
/**
 * Of all apps together: "Identity protection and conditional access service limits". Its 429 comes without Retry-After, says
 * the note there.
 */
export const POLICY_BUDGET: Budget = { name: 'conditional access', limit: 1, windowSeconds: 1 };
export const isConditionalAccess = (path: string): boolean => path.startsWith('/identity/conditionalAccess/');
/** Of all apps together, whichever reports they ask for. */
export const TENANT_REPORT_BUDGET: Budget = { name: 'reports of all', limit: 40, windowSeconds: 600 };

export class Budgets {
  readonly #clock: Clock;
  readonly #switches: Switches;
  readonly #windows = new Map<string, BudgetWindow>();

  constructor(clock: Clock, switches: Switches) {
    this.#clock = clock;
    this.#switches = switches;
  }

  /** Takes `cost` from a budget; returns the seconds to wait if there is not enough, else null. */
  charge(budget: Budget, appId: string, cost: number): number | null {
    const window = this.#getWindow(budget, appId);
    const now = this.#clock.now();
    pruneWindow(window, now - this.#computeLength(budget), now);
    const wait = this.#computeWait(window, cost, now);
    if (wait !== null) window.refused += 1;
    if (wait !== null && budget.countsRefused !== true) return wait;
    window.spent.push({ at: now, cost });
    window.current += cost;
    window.total += cost;
    window.peak = Math.max(window.peak, window.current);
    return wait;
  }

  /** Counts a request that was refused by something other than a window. */
  countRefusal(budget: Budget, appId: string): void {
    this.#getWindow(budget, appId).refused += 1;
  }

  /** The use of each budget since the start. */
  listUse(): BudgetUse[] {
    return [...this.#windows.values()].map(({ budget, appId, peak, total, refused }) => ({
      budget: budget.name,
      appId,
      limit: budget.limit,
      windowSeconds: budget.windowSeconds,
      peak,
      total,
      refused,
    }));
  }

  #getWindow(budget: Budget, appId: string): BudgetWindow {
    const key = `${budget.name} ${appId}`;
    const known = this.#windows.get(key);
    if (known) return known;
    const window: BudgetWindow = { budget, appId, spent: [], current: 0, peak: 0, total: 0, refused: 0 };
    this.#windows.set(key, window);
    return window;
  }

  /** Milliseconds, divided by `quotaSpeed`. */
  #computeLength({ windowSeconds }: Budget): number {
    return (windowSeconds * 1000) / this.#switches.quotaSpeed;
  }

  #computeWait({ budget, current, spent }: BudgetWindow, cost: number, now: number): number | null {
    const { budgets } = this.#switches;
    const length = this.#computeLength(budget);
    if (budgets === 'off') return null;
    const limit = budgets === 'generous' ? budget.limit * GENEROUS : budget.limit;
    if (current + cost <= limit) return null;
    // Where refused requests count, this one is spent already, and the next must fit in beside it.
    let over = current + cost - limit + (budget.countsRefused === true ? cost : 0);
    for (const { at, cost: spentThen } of spent) {
      over -= spentThen;
      if (over <= 0) return this.#toSeconds(at + length - now);
    }
    return this.#toSeconds(length);
  }

  /** Whole seconds while windows are as long as Microsoft's. */
  #toSeconds(milliseconds: number): number {
    const isFast = this.#switches.quotaSpeed > 1;
    return isFast ? Math.ceil(milliseconds) / 1000 : Math.max(1, Math.ceil(milliseconds / 1000));
  }
}

/** Drops entries older than the window, or newer than now, because the clock can be set back. */
function pruneWindow(window: BudgetWindow, from: number, now: number): void {
  const isInWindow = ({ at }: { at: number }) => at > from && at <= now;
  if (window.spent.every(isInWindow)) return;
  window.spent = window.spent.filter(isInWindow);
  window.current = window.spent.reduce((sum, { cost }) => sum + cost, 0);
}
