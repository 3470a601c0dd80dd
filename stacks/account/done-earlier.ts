// What a run did to an account before it was killed: it could tell nobody, so the next one does, from what the tenant shows.
import { foldId } from '../../policy/identifiers.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { EarlierStep } from '../tenant/outcome.ts';
import type { AccountChange } from './account-change.ts';

/**
 * What the state's note says that the killed run set out to do, and that the tenant shows. Ended sessions do not show, and are
 * ended again. Pure.
 */
export function listDoneEarlier(
  { from, to, restore, unsureSince = null }: AccountChange,
  { accountEnabled, mailbox, licenses }: FoundAccount,
): EarlierStep[] {
  if (unsureSince === null) return [];
  const direct = new Set(licenses.flatMap((each) => (each.assignedByGroup === null ? each.skuId : [])));
  const isHeld = (sku: string) =>
    restore.licenses.some(({ skuPartNumber, skuId }) => skuPartNumber === sku && direct.has(foldId(skuId)));
  const removed = from.licenses.filter((sku) => !to.licenses.includes(sku) && !isHeld(sku));
  const given = to.licenses.filter((sku) => !from.licenses.includes(sku) && isHeld(sku));
  const isReached = from.accountEnabled !== to.accountEnabled && accountEnabled === to.accountEnabled;
  const isShared = mailbox.recipientType === 'shared';
  const isConverted = from.mailbox !== to.mailbox && isShared === (to.mailbox === 'shared');
  return [
    ...(isReached ? [{ step: to.accountEnabled ? ('sign-in-allowed' as const) : ('sign-in-blocked' as const) }] : []),
    ...(isConverted ? [{ step: isShared ? ('mailbox-shared' as const) : ('mailbox-regular' as const) }] : []),
    ...(removed.length + given.length > 0 ? [{ step: 'licenses-changed' as const, removed, given }] : []),
  ];
}
