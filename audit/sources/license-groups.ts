// Groups that assign licences: their names, and whether they take licences back once sign-in is blocked. Each is read once,
// 20 in a round trip.
import type { BatchAnswer } from '../../graph/batch.ts';
import { type Fields, isFields } from '../../graph/json-fields.ts';
import type { DynamicGroup } from '../../policy/evidence.ts';
import { groupProperties, parseDynamicGroup } from '../../policy/licenses/membership-rule.ts';
import type { AuditReader } from './reader.ts';

export interface LicenseGroups {
  /** Reads the groups that are not loaded yet. */
  load(ids: Iterable<string>): Promise<void>;
  /** null: the group is gone, may not be read, or has no name. */
  findName(id: string): string | null;
  /** null: it takes no licence back by itself. A group that may not be read counts as one that does. */
  findDynamicGroup(id: string): DynamicGroup | null;
  /** Groups whose membership rule could not be read. */
  countUnreadRules(): number;
}

export function createLicenseGroups(reader: AuditReader): LicenseGroups {
  const groups = new Map<string, Fields | null>();
  const findDynamicGroup = (id: string) => parseDynamicGroup(groups.get(id) ?? null);
  return {
    async load(ids) {
      const unknown = [...new Set(ids)].filter((id) => !groups.has(id));
      if (unknown.length === 0) return;
      for (const [id, group] of await readGroups(reader, unknown, [...names, ...groupProperties]))
        groups.set(id, group);
    },
    findName: (id) => parseName(groups.get(id) ?? null),
    findDynamicGroup,
    countUnreadRules: () => [...groups.keys()].filter((id) => findDynamicGroup(id)?.membershipRule === null).length,
  };
}

const names = ['id', 'displayName'];

/** Without permission to read the rule the whole request may be refused, so the name is then read alone. */
async function readGroups(
  reader: AuditReader,
  ids: readonly string[],
  select: readonly string[],
): Promise<Map<string, Fields | null>> {
  const paths = ids.map((id) => `/groups/${encodeURIComponent(id)}?$select=${select.join(',')}`);
  const answers = await reader.getMany('license groups', paths);
  const groups = new Map(ids.map((id, at) => [id, parseGroup(answers[at])]));
  const refused = ids.filter((_, at) => answers[at]?.status === 403);
  if (refused.length === 0 || select === names) return groups;
  return new Map([...groups, ...(await readGroups(reader, refused, names))]);
}

function parseGroup(answer: BatchAnswer | undefined): Fields | null {
  return answer?.status === 200 && isFields(answer.body) ? answer.body : null;
}

/** Names are only shown, so an unusable one counts as none. */
function parseName(group: Fields | null): string | null {
  const name = group?.displayName;
  return typeof name === 'string' && name !== '' ? name : null;
}
