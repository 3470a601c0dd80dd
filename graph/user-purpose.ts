// mailboxSettings/userPurpose: what a mailbox is for, as Graph answers it one account at a time.
import type { BatchAnswer } from './batch.ts';
import { isFields } from './fields.ts';

type Purpose = 'user' | 'shared' | 'room' | 'equipment';

export function userPurposePath(id: string): string {
  return `/users/${encodeURIComponent(id)}/mailboxSettings/userPurpose`;
}

/** No mailbox (or none in the cloud) is a 404: its code differs between sources, its meaning does not. `unknown`: it may not be read. */
export function recipientTypeIn({
  status,
  body,
}: Pick<BatchAnswer, 'status' | 'body'>): Purpose | 'none' | 'unknown' {
  if (status === 404) return 'none';
  if (status !== 200 || !isFields(body)) return 'unknown';
  return purposes.get(String(body.value).toLowerCase()) ?? 'unknown';
}

const purposes: ReadonlyMap<string, Purpose> = new Map([
  ['user', 'user'],
  ['linked', 'user'],
  ['shared', 'shared'],
  ['room', 'room'],
  ['equipment', 'equipment'],
]);
