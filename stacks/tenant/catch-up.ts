// What the tenant shows of an account of which the state does not say how far earlier runs came: it is new to the state, or a run was
// killed while it was at it.
import { hasRemovals } from '../../policy/removals.ts';
import { type AccountChange, adoptAsFound } from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';
import type { FoundAccount } from './live-account.ts';

/** The change that is left to do, for the caps, the guard and the steps alike. */
export async function catchUp(
  change: AccountChange,
  found: FoundAccount,
  { reader }: Pick<ApplyContext, 'reader'>,
): Promise<AccountChange> {
  if (change.isNew) return adoptAsFound(change, found);
  const { unsureSince = null, from, to } = change;
  if (unsureSince === null || !hasRemovals(from, to)) return change;
  const isBlocked = from.accountEnabled && !to.accountEnabled && !found.accountEnabled;
  const areEnded = isBlocked && (await reader.hasEndedSessions(found.id, unsureSince));
  return {
    ...change,
    from: { ...computeReached(change, found), accountEnabled: from.accountEnabled && !areEnded },
  };
}

/** What the killed run set out to take and the tenant shows taken, it took. */
function computeReached({ from, to, restore }: AccountChange, found: FoundAccount): AccountChange['from'] {
  const { recipientType } = found.mailbox;
  const direct = new Set(found.licenses.flatMap((each) => (each.assignedByGroup === null ? each.skuId : [])));
  const isHeld = (sku: string) =>
    restore.licenses.some(
      ({ skuPartNumber, skuId }) => skuPartNumber === sku && direct.has(skuId.toLowerCase()),
    );
  return {
    ...from,
    mailbox: to.mailbox === 'shared' && recipientType === 'shared' ? 'shared' : from.mailbox,
    licenses: from.licenses.filter((sku) => to.licenses.includes(sku) || isHeld(sku)),
  };
}
