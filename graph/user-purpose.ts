// mailboxSettings/userPurpose: what a mailbox is for, which Graph answers one account at a time.
import type { IdKey, UserId } from '../policy/identifiers.ts';
import type { BatchAnswer } from './batch.ts';
import { isFields } from './json-fields.ts';
import { findMailboxKind, type MailboxKind } from './mailbox-kind.ts';
import { buildUserPath } from './user.ts';

export function buildUserPurposePath(id: UserId | IdKey): string {
  return `${buildUserPath(id)}/mailboxSettings/userPurpose`;
}

/**
 * `none`: Graph does not find it. The mailbox may exist all the same (new, moved, on premises, or while a licence changes).
 * `unknown`: it may not be read, or Graph's word for it is unknown.
 */
export function parseUserPurpose({
  status,
  body,
}: Pick<BatchAnswer, 'status' | 'body'>): MailboxKind | 'none' | 'unknown' {
  if (status === 404) return 'none';
  if (status !== 200 || !isFields(body)) return 'unknown';
  return findMailboxKind(String(body.value)) ?? 'unknown';
}
