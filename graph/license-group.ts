// One entry of GET /groups that gives a licence, for audit and apply. An identity that may read only names still gets those.
import type { GroupId } from '../policy/identifiers.ts';
import type { BatchAnswer } from './batch.ts';
import { type Fields, isFields } from './json-fields.ts';
import { quoteText } from './quote-text.ts';

/** `more`: without permission for them Graph may refuse the whole request. */
export function buildGroupPath(id: GroupId, more: readonly string[]): string {
  return `/groups/${encodeURIComponent(id)}?$select=${['id', 'displayName', ...more].join(',')}`;
}

/** null: the group is gone, or may not be read. */
export function findGroup(answer: BatchAnswer | undefined): Fields | null {
  return answer?.status === 200 && isFields(answer.body) ? answer.body : null;
}

/** Names are only shown, so an unusable one counts as none. */
export function findGroupName(group: Fields | null): string | null {
  const name = group?.displayName;
  return typeof name === 'string' && name !== '' ? name : null;
}

/** At most two groups of this name, to know whether it is the only one. */
export function buildNamesakesPath(name: string): string {
  const filter = encodeURIComponent(`displayName eq ${quoteText(name)}`);
  return `/groups?$filter=${filter}&$select=id&$top=2`;
}

/** Whether another group has the name. What may not be read counts as another. */
export function hasNamesake(answer: BatchAnswer | undefined): boolean {
  const { body } = answer ?? {};
  return answer?.status !== 200 || !isFields(body) || !Array.isArray(body.value) || body.value.length !== 1;
}
