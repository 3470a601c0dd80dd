// Splits the listing of users into parts that are read in parallel: following nextLink adds up the latency of each page.
import { quoteText } from '../../graph/quote-text.ts';
import type { AccountIndex } from './account-index.ts';
import { usersPerPage } from './users.ts';

/**
 * More than 8 parts gain little, and each part costs a partly filled page, which is not worth it below 12 pages. So the
 * number of requests stays within 4% of the least possible.
 */
const usualSize: PartSize = { mostParts: 8, pagesPerPart: 12 };

export interface PartSize {
  mostParts: number;
  pagesPerPart: number;
}

/**
 * `$filter`s that together match every user exactly once; `[undefined]` is the whole listing. The borders are names from
 * the usage report, so that the parts are of equal size. Whatever Entra's sort order, every userPrincipalName is
 * below or above a border, and none equals one, because a border has no `@`.
 */
export function buildPartitionFilters(index: AccountIndex, size = usualSize): (string | undefined)[] {
  const parts = Math.min(size.mostParts, Math.floor(index.size / (usersPerPage * size.pagesPerPart)));
  if (parts < 2) return [undefined];
  const borders = selectBorders(index, parts);
  return [...borders, undefined].map((border, at) => buildRangeFilter(borders[at - 1], border));
}

function selectBorders(index: AccountIndex, parts: number): string[] {
  const sample = index.takeSample(Math.max(1, Math.floor(index.size / (parts * 200)))).sort();
  const borders = new Set<string>();
  for (let part = 1; part < parts; part++) {
    const local = sample[Math.floor((sample.length * part) / parts)]?.split('@')[0];
    if (local) borders.add(local);
  }
  return [...borders];
}

function buildRangeFilter(low: string | undefined, high: string | undefined): string | undefined {
  const from = low === undefined ? [] : [`userPrincipalName ge ${quoteText(low)}`];
  const to = high === undefined ? [] : [`userPrincipalName le ${quoteText(high)}`];
  const filter = [...from, ...to].join(' and ');
  return filter === '' ? undefined : filter;
}
