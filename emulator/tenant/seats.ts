// How many licences of each product are bought and in use; counted over everybody once, on first use, then kept.
import type { Switches } from '../options.ts';
import { assignedLicensesOf } from './license-rules.ts';
import type { License } from './person.ts';
import type { Roll } from './roll.ts';
import { ALL_SKUS } from './skus.ts';

export interface Seats {
  consumed(skuId: string): number;
  enabled(skuId: string): number;
  /** Sets how many are bought, e.g. to let a product run out. */
  buy(skuId: string, enabled: number): void;
  /** Keeps the count right when somebody's licences change. */
  move(before: readonly License[], after: readonly License[]): void;
}

/** Counts lazily: a tenant that is never asked for its subscriptions never pays for it. */
export function seatsOf(people: Roll, switches: Switches): Seats {
  const bought = new Map<string, number>();
  let counted: Map<string, number> | null = null;
  const consumed = () => {
    counted ??= countAll(people);
    return counted;
  };
  const enabledAtStart = (skuId: string) => {
    const inUse = consumed().get(skuId) ?? 0;
    return inUse + (switches.spareSeats ?? Math.ceil(inUse / 10) + 5);
  };
  const enabled = (skuId: string) => {
    const known = bought.get(skuId) ?? enabledAtStart(skuId);
    bought.set(skuId, known);
    return known;
  };
  return {
    consumed: (skuId) => consumed().get(skuId) ?? 0,
    enabled,
    buy: (skuId, count) => void bought.set(skuId, count),
    move(before, after) {
      for (const { skuId } of ALL_SKUS) enabled(skuId);
      const counts = consumed();
      for (const { skuId } of assignedLicensesOf(before)) counts.set(skuId, (counts.get(skuId) ?? 0) - 1);
      for (const { skuId } of assignedLicensesOf(after)) counts.set(skuId, (counts.get(skuId) ?? 0) + 1);
    },
  };
}

function countAll(people: Roll): Map<string, number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < people.size; index += 1) {
    if (!people.exists(index)) continue;
    const { licenses } = people.at(index);
    for (const { skuId } of assignedLicensesOf(licenses)) counts.set(skuId, (counts.get(skuId) ?? 0) + 1);
  }
  return counts;
}
