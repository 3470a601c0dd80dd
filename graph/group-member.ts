// The membership of an account in a group, as Graph addresses it. Without the `$ref` at the end of that path, a DELETE deletes
// the account itself where the caller may delete it (Microsoft, page "Remove member"), so no path without it can be formed.
import { DormantError } from '../policy/errors.ts';
import { type GroupId, isGuid, type UserId } from '../policy/identifiers.ts';

/** The only path that a DELETE takes. */
export type MemberReferencePath = `/groups/${string}/members/${string}/$ref`;

/** Throws `unexpected-answer` for anything but two GUIDs, which could lead to another path. */
export function buildMemberReferencePath(group: GroupId, member: UserId): MemberReferencePath {
  return `/groups/${requireGuid(group)}/members/${requireGuid(member)}/$ref`;
}

/** Where a member is added, and the body that names it. `origin` and `version`: of the transport that sends it. */
export function buildMemberAddition(
  group: GroupId,
  member: UserId,
  { origin, version }: { origin: string; version: string },
): { url: string; body: { '@odata.id': string } } {
  return {
    url: `/groups/${requireGuid(group)}/members/$ref`,
    body: { '@odata.id': `${origin}/${version}/directoryObjects/${requireGuid(member)}` },
  };
}

function requireGuid(id: GroupId | UserId): string {
  if (isGuid(id)) return id;
  throw new DormantError('unexpected-answer', `${id} is not the id of a group or an account.`, { where: id });
}
