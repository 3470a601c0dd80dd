// Groups that policy.yaml names for who is in them: which they are, and whether their members can be known. For audit and apply.
import { foldId, type GroupId, type UserId } from '../policy/identifiers.ts';
import type { BatchAnswer, MembershipCheck } from './batch.ts';
import { type Fields, isFields } from './json-fields.ts';
import { quoteText } from './quote-text.ts';

export type GroupName = { id: GroupId } | { name: string };

/** Microsoft: at most 20 in one question (directoryobject-checkmembergroups.md). */
export const mostCheckedGroups = 20;

/** The requests that find them, in their order. */
export function buildNamedGroupPath(group: GroupName): string {
  if ('id' in group) return `/groups/${encodeURIComponent(group.id)}?$select=${properties}`;
  const filter = encodeURIComponent(`displayName eq ${quoteText(group.name)}`);
  return `/groups?$filter=${filter}&$select=${properties}&$top=2`;
}

const properties = 'id,visibility';

/**
 * null: no group has the name, or two have, or it may not be read. The members of a group with hidden membership are left out
 * without a word for whoever lacks Member.Read.Hidden (microsoft-graph-docs 12285), which this pipeline does not ask for.
 */
export function parseNamedGroup({ status, body }: Pick<BatchAnswer, 'status' | 'body'>): GroupId | null {
  if (status !== 200 || !isFields(body)) return null;
  const found: unknown[] = Array.isArray(body.value) ? body.value : [body];
  const [group] = found;
  if (found.length !== 1 || !isFields(group) || typeof group.id !== 'string' || hidesMembers(group)) return null;
  return group.id;
}

/** A property that is left out may be anything. */
function hidesMembers({ visibility }: Fields): boolean {
  return visibility === undefined || visibility === 'HiddenMembership';
}

/** `groups`: at most `mostCheckedGroups`. */
export function buildMembershipCheck(id: UserId, groups: readonly GroupId[]): MembershipCheck & { units: number } {
  return {
    method: 'POST',
    url: `/users/${encodeURIComponent(id)}/checkMemberGroups`,
    body: { groupIds: groups },
    units: 4,
  };
}

/** The folded ids of those that it is in, be it by groups within them; null: it may not be read. */
export function parseMembershipCheck({ status, body }: Pick<BatchAnswer, 'status' | 'body'>): Set<string> | null {
  if (status !== 200 || !isFields(body) || !Array.isArray(body.value)) return null;
  return new Set(body.value.map((id) => foldId(String(id))));
}
