// When the tenant paid for archived OneDrives. The switch may change at any time and unpaid days count, so each change is
// kept with its time.
import type { Clock } from '../clock.ts';
import type { Switches } from '../options.ts';

export interface ArchiveBilling {
  isPaid(): boolean;
  /** The unpaid milliseconds between two instants. */
  sumUnpaid(from: number, to: number): number;
  /** The last paid instant up to `now`, or null. */
  findPaidUntil(now: number): number | null;
}

interface BillingChange {
  readonly at: number;
  readonly isPaid: boolean;
}

/** Watches the switch `oneDriveArchiveBilling`. */
export function watchBilling(clock: Clock, switches: Switches): ArchiveBilling {
  const turns: BillingChange[] = [{ at: Number.NEGATIVE_INFINITY, isPaid: switches.oneDriveArchiveBilling }];
  const isPaid = () => turns.at(-1)?.isPaid ?? false;
  Object.defineProperty(switches, 'oneDriveArchiveBilling', {
    configurable: true,
    enumerable: true,
    get: isPaid,
    set: (value: boolean) => {
      if (value !== isPaid()) turns.push({ at: clock.now(), isPaid: value });
    },
  });
  return {
    isPaid,
    sumUnpaid: (from, to) =>
      turns.reduce((sum, turn, place) => {
        const end = Math.min(to, turns[place + 1]?.at ?? to);
        return turn.isPaid ? sum : sum + Math.max(0, end - Math.max(from, turn.at));
      }, 0),
    findPaidUntil: (now) => (isPaid() ? now : turns.length > 1 ? (turns.at(-1)?.at ?? null) : null),
  };
}
