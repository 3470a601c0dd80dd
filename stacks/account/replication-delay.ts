// Reads that lag behind our own writes. Microsoft, page "List users": "This request might have replication delays for users
// that were recently created, updated, or deleted". Such a read is never taken for another's change.
import { listLeftGroups } from '../../policy/files/memberships.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { WaitReason } from '../tenant/outcome.ts';
import { poll } from '../tenant/poll.ts';
import { type AccountChange, isGivenByLeftGroup } from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';

type WrittenChange = Pick<AccountChange, 'account' | 'restore' | 'from' | 'to' | 'attempted' | 'saved' | 'wroteAt'>;

/** Microsoft gives no number for the delay. After an hour, the tenant shows what somebody has done. */
const longestDelayMs = 3_600_000;

/** The account as the tenant has it; null: it does not. What this pipeline has just written counts, shown or not. */
export async function readCurrentAccount(change: WrittenChange, context: ApplyContext): Promise<FoundAccount | null> {
  const found = await readSignIn(change, context);
  return found && isRecentlyWritten(change, context.now()) ? trustOwnWrites(change, found) : found;
}

/**
 * Waits until sign-in that this pipeline has just written shows. If it does not in time, our own write counts: repeating it
 * does no harm.
 */
async function readSignIn(change: WrittenChange, context: ApplyContext): Promise<FoundAccount | null> {
  const { account, from, to, attempted } = change;
  const found = await context.look(account.id);
  if (found === null || !isRecentlyWritten(change, context.now()) || found.onPremisesSyncEnabled) return found;
  // A run was killed in between: which of the two it wrote is unknown, and a read that shows the wanted one may be from before
  // the run that changed it, so it is written again.
  if (attempted !== null && attempted.accountEnabled !== from.accountEnabled)
    return { ...found, accountEnabled: !to.accountEnabled };
  const shown = isBehind(change, found) ? await waitUntilShown(change, context) : found;
  if (shown !== 'behind') return shown;
  return isUndecided(change) ? found : { ...found, accountEnabled: from.accountEnabled };
}

/**
 * What to wait for if our block still does not show: the read may lag, or somebody has just given sign-in back by hand.
 * Only time can tell, and until then nothing is taken.
 */
export function listDirectoryWaits(change: WrittenChange, found: FoundAccount, now: Date): WaitReason[] {
  if (!isUndecided(change) || !isRecentlyWritten(change, now) || !isBehind(change, found)) return [];
  const because = `the tenant still shows sign-in allowed, which this pipeline blocked at ${change.wroteAt}; its reads can be behind, and the next run looks again`;
  return [{ for: 'directory', because }];
}

/** Whether a read may differ from what was written, because that is recent. */
export function isRecentlyWritten({ wroteAt }: Pick<AccountChange, 'wroteAt'>, now: Date): boolean {
  return wroteAt !== null && now.getTime() - Date.parse(wroteAt) < longestDelayMs;
}

/**
 * An older answer can follow a newer one, so that one look at licences and mailbox proves nothing. Believed, a licence that
 * was just taken and still shows would not be given back, and the mailbox would be lost without it after 30 days. Repeating
 * what was done does no harm: a licence is given, and a mailbox converted, once more.
 */
function trustOwnWrites(change: WrittenChange, found: FoundAccount): FoundAccount {
  const { from, to, attempted, restore, saved = [] } = change;
  const own = restore.licenses.filter(
    ({ assignedByGroup, skuPartNumber }) => assignedByGroup === null || saved.includes(skuPartNumber),
  );
  const listHeld = (isHeld: boolean) =>
    own.filter((license) => isHeldByOwnWrite(license.skuPartNumber, change) === isHeld);
  const taken = new Set(listHeld(false).map(({ skuId }) => foldId(skuId)));
  const shown = new Set(found.licenses.flatMap((each) => (each.assignedByGroup === null ? each.skuId : [])));
  const left = new Set(listLeftGroups(from, restore).map(({ id }) => foldId(id)));
  const seenGone = new Set(
    restore.licenses.flatMap(({ skuId, skuPartNumber }) =>
      from.licenses.includes(skuPartNumber) ? [] : foldId(skuId),
    ),
  );
  const isTaken = ({ skuId, assignedByGroup }: FoundAccount['licenses'][number]) =>
    assignedByGroup === null ? taken.has(skuId) : left.has(foldId(assignedByGroup)) && seenGone.has(skuId);
  const licenses = [
    ...found.licenses.filter((each) => !isTaken(each)),
    // Of a licence that a group gave, the state does not say whether it is held directly, too: giving it once more does no harm.
    ...listHeld(true)
      .filter((license) => license.assignedByGroup === null && !isGivenByLeftGroup(license, change))
      .map((license) => ({ ...license, skuId: foldId(license.skuId), assignedByGroup: null, assignedOn: null }))
      .filter(({ skuId }) => !shown.has(skuId)),
  ];
  const { mailbox } = found;
  const isShared = [from, attempted].some((state) => state?.mailbox === 'shared');
  const isBehindShared = to.mailbox === 'unchanged' && isShared && mailbox.recipientType === 'user';
  return { ...found, licenses, mailbox: isBehindShared ? { ...mailbox, recipientType: 'shared' } : mailbox };
}

/** null: a killed run may have taken it, and it is to be taken: then the tenant shows whether that run did. */
function isHeldByOwnWrite(skuPartNumber: string, { from, to, attempted }: WrittenChange): boolean | null {
  const isHeld = from.licenses.includes(skuPartNumber);
  if (attempted === null || attempted.licenses.includes(skuPartNumber) === isHeld) return isHeld;
  return to.licenses.includes(skuPartNumber) ? false : null;
}

/** Blocked, and to stay so: only here could a second write take what somebody has given back. */
function isUndecided({ from, to }: WrittenChange): boolean {
  return !from.accountEnabled && !to.accountEnabled;
}

function isBehind({ from }: WrittenChange, { accountEnabled, onPremisesSyncEnabled }: FoundAccount): boolean {
  return accountEnabled !== from.accountEnabled && !onPremisesSyncEnabled;
}

/** `behind`: it did not show in time. */
async function waitUntilShown(
  change: WrittenChange,
  { look, waits, signal, onWait, findWaitEnd: findEnd }: ApplyContext,
): Promise<FoundAccount | null | 'behind'> {
  const accountId = change.account.id;
  const result = await poll(
    async () => ({ found: await look(accountId) }),
    ({ found }) => found === null || !isBehind(change, found),
    waits.directory,
    { signal, findEnd, onWait: (waitedMs) => onWait({ accountId, for: 'directory', waitedMs }) },
  );
  return result === null ? 'behind' : result.found;
}
