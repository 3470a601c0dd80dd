// The type of mailboxes, read only where the report does not tell it.
import { buildUserPurposePath, parseUserPurpose } from '../../graph/user-purpose.ts';
import type { UserId } from '../../policy/identifiers.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { AuditReader } from './reader.ts';

/** In the order of `ids`; `unknown` where the mailbox may not be read. */
export async function readUserPurposes(reader: AuditReader, ids: readonly UserId[]): Promise<RecipientType[]> {
  return (await reader.getMany('mailbox settings', ids.map(buildUserPurposePath))).map(parseUserPurpose);
}
