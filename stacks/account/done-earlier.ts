// What a run did to an account before it was killed: it could tell nobody, so the next one does, from what the tenant shows or
// the state has as reached.
import type { DesiredState } from '../../policy/schemas/account.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { EarlierStep } from '../tenant/outcome.ts';
import { type AccountChange, listHeldSkus } from './account-change.ts';

/**
 * What the state's note says that the killed run set out to do, and that the tenant shows. Ended sessions do not show, and are
 * ended again. Pure.
 */
export function listDoneEarlier(
  { from, to, restore, unsureSince = null }: AccountChange,
  { accountEnabled, mailbox, licenses }: FoundAccount,
): EarlierStep[] {
  if (unsureSince === null) return [];
  const held = listHeldSkus(restore, licenses);
  const isShared = mailbox.recipientType === 'shared';
  return listSteps(from, {
    accountEnabled: accountEnabled === to.accountEnabled ? to.accountEnabled : from.accountEnabled,
    mailbox: isShared === (to.mailbox === 'shared') ? to.mailbox : from.mailbox,
    licenses: [
      ...from.licenses.filter((sku) => to.licenses.includes(sku) || held.has(sku)),
      ...to.licenses.filter((sku) => !from.licenses.includes(sku) && held.has(sku)),
    ],
  });
}

/** What leads from one to the other. Pure. */
export function listSteps(from: DesiredState, to: DesiredState): EarlierStep[] {
  const removed = from.licenses.filter((sku) => !to.licenses.includes(sku));
  const given = to.licenses.filter((sku) => !from.licenses.includes(sku));
  const isBlockChanged = from.accountEnabled !== to.accountEnabled;
  const isConverted = from.mailbox !== to.mailbox;
  return [
    ...(isBlockChanged
      ? [{ step: to.accountEnabled ? ('sign-in-allowed' as const) : ('sign-in-blocked' as const) }]
      : []),
    ...(isConverted
      ? [{ step: to.mailbox === 'shared' ? ('mailbox-shared' as const) : ('mailbox-regular' as const) }]
      : []),
    ...(removed.length + given.length > 0 ? [{ step: 'licenses-changed' as const, removed, given }] : []),
  ];
}
