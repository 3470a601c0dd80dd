// Groups that assign licences: their names, and whether they take licences back once sign-in is blocked. Each is read once,
// 20 in a round trip.
import type { Fields } from '../../graph/json-fields.ts';
import { buildGroupPath, findGroup, findGroupName } from '../../graph/license-group.ts';
import type { DynamicGroup } from '../../policy/evidence.ts';
import type { GroupId } from '../../policy/identifiers.ts';
import { groupProperties, parseDynamicGroup } from '../../policy/licenses/membership-rule.ts';
import type { AuditReader } from './reader.ts';

export interface LicenseGroups {
  /** Reads the groups that are not loaded yet. */
  load(ids: Iterable<GroupId>): Promise<void>;
  /** null: the group is gone, may not be read, or has no name. */
  findName(id: GroupId): string | null;
  /** null: it takes no licence back by itself. A group that may not be read counts as one that does. */
  findDynamicGroup(id: GroupId): DynamicGroup | null;
  /** Groups whose membership rule could not be read. */
  countUnreadRules(): number;
}

export function createLicenseGroups(reader: AuditReader): LicenseGroups {
  const groups = new Map<GroupId, Fields | null>();
  const findDynamicGroup = (id: GroupId) => parseDynamicGroup(groups.get(id) ?? null);
  return {
    async load(ids) {
      const unknown = [...new Set(ids)].filter((id) => !groups.has(id));
      if (unknown.length === 0) return;
      for (const [id, group] of await readGroups(reader, unknown, groupProperties)) groups.set(id, group);
    },
    findName: (id) => findGroupName(groups.get(id) ?? null),
    findDynamicGroup,
    countUnreadRules: () => [...groups.keys()].filter((id) => findDynamicGroup(id)?.membershipRule === null).length,
  };
}

/** Without permission to read the rule the whole request may be refused, so the name is then read alone. */
async function readGroups(
  reader: AuditReader,
  ids: readonly GroupId[],
  more: readonly string[],
): Promise<Map<GroupId, Fields | null>> {
  const paths = ids.map((id) => buildGroupPath(id, more));
  const answers = await reader.getMany('license groups', paths);
  const groups = new Map(ids.map((id, at) => [id, findGroup(answers[at])]));
  const refused = ids.filter((_, at) => answers[at]?.status === 403);
  if (refused.length === 0 || more.length === 0) return groups;
  return new Map([...groups, ...(await readGroups(reader, refused, []))]);
}
