// Litigation holds: only Exchange knows them, and only an audit identity with a role there may ask.
import { RequestFailed } from '../../graph/failure.ts';
import { isFields } from '../../graph/fields.ts';
import type { TenantReader } from './reader.ts';

/** Object ids, in lower case, of all mailboxes on hold; null when nobody could tell. */
export type Holds = ReadonlySet<string> | null;

/** One listing with a filter instead of a request per mailbox. Asked for only with a role, so usually it costs nothing. */
export async function readHolds(reader: TenantReader): Promise<Holds> {
  const roles = await reader.exchangeRoles();
  if (!roles.includes('Exchange.ManageAsApp')) return null;
  try {
    const onHold = { Filter: "LitigationHoldEnabled -eq 'True'", ResultSize: 'Unlimited' };
    const mailboxes = await reader.exchange('holds', 'Get-Mailbox', onHold);
    return new Set(mailboxes.flatMap(heldId));
  } catch (error) {
    // The role in Entra is not enough: Exchange wants a role group, too.
    if (error instanceof RequestFailed && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

function heldId(mailbox: unknown): string[] {
  if (!isFields(mailbox) || mailbox.LitigationHoldEnabled !== true) return [];
  const id = mailbox.ExternalDirectoryObjectId;
  return typeof id === 'string' ? [id.toLowerCase()] : [];
}
