// Counts seats before licences are given back, so that nobody gets half of what they had. Pure.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { LiveUser } from '../tenant/live-account.ts';

/** Throws `no-usage-location`, or `no-seats` with every product that is short. */
export function requireSeats(
  give: readonly RestorableLicense[],
  { userPrincipalName, usageLocation }: LiveUser,
  subscriptions: Subscriptions,
): void {
  if (give.length === 0) return;
  if (usageLocation === null)
    throw new DormantError('no-usage-location', 'Licences cannot be given back: the account has no usage location.', {
      where: userPrincipalName,
      remedy: 'Set the usage location of the account, then run the apply again.',
    });
  const short = listShortages(
    give.map(({ skuId, skuPartNumber }) => ({ skuId, skuPartNumber })),
    subscriptions,
  );
  if (short.length === 0) return;
  const list = short.map(({ skuPartNumber, wanted, free }) => `${skuPartNumber} (wanted ${wanted}, free ${free})`);
  throw new DormantError('no-seats', `The tenant has no free seat to give back: ${list.join(', ')}.`, {
    where: userPrincipalName,
    remedy: 'Free or buy seats, then run the apply again; nothing has been given back yet.',
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
