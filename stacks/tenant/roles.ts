// Who holds a directory role now or may activate one, through groups too. Read once for many accounts: the guard asks it.
import { RequestFailed } from '../../graph/failure.ts';
import { fieldsOf, isFields, textOf, textOrNull } from '../../graph/fields.ts';
import { listAll } from '../../graph/pages.ts';
import type { Transport } from '../../graph/transport.ts';
import type { RoleHolding } from '../../policy/evidence.ts';

/** Holdings by user id, in lower case. */
export type Roles = ReadonlyMap<string, readonly RoleHolding[]>;

/** Throws `RequestFailed` when assignments or a group's members cannot be read: then nobody knows who is privileged. */
export async function readRoles(graph: Transport): Promise<Roles> {
  const list = (path: string) =>
    listAll(graph, { source: 'roles', path: `/roleManagement/directory/${path}` });
  const [definitions, assignments, eligible, assignable] = await Promise.all([
    list('roleDefinitions?$select=id,displayName'),
    list('roleAssignments?$expand=principal'),
    list('roleEligibilitySchedules?$expand=principal').catch(noneWithoutPremium),
    listAll(graph, { source: 'roles', path: roleAssignableGroups }),
  ]);
  const names = new Map(definitions.map(definition));
  const grants = [
    ...assignments.map((entry) => grantOf(entry, 'active', names)),
    ...eligible.map((entry) => grantOf(entry, 'eligible', names)),
  ];
  const known = new Set(grants.map(({ principalId }) => principalId));
  grants.push(...assignable.map(membership).filter(({ principalId }) => !known.has(principalId)));
  return holdingsOf(graph, grants);
}

/** Entra protects the plain members of these groups like administrators, so the apply could not block them anyway. */
const roleAssignableGroups = '/groups?$filter=isAssignableToRole eq true&$select=id,displayName&$top=999';

function membership(entry: unknown): Grant {
  const where = 'GET /groups';
  const fields = fieldsOf(entry, where);
  const principalId = textOf(fields, 'id', where);
  const viaGroup = textOrNull(fields, 'displayName', where) ?? principalId;
  return {
    principalId,
    holding: { roleName: 'member of a role-assignable group', kind: 'active', viaGroup },
  };
}

interface Grant {
  principalId: string;
  /** `viaGroup` names the principal where it is a group. */
  holding: RoleHolding;
}

/** A tenant without Entra ID P2 has no eligibility, and says so. A missing permission is no such answer: it ends the run. */
function noneWithoutPremium(error: unknown): unknown[] {
  const isRefused = error instanceof RequestFailed && (error.status === 400 || error.status === 403);
  if (isRefused && /premium/i.test(`${error.graphCode} ${error.message}`)) return [];
  throw error;
}

function definition(entry: unknown): [string, string] {
  const where = 'GET /roleManagement/directory/roleDefinitions';
  const fields = fieldsOf(entry, where);
  return [textOf(fields, 'id', where), textOf(fields, 'displayName', where)];
}

function grantOf(entry: unknown, kind: RoleHolding['kind'], names: ReadonlyMap<string, string>): Grant {
  const where = `GET /roleManagement/directory (${kind})`;
  const fields = fieldsOf(entry, where);
  const roleId = textOf(fields, 'roleDefinitionId', where);
  const { principal } = fields;
  const isGroup = isFields(principal) && principal['@odata.type'] === '#microsoft.graph.group';
  const viaGroup = isGroup ? (textOrNull(principal, 'displayName', where) ?? roleId) : null;
  const principalId = textOf(fields, 'principalId', where);
  return { principalId, holding: { roleName: names.get(roleId) ?? roleId, kind, viaGroup } };
}

async function holdingsOf(graph: Transport, grants: readonly Grant[]): Promise<Roles> {
  const groups = grants.filter(({ holding }) => holding.viaGroup !== null);
  const groupIds = [...new Set(groups.map(({ principalId }) => principalId))];
  const members = new Map(
    await Promise.all(groupIds.map(async (id) => [id, await membersOf(graph, id)] as const)),
  );
  const holdings = new Map<string, RoleHolding[]>();
  for (const { principalId, holding } of grants) {
    for (const id of members.get(principalId) ?? [principalId]) {
      const key = id.toLowerCase();
      holdings.set(key, [...(holdings.get(key) ?? []), holding]);
    }
  }
  return holdings;
}

/** Everybody in the group, also through groups in it; the groups and devices among them match no user's id. */
async function membersOf(graph: Transport, groupId: string): Promise<string[]> {
  const path = `/groups/${encodeURIComponent(groupId)}/transitiveMembers?$select=id&$top=999`;
  const members = await listAll(graph, { source: 'roles', path, units: 5 });
  return members.map((member) => textOf(fieldsOf(member, path), 'id', path));
}
