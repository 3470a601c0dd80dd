// Licences bought and in use by product; counted over everybody once, on first use, then kept up to date.
import type { Switches } from '../options.ts';
import { listAssignedLicenses } from './license-rules.ts';
import type { PeopleStore } from './people-store.ts';
import type { License } from './person.ts';
import { ALL_SKUS } from './skus.ts';

export interface Seats {
  countConsumed(skuId: string): number;
  countEnabled(skuId: string): number;
  /** Sets how many are bought, for example to let a product run out. */
  buy(skuId: string, enabled: number): void;
  /** Updates the count when a person's licences change. */
  moveCounts(before: readonly License[], after: readonly License[]): void;
}

/** Counts lazily: a tenant whose subscriptions are never read does not pay for it. */
export function createSeats(people: PeopleStore, switches: Switches): Seats {
  const bought = new Map<string, number>();
  let counted: Map<string, number> | null = null;
  const getCounts = () => {
    counted ??= countAll(people);
    return counted;
  };
  const countInitialSeats = (skuId: string) => {
    const inUse = getCounts().get(skuId) ?? 0;
    return inUse + (switches.spareSeats ?? Math.ceil(inUse / 10) + 5);
  };
  const countEnabled = (skuId: string) => {
    const known = bought.get(skuId) ?? countInitialSeats(skuId);
    bought.set(skuId, known);
    return known;
  };
  return {
    countConsumed(skuId) {
      people.settle();
      return getCounts().get(skuId) ?? 0;
    },
    countEnabled,
    buy: (skuId, count) => void bought.set(skuId, count),
    moveCounts(before, after) {
      for (const { skuId } of ALL_SKUS) countEnabled(skuId);
      const counts = getCounts();
      for (const { skuId } of listAssignedLicenses(before)) counts.set(skuId, (counts.get(skuId) ?? 0) - 1);
      for (const { skuId } of listAssignedLicenses(after)) counts.set(skuId, (counts.get(skuId) ?? 0) + 1);
    },
  };
}

function countAll(people: PeopleStore): Map<string, number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < people.size; index += 1) {
    if (!people.has(index)) continue;
    const { licenses } = people.get(index);
    for (const { skuId } of listAssignedLicenses(licenses)) counts.set(skuId, (counts.get(skuId) ?? 0) + 1);
  }
  return counts;
}
