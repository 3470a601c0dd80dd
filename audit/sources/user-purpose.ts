// mailboxSettings/userPurpose: what a mailbox is for, one account at a time. Asked only where the report does not tell.
import { isFields } from '../../graph/fields.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { TenantReader } from '../reader.ts';

/** In the order of `ids`; `unknown` where the mailbox may not be read. */
export async function readUserPurposes(
  reader: TenantReader,
  ids: readonly string[],
): Promise<RecipientType[]> {
  const paths = ids.map((id) => `/users/${encodeURIComponent(id)}/mailboxSettings/userPurpose`);
  const answers = await reader.many('mailbox settings', paths);
  return answers.map(({ status, body }) => {
    if (status === 200 && isFields(body)) return purposes.get(String(body.value).toLowerCase()) ?? 'unknown';
    // No mailbox (or none in the cloud) is a 404; its code differs between sources, its meaning does not.
    return status === 404 ? 'none' : 'unknown';
  });
}

const purposes: ReadonlyMap<string, RecipientType> = new Map([
  ['user', 'user'],
  ['linked', 'user'],
  ['shared', 'shared'],
  ['room', 'room'],
  ['equipment', 'equipment'],
]);
