// Whose mailbox this pipeline has ever made shared, from every version of every account file on main. A person's mailbox
// must not become a protected shared one because its file was archived, deleted or rewritten. Pure.
import { isOwnConversion } from '../../policy/files/stage.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';

/** `versions`: of account files, in any order. */
export function findOwnMailboxes(versions: Iterable<AccountFile>): Set<IdKey> {
  const ids = new Set<IdKey>();
  for (const { account, desired, restore } of versions) {
    const isAsked = desired.mailbox === 'shared';
    if (isAsked && isOwnConversion(restore, { isAsked, isBegun: true })) ids.add(foldId(account.id));
  }
  return ids;
}
