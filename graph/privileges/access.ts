// Whether a list was read, need not be there, or may not be read.
import { entriesOf, type Listing } from '../list-many.ts';
import type { Access } from './privilege.ts';

/** A refusal other than these is a broken answer, and thrown. */
const refusals = new Set([400, 403, 404, 501]);

export function accessTo(listing: Listing): Access {
  const { refused } = listing;
  if (refused === null) return 'read';
  if (!refusals.has(refused.status ?? 0)) throw refused;
  // 400 AadPremiumLicenseRequired is Graph's answer today; 403 and other words for the same have been seen.
  const isUnlicensed = /premium|governance license/i.test(`${refused.graphCode} ${refused.message}`);
  return isUnlicensed ? 'unlicensed' : 'unavailable';
}

/** Empty where the list may not be read; `accessTo` tells that. */
export function readableEntries(listing: Listing): readonly unknown[] {
  return accessTo(listing) === 'read' ? entriesOf(listing) : [];
}

/** Of several lists of one kind: what is missing in one is missing. */
export function worstOf(all: readonly Access[]): Access {
  if (all.includes('unavailable')) return 'unavailable';
  return all.includes('unlicensed') ? 'unlicensed' : 'read';
}
