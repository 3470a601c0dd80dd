// The groups that a policy names for their licences, as the tenant has them.
import { findBoolean, findText, getListOrEmpty, requireFields, requireGuid } from '../../graph/json-fields.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { foldId, type GroupId } from '../../policy/identifiers.ts';
import { type Finding, fail } from './check.ts';
import type { DoctorContext } from './context.ts';

/** What the policy says of groups that give licences. */
export interface NamedLicenseGroups {
  groups: readonly ({ id: GroupId } | { name: string })[];
  /** `tenant`: the apply may hold GroupMember.ReadWrite.All. */
  rights: 'scoped' | 'tenant';
}

/** The ids of groups that are named; a name that no group has, or two, is a problem. */
export async function resolveNames(
  { groups }: NamedLicenseGroups,
  context: DoctorContext,
): Promise<{ ids: GroupId[]; problems: Finding[] }> {
  const found = await Promise.all(
    groups.map(async (group) => ('id' in group ? { ids: [group.id], name: null } : findByName(group.name, context))),
  );
  const problems = found.flatMap(({ ids, name }) =>
    name === null || ids.length === 1
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
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
  const path = `/groups?$filter=${filter}&$select=id&$top=2`;
  const { body } = await connection.graph.send({ source: 'doctor', path });
  const found = getListOrEmpty(requireFields(body, path), 'value', path);
  return { ids: found.map((group) => requireGuid(requireFields(group, path), 'id', path)), name };
}

/** `obstacle`: why the role cannot change its members; null: it can. */
export async function readLicenseGroup(
  id: GroupId,
  { connection }: DoctorContext,
): Promise<{ displayName: string; obstacle: string | null }> {
  const select = 'id,displayName,groupTypes,securityEnabled,mailEnabled,onPremisesSyncEnabled,isAssignableToRole';
  const path = `/groups/${id}?$select=${select}`;
  const { body } = await connection.graph.send({ source: 'doctor', path }).catch((error: unknown) => {
    if (error instanceof RequestFailed && error.status === 404) return { body: null };
    throw error;
  });
  if (body === null) return { displayName: id, obstacle: 'there is no such group' };
  const group = requireFields(body, path);
  const types = getListOrEmpty(group, 'groupTypes', path);
  const obstacles: [boolean, string][] = [
    [types.includes('DynamicMembership'), 'a rule finds its members'],
    [types.includes('Unified'), 'it is a Microsoft 365 group'],
    [findBoolean(group, 'onPremisesSyncEnabled', path) === true, 'its members come from Active Directory'],
    [findBoolean(group, 'isAssignableToRole', path) === true, 'it may hold an Entra role'],
    [findBoolean(group, 'mailEnabled', path) === true, 'Exchange manages it'],
    [findBoolean(group, 'securityEnabled', path) === false, 'it is not a security group'],
  ];
  const [obstacle = null] = obstacles.filter(([isSo]) => isSo).map(([, why]) => why);
  return { displayName: findText(group, 'displayName', path) ?? id, obstacle };
}
