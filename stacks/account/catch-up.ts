// What the tenant shows of an account whose progress the state does not know: it is new to the state, or a run was killed
// while changing it.
import { hasRemovals } from '../../policy/files/removals.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import { type AccountChange, adoptAsFound, buildReachedGroups, listHeldSkus } from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';

/** The remaining change, the same for limits, guard and steps. */
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

/** If a killed run was to take something and the tenant shows it taken, that run took it. */
function computeReached({ from, to, restore }: AccountChange, found: FoundAccount): AccountChange['from'] {
  const { recipientType } = found.mailbox;
  const held = listHeldSkus(restore, found.licenses);
  return {
    ...from,
    mailbox: to.mailbox === 'shared' && recipientType === 'shared' ? 'shared' : from.mailbox,
    licenses: from.licenses.filter((sku) => to.licenses.includes(sku) || held.has(sku)),
    ...(from.groups === undefined ? buildReachedGroups({ to, restore }, found.licenses) : { groups: from.groups }),
  };
}
