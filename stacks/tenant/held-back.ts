// Which reviewed licences have to stay after all, and why: asked right before the call that would remove them.
import type { RestorableLicense, StayReason } from '../../policy/schemas/account.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { stayWords } from '../../policy/words.ts';
import type { SeenMailbox } from '../mailbox/mailboxes.ts';
import type { HeldBack } from './outcome.ts';
import { carriesMailbox, type Subscriptions } from './subscriptions.ts';
import type { Work } from './work.ts';

/** Exchange is asked only when a licence with a mailbox is to go. */
export async function whatStays(work: Work, subscriptions: Subscriptions): Promise<HeldBack[]> {
  const { asked, context, found } = work;
  const since = asked.remove.flatMap((license) => assignedSince(license, work));
  const carriers = asked.remove.filter((license) => carriesMailbox(license, subscriptions) !== false);
  if (carriers.length === 0) return since;
  work.mailbox ??= await context.mailboxes.look(found);
  const reason = await mailboxReason(work.mailbox, work);
  if (reason === null) return since;
  const forMailbox = carriers.map(({ skuPartNumber }) => ({ skuPartNumber, ...reason }));
  return [
    ...forMailbox,
    ...since.filter((one) => !carriers.some((each) => each.skuPartNumber === one.skuPartNumber)),
  ];
}

/** What groups give stays with the account; said with the group's name, for whoever may change the group. */
export function inheritedOf(
  { found, context, change }: Work,
  subscriptions: Subscriptions,
): Promise<HeldBack[]> {
  const isTaking = change.restore.licenses.some(
    ({ skuPartNumber }) => !change.to.licenses.includes(skuPartNumber),
  );
  const inherited = found.licenses.filter(({ assignedByGroup }) => assignedByGroup !== null);
  return Promise.all(
    (isTaking ? inherited : []).map(async ({ skuId, assignedByGroup }): Promise<HeldBack> => {
      const group = await context.reader.groupName(assignedByGroup ?? '');
      const known = change.restore.licenses.find((license) => license.skuId.toLowerCase() === skuId);
      return {
        skuPartNumber: subscriptions.get(skuId)?.skuPartNumber ?? known?.skuPartNumber ?? skuId,
        reason: 'inherited-from-group',
        because: `comes from the group ${group}; take the account out of it to free the seat`,
      };
    }),
  );
}

type Reason = Omit<HeldBack, 'skuPartNumber'>;

/** The mailbox's own reason to keep every licence that carries one; null: they may go. */
async function mailboxReason(seen: SeenMailbox, { found, context }: Work): Promise<Reason | null> {
  const { policy } = context.guard;
  switch (seen.recipientType) {
    case 'none':
    case 'room':
    case 'equipment':
    case 'scheduling':
    case 'other':
      return null;
    case 'user':
      return {
        reason: 'kept-by-reviewer',
        because: 'its mailbox stays a user mailbox, which needs a licence',
      };
    case 'unknown':
      return inWords('hold-unknown');
    case 'shared':
      return sharedReason(seen, policy) ?? sizeReason(await context.mailboxes.storageUsed(found), policy);
  }
}

function sharedReason(
  { hold, hasArchive }: SeenMailbox,
  { mailbox }: Pick<Policy, 'mailbox'>,
): Reason | null {
  if (hasArchive === true) return inWords('archive');
  if (hold === 'litigation') return inWords('litigation-hold');
  if (hold === 'retention') return inWords('retention-hold');
  return hold === null && mailbox.unknownHold === 'hold-back' ? inWords('hold-unknown') : null;
}

/** A mailbox goes on receiving mail after its review: without a licence, one above the limit is locked. */
function sizeReason(bytes: number | null, { mailbox }: Pick<Policy, 'mailbox'>): Reason | null {
  const { sharedLimitGigabytes: limit, unknownHold } = mailbox;
  if (bytes === null) {
    return unknownHold === 'hold-back' ? inWords('size-unknown') : null;
  }
  if (bytes <= limit * gigabyte) return null;
  const size = `it holds ${(bytes / gigabyte).toFixed(2)} GB, and ${limit} GB are allowed`;
  return { reason: 'mailbox-over-limit', because: `${stayWords['mailbox-over-limit']}: ${size}` };
}

const gigabyte = 1024 ** 3;

/** The same product, assigned anew after the audit that was reviewed: somebody wants the account to have it. */
function assignedSince(license: RestorableLicense, { change, found }: Work): HeldBack[] {
  const { auditedOn } = change.evidence;
  const assignment = found.licenses.find(
    ({ skuId, assignedByGroup }) => assignedByGroup === null && skuId === license.skuId.toLowerCase(),
  );
  const assignedOn = assignment?.assignedOn ?? null;
  if (assignedOn === null || assignedOn <= auditedOn) return [];
  const because = `was assigned again on ${assignedOn}, after the audit of ${auditedOn} that was reviewed`;
  return [{ skuPartNumber: license.skuPartNumber, reason: 'assigned-since', because }];
}

function inWords(reason: StayReason): Reason {
  return { reason, because: stayWords[reason] };
}
