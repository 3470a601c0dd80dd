// Counts seats before licences are given back, so that nobody gets half of what they had. Pure.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { LiveUser } from '../tenant/live-account.ts';

/**
 * Throws `no-usage-location`, or `no-seats` with every product that is short. `joining`: what groups are going to give; to an
 * account without a usage location they give it with the tenant's.
 */
export function requireSeats(
  give: readonly RestorableLicense[],
  { userPrincipalName, usageLocation }: LiveUser,
  subscriptions: Subscriptions,
  joining: readonly RestorableLicense[] = [],
): void {
  if (give.length > 0 && usageLocation === null)
    throw new DormantError('no-usage-location', 'Licences cannot be given back: the account has no usage location.', {
      where: userPrincipalName,
      remedy: 'Set the usage location of the account, then run the apply again.',
    });
  const short = listShortages(
    // Directly and by a group, or by two groups, it takes one seat.
    [...new Map([...give, ...joining].map((license) => [foldId(license.skuId), license])).values()],
    subscriptions,
  );
  if (short.length === 0) return;
  const list = short.map(({ skuPartNumber, wanted, free }) => `${skuPartNumber} (wanted ${wanted}, free ${free})`);
  throw new DormantError('no-seats', `The tenant has no free seat to give back: ${list.join(', ')}.`, {
    where: userPrincipalName,
    remedy: 'Free or buy seats, then run the apply again; none of its licences has been given back yet.',
  });
}

interface SeatShortage {
  skuPartNumber: string;
  wanted: number;
  free: number;
}

/** Products with fewer free seats than wanted, each once; for one account, or for all that a merge restores. */
function listShortages(
  wanted: readonly Pick<RestorableLicense, 'skuId' | 'skuPartNumber'>[],
  subscriptions: Subscriptions,
): SeatShortage[] {
  const groups = Map.groupBy(wanted, ({ skuId }) => foldId(skuId));
  return [...groups].flatMap(([skuId, group]) => {
    const free = subscriptions.get(skuId)?.freeSeats ?? 0;
    const skuPartNumber = group[0]?.skuPartNumber ?? skuId;
    return group.length > free ? [{ skuPartNumber, wanted: group.length, free }] : [];
  });
}
