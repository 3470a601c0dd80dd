// Groups that assign licences: their names, whether they take licences back once sign-in is blocked, and of those that
// policy.yaml names, what stands against taking people out of them. Each is read once, 20 in a round trip.
import { type GroupUsesReader, readAccessPolicies, readGroupWithUses } from '../../graph/group-uses.ts';
import type { Fields } from '../../graph/json-fields.ts';
import { buildGroupPath, findGroup, findGroupName } from '../../graph/license-group.ts';
import type { DynamicGroup } from '../../policy/evidence.ts';
import type { GroupId } from '../../policy/identifiers.ts';
import {
  findNamedGroup,
  type GroupObstacle,
  leavingProperties,
  listGroupObstacles,
} from '../../policy/licenses/license-groups.ts';
import { groupProperties, parseDynamicGroup } from '../../policy/licenses/membership-rule.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { AuditReader } from './reader.ts';

export interface LicenseGroups {
  /** Reads the groups that are not loaded yet. */
  load(ids: Iterable<GroupId>): Promise<void>;
  /** null: the group is gone, may not be read, or has no name. */
  findName(id: GroupId): string | null;
  /** null: it takes no licence back by itself. A group that may not be read counts as one that does. */
  findDynamicGroup(id: GroupId): DynamicGroup | null;
  /** null: policy.yaml does not name it; otherwise what stands against taking people out of it. */
  findObstacles(id: GroupId): readonly GroupObstacle[] | null;
  /** Groups whose membership rule could not be read. */
  countUnreadRules(): number;
}

export function createLicenseGroups(reader: AuditReader, policy: Pick<Policy, 'licenses'> = {}): LicenseGroups {
  const groups = new Map<GroupId, Fields | null>();
  const obstacles = new Map<GroupId, readonly GroupObstacle[]>();
  const usesReader = createUsesReader(reader);
  const findName = (id: GroupId) => findGroupName(groups.get(id) ?? null);
  const loadObstacles = async (id: GroupId) => {
    const named = findNamedGroup(policy, { id, displayName: findName(id) });
    if (named !== null)
      obstacles.set(id, listGroupObstacles(await readGroupWithUses(id, leavingProperties, usesReader), named));
  };
  const loading = new Map<GroupId, Promise<void>>();
  const loadAll = async (ids: readonly GroupId[]) => {
    for (const [id, group] of await readGroups(reader, ids, groupProperties)) groups.set(id, group);
    await Promise.all(ids.map(loadObstacles));
  };
  const findDynamicGroup = (id: GroupId) => parseDynamicGroup(groups.get(id) ?? null);
  return {
    async load(ids) {
      const wanted = [...new Set(ids)];
      const unknown = wanted.filter((id) => !loading.has(id));
      if (unknown.length > 0) {
        const loaded = loadAll(unknown);
        for (const id of unknown) loading.set(id, loaded);
      }
      // Pages come side by side: one that another's groups are being read for waits for all that is read of them.
      await Promise.all(wanted.map((id) => loading.get(id)));
    },
    findName,
    findObstacles: (id) => obstacles.get(id) ?? null,
    findDynamicGroup,
    countUnreadRules: () => [...groups.keys()].filter((id) => findDynamicGroup(id)?.membershipRule === null).length,
  };
}

function createUsesReader(reader: AuditReader): GroupUsesReader {
  let policies: ReturnType<typeof readAccessPolicies> | null = null;
  return {
    getMany: (paths) => reader.getMany('license groups', paths),
    listAccessPolicies: () => {
      policies ??= readAccessPolicies(reader.list);
      return policies;
    },
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
