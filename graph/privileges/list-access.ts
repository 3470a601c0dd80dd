// Whether a list was read, need not be there, or may not be read.
import { type Listing, requireEntries } from '../list-many.ts';
import type { ListAccess } from './privilege.ts';

/** A refusal other than these is a broken answer, and thrown. */
const refusals = new Set([400, 403, 404, 501]);

export function judgeAccess(listing: Listing): ListAccess {
  const { refused } = listing;
  if (refused === null) return 'read';
  if (!refusals.has(refused.status ?? 0)) throw refused;
  // PIM answers 400 AadPremiumLicenseRequired; where sign-ins lack their licence, Graph says so with a 403.
  const isUnlicensed = /premium|governance license/i.test(`${refused.graphCode} ${refused.message}`);
  return isUnlicensed ? 'unlicensed' : 'unavailable';
}

/** Empty where the list may not be read; `judgeAccess` tells that. */
export function takeReadable(listing: Listing): readonly unknown[] {
  return judgeAccess(listing) === 'read' ? requireEntries(listing) : [];
}

/** Of several lists of one kind: what is missing in one is missing. */
export function pickWorst(all: readonly ListAccess[]): ListAccess {
  if (all.includes('unavailable')) return 'unavailable';
  return all.includes('unlicensed') ? 'unlicensed' : 'read';
}
