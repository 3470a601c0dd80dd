// A mailbox that turned into a user mailbox again and has no licence: Microsoft disconnects it and deletes its mail after
// 30 days. The licence is given first; once the mailbox is found again, the next step shares it.
import { DormantError } from '../../policy/errors.ts';
import type { SeenMailbox } from '../mailbox/mailbox-reader.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import { poll } from '../tenant/poll.ts';
import { hasMailboxPlan } from '../tenant/subscriptions.ts';
import type { AccountChange } from './account-change.ts';
import type { AccountRun, ApplyStep } from './account-run.ts';
import type { ApplyContext } from './apply-context.ts';
import { giveLicenses } from './change-licenses.ts';

export const rescueMailbox: ApplyStep = async function* (run) {
  const { change, context, found } = run;
  if (!(await isFlippedBack(change, found, context))) return;
  const failure = yield* giveLicenses(run);
  if (failure !== null) return yield { failure, next: 'stop' };
  const mailbox = await waitUntilFound(run);
  const given = run.remaining.give.map(({ skuPartNumber }) => skuPartNumber);
  const licenses = [...new Set([...change.from.licenses, ...given])];
  // The mailbox to be shared was not there when the guard was asked.
  yield { mailbox, reached: { licenses }, next: 'ask-again' };
};

/** A change that gives a licence with a mailbox, although the mailbox is to be shared and is not seen shared. */
export async function isFlippedBack(
  { from, to, restore, saved = [] }: Pick<AccountChange, 'from' | 'to' | 'restore' | 'saved'>,
  { mailbox }: Pick<FoundAccount, 'mailbox'>,
  { reader }: Pick<ApplyContext, 'reader'>,
): Promise<boolean> {
  if (to.mailbox !== 'shared' || mailbox.recipientType === 'shared') return false;
  const given = restore.licenses.filter(
    ({ skuPartNumber, assignedByGroup }) =>
      to.licenses.includes(skuPartNumber) &&
      (saved.includes(skuPartNumber) || (assignedByGroup === null && !from.licenses.includes(skuPartNumber))),
  );
  if (given.length === 0) return false;
  const subscriptions = await reader.readSubscriptions();
  return given.some((license) => hasMailboxPlan(license, subscriptions) === true);
}

async function waitUntilFound({ context, found }: AccountRun): Promise<SeenMailbox> {
  const seen = await poll(
    () => context.mailboxes.look(found),
    ({ recipientType }) => recipientType !== 'none' && recipientType !== 'unknown',
    context.waits.mailbox,
    {
      signal: context.signal,
      findEnd: context.findWaitEnd,
      onWait: (waitedMs) => context.onWait({ accountId: found.id, for: 'mailbox', waitedMs }),
    },
  );
  if (seen !== null) return seen;
  const minutes = Math.ceil(context.waits.mailbox.atMostMs / 60_000);
  throw new DormantError(
    'not-seen',
    `The account has its licence again, but its mailbox has not appeared after ${minutes} minutes.`,
    { where: found.userPrincipalName, remedy: 'Run the apply again; it continues from there.' },
  );
}
