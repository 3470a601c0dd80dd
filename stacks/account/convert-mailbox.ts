// The two mailbox steps: to a shared mailbox while it is still licensed, and back once it is licensed again.
import { DormantError } from '../../policy/errors.ts';
import { listGivers, listLeftGroups } from '../../policy/files/memberships.ts';
import type { RecipientType, RestorableGroup, RestorableLicense } from '../../policy/schemas/account.ts';
import { formatList } from '../../policy/words/labels.ts';
import type { SeenMailbox } from '../mailbox/mailbox-reader.ts';
import type { Assignment, MailboxOwner } from '../tenant/live-account.ts';
import { toFailure } from '../tenant/outcome.ts';
import { poll } from '../tenant/poll.ts';
import { hasMailboxPlan } from '../tenant/subscriptions.ts';
import { isSameAssignment } from './account-change.ts';
import type { AccountRun, ApplyStep, Telling } from './account-run.ts';
import { pollLicenses } from './poll-licenses.ts';
import type { TakingGroup } from './taking-groups.ts';

/** Licences may be removed only after this step: the mailbox is then seen shared or absent, or the run stops here. */
export const shareMailbox: ApplyStep = async function* (run) {
  const { change, remaining } = run;
  if (change.to.mailbox !== 'shared') return;
  if (remaining.share || remaining.remove.length > 0) {
    const type = yield* readTypeBeforeConversion(run, 'user');
    if (type === 'unknown') throw buildMailboxUnknownError(run.found);
    if (type === 'user' && !(yield* convertMailbox(run, 'shared'))) return yield { next: 'stop' };
  }
  yield { reached: { mailbox: 'shared' } };
};

/** A user mailbox without a licence is lost after 30 days, so it is made only if a licence with a mailbox is assigned. */
export const makeMailboxRegular: ApplyStep = async function* (run) {
  const { change, remaining, found } = run;
  if (change.to.mailbox !== 'unchanged') return;
  if (remaining.unshare) {
    // People can sign in to the account of a shared mailbox, so the last step waits neither for an admin's conversion nor
    // for products that cannot be read, without which the mailbox might be lost.
    if (found.unnamed !== null) return yield { failure: toFailure(found.unnamed) };
    if (!(yield* requireMailboxLicense(run))) return;
    const type = yield* readTypeBeforeConversion(run, 'shared');
    if (type === 'shared' && !(yield* convertMailbox(run, 'user'))) return;
  }
  yield { reached: { mailbox: 'unchanged' } };
};

/**
 * For an account that had a mailbox, only Exchange can say that there is none: Graph does not find one that is moved or
 * disconnected. Where Graph says `type`, the conversion is sent without another read: repeating it does no harm, and the
 * read after it counts. An admin is asked to convert only after a read.
 */
async function* readTypeBeforeConversion(
  { found, context, change }: AccountRun,
  type: 'user' | 'shared',
): Telling<RecipientType> {
  if (found.mailbox.recipientType === 'none' && change.restore.mailbox !== 'user') return 'none';
  if (context.writer.convertMailbox !== null && found.mailbox.recipientType === type) return type;
  const mailbox = await context.mailboxes.look(found);
  yield { mailbox };
  return mailbox.recipientType;
}

/** False: an admin has to do it. Throws when it does not show in time. */
async function* convertMailbox(run: AccountRun, to: 'shared' | 'user'): Telling<boolean> {
  const { context, found } = run;
  const { convertMailbox: send } = context.writer;
  if (send === null) {
    yield { waits: [{ for: 'manual-conversion', because: describeManualConversion(to, run) }] };
    return false;
  }
  const receipt = await send(found, to);
  const step = to === 'shared' ? 'mailbox-shared' : 'mailbox-regular';
  yield { done: [{ step, ...receipt }], wroteAt: receipt.at };
  yield { mailbox: await waitUntilConverted(run, to) };
  return true;
}

async function waitUntilConverted({ context, found }: AccountRun, to: 'shared' | 'user'): Promise<SeenMailbox> {
  const seen = await poll(
    () => context.mailboxes.look(found),
    ({ recipientType }) => recipientType === to,
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
    `Exchange accepted the conversion of the mailbox, but does not show it after ${minutes} minutes.`,
    { where: found.userPrincipalName, remedy: 'Run the apply again; it continues from there.' },
  );
}

