// What of that which this pipeline took an account does not have back. Pure.
import type { Evidence } from '../evidence.ts';
import { foldId } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { isTakeable } from './memberships.ts';

/** Without the licences of groups that it is never taken out of: this pipeline took none and waits for none. */
export function listNotYetRestored(
  { restore }: Pick<AccountFile, 'restore'>,
  evidence: Pick<Evidence, 'accountEnabled' | 'licenses' | 'mailbox'>,
): string[] {
  const assignedIds = new Set(evidence.licenses.map(({ skuId }) => foldId(skuId)));
  const notAssigned = restore.licenses.filter(
    (license) => isTakeable(license, restore) && !assignedIds.has(foldId(license.skuId)),
  );
  const type = evidence.mailbox.recipientType;
  const mayBeShared = restore.mailbox === 'user' && (type === 'shared' || type === 'unknown');
  return [
    ...(restore.accountEnabled && !evidence.accountEnabled ? ['sign-in allowed'] : []),
    ...(notAssigned.length > 0 ? [`${notAssigned.map(({ skuPartNumber }) => skuPartNumber).join(', ')} assigned`] : []),
    ...(mayBeShared ? ['the mailbox as a user mailbox'] : []),
  ];
}
