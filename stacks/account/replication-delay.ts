// Reads that lag behind our own writes. Microsoft, page "List users": "This request might have replication delays for users
// that were recently created, updated, or deleted". Such a read is never taken for another's change.
import type { FoundAccount } from '../tenant/live-account.ts';
import type { WaitReason } from '../tenant/outcome.ts';
import { poll } from '../tenant/poll.ts';
import type { AccountChange } from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';

type WrittenChange = Pick<AccountChange, 'account' | 'from' | 'to' | 'attempted' | 'wroteAt'>;

/** Microsoft gives no number for the delay. After an hour, the tenant shows what somebody has done. */
const longestDelayMs = 3_600_000;

/**
 * The account as the tenant has it; null: it does not. Waits until sign-in that this pipeline has just written shows. If it
 * does not in time, our own write counts: repeating it does no harm.
 */
export async function readCurrentAccount(change: WrittenChange, context: ApplyContext): Promise<FoundAccount | null> {
  const { account, from, to, attempted } = change;
  const found = await context.look(account.id);
  if (found === null || !isRecentlyWritten(change, context.now()) || found.onPremisesSyncEnabled) return found;
  // A run was killed in between: which of the two it wrote is unknown, so the wanted one is written again.
  const isWanted = attempted?.accountEnabled === to.accountEnabled && found.accountEnabled === to.accountEnabled;
  if (isWanted) return found;
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
  { look, waits, signal, onWait }: ApplyContext,
): Promise<FoundAccount | null | 'behind'> {
  const accountId = change.account.id;
  const result = await poll(
    async () => ({ found: await look(accountId) }),
    ({ found }) => found === null || !isBehind(change, found),
    waits.directory,
    { signal, onWait: (waitedMs) => onWait({ accountId, for: 'directory', waitedMs }) },
  );
  return result === null ? 'behind' : result.found;
}
