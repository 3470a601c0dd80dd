// The groups that a policy names for their licences, as the tenant has them.
import { getListOrEmpty, requireFields, requireGuid } from '../../graph/json-fields.ts';
import { buildGroupPath, buildNamesakesPath, findGroupName } from '../../graph/license-group.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { foldId, type GroupId } from '../../policy/identifiers.ts';
import { leavingProperties, listGroupObstacles } from '../../policy/licenses/license-groups.ts';
import { describeGroupObstacle } from '../../policy/words/describe-group.ts';
import { type Finding, fail } from './check.ts';
import type { DoctorContext } from './context.ts';

/** What the policy says of groups that give licences. */
export interface NamedLicenseGroups {
  groups: readonly ({ id: GroupId } | { name: string })[];
  /** `tenant`: the apply may hold GroupMember.ReadWrite.All. */
  rights: 'scoped' | 'tenant';
}

/**
 * The ids of groups that are named; a name that two groups have is a problem, and so is one that no group has, unless
 * other stacks share the policy.
 */
export async function resolveNames(
  { groups }: NamedLicenseGroups,
  { context, isShared }: { context: DoctorContext; isShared: boolean },
): Promise<{ ids: GroupId[]; problems: Finding[] }> {
  const found = await Promise.all(
    groups.map(async (group) => ('id' in group ? { ids: [group.id], name: null } : findByName(group.name, context))),
  );
  const problems = found.flatMap(({ ids, name }) =>
    name === null || ids.length === 1 || (ids.length === 0 && isShared)
      ? []
      : [
          {
            ...fail(
              ids.length === 0
                ? 'the policy names it, and no group has this name'
                : 'more than one group has this name',
              'name it by its id in licenses.groups of policy/policy.yaml',
            ),
            about: name,
          },
        ],
  );
  const known = found.flatMap(({ ids }) => (ids.length === 1 ? ids : []));
  return { ids: [...new Map(known.map((id) => [foldId(id), id])).values()], problems };
}

/** At most two ids. */
async function findByName(
  name: string,
  { connection }: DoctorContext,
): Promise<{ ids: readonly GroupId[]; name: string }> {
  const path = buildNamesakesPath(name);
  const { body } = await connection.graph.send({ source: 'doctor', path });
  const found = getListOrEmpty(requireFields(body, path), 'value', path);
  return { ids: found.map((group) => requireGuid(requireFields(group, path), 'id', path)), name };
}

/** What it gives besides licences is the policy's business, and not asked here. */
const noUses = { applications: [], policies: [], groups: [] };

export interface NamedGroupFound {
  id: GroupId;
  /** The id, where it is gone or has none. */
  displayName: string;
  isGone: boolean;
  /** Why nobody can change its members, for a sentence that begins with the group; null: the role can. */
  obstacle: string | null;
}

export async function readLicenseGroup(id: GroupId, { connection }: DoctorContext): Promise<NamedGroupFound> {
  const path = buildGroupPath(id, leavingProperties);
  const { body } = await connection.graph.send({ source: 'doctor', path }).catch((error: unknown) => {
    if (error instanceof RequestFailed && error.status === 404) return { body: null };
    throw error;
  });
  if (body === null) return { id, displayName: id, isGone: true, obstacle: 'is not in the tenant' };
  const group = requireFields(body, path);
  const [obstacle] = listGroupObstacles({ group, uses: noUses, hasNamesake: false }, { id, givesMore: 'accepted' });
  return {
    id,
    displayName: findGroupName(group) ?? id,
    isGone: false,
    obstacle: obstacle === undefined ? null : describeGroupObstacle(obstacle),
  };
}
