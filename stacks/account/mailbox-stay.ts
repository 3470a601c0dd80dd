// Why a mailbox still needs a licence, by Exchange's latest answer.
import { findMailboxReason } from '../../policy/licenses/held-back.ts';
import type { StayReason } from '../../policy/schemas/account.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { stayWords } from '../../policy/words/apply-words.ts';
import type { SeenMailbox } from '../mailbox/mailbox-reader.ts';
import type { MailboxOwner } from '../tenant/live-account.ts';
import type { StayingLicense } from '../tenant/outcome.ts';
import type { ApplyContext } from './apply-context.ts';

/** A reason with its words. */
export type Stay = Omit<StayingLicense, 'skuPartNumber'>;

/** null: it needs none. `becomesShared`: judges a user mailbox as the shared one that it will be. */
export async function findMailboxStay(
  seen: SeenMailbox,
  owner: MailboxOwner,
  { guard: { policy }, mailboxes }: Pick<ApplyContext, 'guard' | 'mailboxes'>,
  { becomesShared = false }: { becomesShared?: boolean } = {},
): Promise<Stay | null> {
  switch (seen.recipientType) {
    case 'none':
    case 'room':
    case 'equipment':
    case 'scheduling':
    case 'other':
      return null;
    case 'unknown':
      return buildStay('hold-unknown');
    case 'user':
      if (!becomesShared) return keptByReviewer;
      break;
    case 'shared':
      break;
  }
  return findSharedStay(seen, policy) ?? findSizeStay(await mailboxes.readStorageUsed(owner), policy);
}

/** The mailbox's own reason has its own wording. */
export function buildStay(reason: StayReason, mailbox: Stay | null = null): Stay {
  return mailbox?.reason === reason ? mailbox : { reason, because: stayWords[reason] };
}

const keptByReviewer: Stay = {
  reason: 'kept-by-reviewer',
  because: 'its mailbox stays a user mailbox, which needs a licence',
};

function findSharedStay(seen: SeenMailbox, policy: Pick<Policy, 'mailbox'>): Stay | null {
  const reason = findMailboxReason({ ...seen, storageUsedBytes: null }, policy);
  if (reason !== null) return buildStay(reason);
  if (policy.mailbox.unknownHold === 'proceed') return null;
  if (seen.hold === null) return buildStay('hold-unknown');
  if (seen.hasArchive !== null) return null;
  return { reason: 'hold-unknown', because: 'nobody could tell whether the mailbox has an archive' };
}

/** A mailbox still receives mail after its review: one above the limit is locked without a licence. */
function findSizeStay(bytes: number | null, { mailbox }: Pick<Policy, 'mailbox'>): Stay | null {
  const { sharedLimitGigabytes: limit, unknownHold } = mailbox;
  if (bytes === null) return unknownHold === 'hold-back' ? buildStay('size-unknown') : null;
  if (bytes <= limit * gigabyte) return null;
  const size = `it holds ${(bytes / gigabyte).toFixed(2)} GB, and ${limit} GB are allowed`;
  return { reason: 'mailbox-over-limit', because: `${stayWords['mailbox-over-limit']}: ${size}` };
}

const gigabyte = 1024 ** 3;