/** Without one, a shared mailbox can wait for its licence without harm, and sign-in need not wait. */
async function* requireMailboxLicense(run: AccountRun): Telling<boolean> {
  const { context, found, groups, ungiven, change } = run;
  const subscriptions = await context.reader.readSubscriptions();
  const hasMailbox = (license: RestorableLicense | Assignment) => hasMailboxPlan(license, subscriptions) === true;
  const isUngiven = ({ skuPartNumber }: RestorableLicense) => ungiven.includes(skuPartNumber);
  const missing = change.restore.licenses.filter(isUngiven);
  const hasLicenseWithMailbox = (assignments: readonly Assignment[]) =>
    assignments.some(
      (license) => !missing.some((ungivenOne) => isSameAssignment(license, ungivenOne)) && hasMailbox(license),
    );
  // That it was seen a moment ago proves nothing: an older answer can follow.
  const isGiven = change.restore.licenses.some(
    (license) =>
      license.assignedByGroup === null &&
      change.to.licenses.includes(license.skuPartNumber) &&
      !isUngiven(license) &&
      hasMailbox(license),
  );
  const wait = isGiven || groups.length > 0 ? context.waits.licenses : { everyMs: 0, atMostMs: 0 };
  if ((await pollLicenses(run, hasLicenseWithMailbox, wait)) !== null) return true;
  const joined = listAwaitedGroups(run, missing.filter(hasMailbox));
  if (joined.length > 0) {
    yield { waits: [{ for: 'group-license', because: describeJoinedWait(joined) }] };
    return false;
  }
  if (groups.length > 0) {
    yield { waits: [{ for: 'group-license', because: describeGroupWait(groups) }] };
    return false;
  }
  const failure = new DormantError(
    'mailbox-unlicensed',
    'The mailbox stays shared: the account holds no licence with a mailbox, and a user mailbox without one is lost after 30 days.',
    { where: found.userPrincipalName, remedy: 'Assign a licence with Exchange, then run the apply again.' },
  );
  yield { failure: toFailure(failure) };
  return false;
}

/** Groups that the account is in again and that have not given their licence back yet. */
function listAwaitedGroups(
  { change: { to, restore } }: AccountRun,
  missing: readonly RestorableLicense[],
): readonly RestorableGroup[] {
  const left = listLeftGroups(to, restore);
  return listGivers(missing, restore).filter((group) => !left.includes(group));
}

/** For a mailbox to be converted whose kind neither Graph nor Exchange reports. */
export function buildMailboxUnknownError({ userPrincipalName }: MailboxOwner): DormantError {
  return new DormantError('mailbox-unknown', 'Neither Graph nor Exchange says what kind of mailbox the account has.', {
    where: userPrincipalName,
    remedy: 'Check the grant of MailboxSettings.Read and the role in Exchange with `dormant doctor`.',
  });
}

function describeManualConversion(to: 'shared' | 'user', { groups, remaining }: AccountRun): string {
  if (to === 'user') return 'convert the mailbox back to a user mailbox by hand (mailbox.convert: manual)';
  const first =
    remaining.block && groups.length > 0
      ? `; sign-in stays allowed until then, because ${formatGroupNames(groups)} takes the licence back with the block`
      : '';
  return `convert the mailbox to a shared mailbox by hand (mailbox.convert: manual); the next run goes on once it is seen${first}`;
}

function describeGroupWait(groups: readonly TakingGroup[]): string {
  return `the mailbox stays shared until ${formatGroupNames(groups)} has given its licence back, now that sign-in is allowed; the next run looks again`;
}

function describeJoinedWait(groups: readonly RestorableGroup[]): string {
  return `the mailbox stays shared until ${formatGroupNames(groups)} has given its licence back; the next run looks again`;
}

function formatGroupNames(groups: readonly Pick<RestorableGroup, 'displayName'>[]): string {
  return formatList(
    groups.map(({ displayName }) => `the group ${displayName}`),
    'or',
  );
}
