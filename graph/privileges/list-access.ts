// Whether a list was read, does not exist for want of a licence, or may not be read.
import type { ListAccess } from '../../policy/evidence.ts';
import { type Listing, requireEntries } from '../list-many.ts';

/** Any other status is a broken answer and is thrown. */
const refusals = new Set([400, 403, 404, 501]);

export function judgeAccess(listing: Listing): ListAccess {
  const { refused } = listing;
  if (refused === null) return 'read';
  if (!refusals.has(refused.status ?? 0)) throw refused;
  // PIM answers 400 AadPremiumLicenseRequired; for sign-ins without their licence, Graph says so with a 403.
  const isUnlicensed = /premium|governance license/i.test(`${refused.graphCode} ${refused.message}`);
  return isUnlicensed ? 'unlicensed' : 'unavailable';
}

/** Empty if the list may not be read; see `judgeAccess`. */
export function takeReadable(listing: Listing): readonly unknown[] {
  return judgeAccess(listing) === 'read' ? requireEntries(listing) : [];
}

/** Of several lists of one kind, the least readable counts. */
export function pickWorst(all: readonly ListAccess[]): ListAccess {
  if (all.includes('unavailable')) return 'unavailable';
  return all.includes('unlicensed') ? 'unlicensed' : 'read';
}
