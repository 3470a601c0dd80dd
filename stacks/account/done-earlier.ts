// What a run did to an account before it was killed: it could tell nobody, so the next one does, from what the tenant shows or
// the state has as reached.
import { buildStayingGroups, listGivenSkus, listLeftGroups } from '../../policy/files/memberships.ts';
import type { DesiredState, RestorableGroup, RestoreState } from '../../policy/schemas/account.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { EarlierStep } from '../tenant/outcome.ts';
import { type AccountChange, isGiving, listHeldSkus } from './account-change.ts';

/**
 * What the state's note says that the killed run set out to do, and that the tenant shows. Ended sessions do not show, and are
 * ended again. Pure.
 */
export function listDoneEarlier(
  { from, to, restore, unsureSince = null }: Pick<AccountChange, 'from' | 'to' | 'restore' | 'unsureSince'>,
  { accountEnabled, mailbox, licenses }: Pick<FoundAccount, 'accountEnabled' | 'mailbox' | 'licenses'>,
): EarlierStep[] {
  if (unsureSince === null) return [];
  const held = listHeldSkus(restore, licenses);
  const isShared = mailbox.recipientType === 'shared';
  const shown: DesiredState = {
    accountEnabled: accountEnabled === to.accountEnabled ? to.accountEnabled : from.accountEnabled,
    mailbox: isShared === (to.mailbox === 'shared') ? to.mailbox : from.mailbox,
    licenses: [
      ...from.licenses.filter((sku) => to.licenses.includes(sku) || held.has(sku)),
      ...to.licenses.filter((sku) => !from.licenses.includes(sku) && held.has(sku)),
    ],
    ...findShownGroups({ from, to, restore }, licenses),
  };
  return listSteps(from, shown, restore);
}

/** Of a group that was to be left or joined, what it gives says whether it was. */
function findShownGroups(
  { from, to, restore }: Pick<AccountChange, 'from' | 'to' | 'restore'>,
  licenses: FoundAccount['licenses'],
): Pick<DesiredState, 'groups'> {
  const [before, after] = [from, to].map((state) => new Set(listLeftGroups(state, restore)));
  const isOutside = (group: RestorableGroup) =>
    before?.has(group) === after?.has(group) ? before?.has(group) === true : !isGiving(group.id, licenses);
  return buildStayingGroups((restore.groups ?? []).filter(isOutside), restore);
}

/** What leads from one to the other. What a group takes and gives is told with it. Pure. */
export function listSteps(from: DesiredState, to: DesiredState, restore: RestoreState): EarlierStep[] {
  const [before, after] = [listLeftGroups(from, restore), listLeftGroups(to, restore)];
  const left = after.filter((group) => !before.includes(group)).map((group) => toStep('group-left', group, restore));
  const joined = before
    .filter((group) => !after.includes(group))
    .map((group) => toStep('group-joined', group, restore));
  const byGroup = new Set([...left, ...joined].flatMap(({ removed = [], given = [] }) => [...removed, ...given]));
  const direct = new Set(restore.licenses.flatMap((each) => (each.assignedByGroup === null ? each.skuPartNumber : [])));
  const isOwn = (sku: string) => direct.has(sku) || !byGroup.has(sku);
  const removed = from.licenses.filter((sku) => !to.licenses.includes(sku) && isOwn(sku));
  const given = to.licenses.filter((sku) => !from.licenses.includes(sku) && isOwn(sku));
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
    ...left,
    ...joined,
  ];
}

function toStep(
  step: 'group-left' | 'group-joined',
  { id, displayName }: RestorableGroup,
  restore: RestoreState,
): EarlierStep {
  const skus = listGivenSkus(restore, id);
  return { step, group: displayName, ...(step === 'group-left' ? { removed: skus } : { given: skus }) };
}
