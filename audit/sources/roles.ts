// Directory roles: who holds one now, who may activate one, and who has it through a group.
import { RequestFailed } from '../../graph/failure.ts';
import { type Fields, fieldsOf, isFields, textOf, textOrNull } from '../../graph/fields.ts';
import type { RoleHolding } from '../../policy/evidence.ts';
import type { TenantReader } from './reader.ts';

export interface Roles {
  /** By user id, in lower case. */
  holdings: ReadonlyMap<string, readonly RoleHolding[]>;
  /** `unavailable`: no Entra ID P2, or no RoleEligibilitySchedule.Read.Directory. */
  eligibility: 'read' | 'unavailable';
}

/**
 * Assignments must be readable: without them nobody knows who is privileged. Eligibility may be missing, because a tenant
 * without P2 has none.
 */
export async function readRoles(reader: TenantReader): Promise<Roles> {
  const directory = '/roleManagement/directory';
  const list = (path: string) => reader.list({ source: 'roles', path: `${directory}${path}` });
  const [definitions, assignments, eligible, assignable] = await Promise.all([
    list('/roleDefinitions?$select=id,displayName'),
    list('/roleAssignments?$expand=principal'),
    list('/roleEligibilitySchedules?$expand=principal').catch(noneWithoutPremium),
    reader.list({ source: 'roles', path: roleAssignableGroups }),
  ]);
  const names = new Map(definitions.map(definition));
  const grants = [
    ...assignments.map((entry) => grantOf(entry, 'active', names)),
    ...(eligible ?? []).map((entry) => grantOf(entry, 'eligible', names)),
  ];
  const known = new Set(grants.map(({ principalId }) => principalId));
  grants.push(...assignable.map(membership).filter(({ principalId }) => !known.has(principalId)));
  return {
    holdings: await holdingsOf(reader, grants),
    eligibility: eligible === null ? 'unavailable' : 'read',
  };
}

/**
 * Entra protects the plain members of these groups like administrators, role or not: an app without an Entra role of its own
 * may not block them. So they are for a person to decide.
 */
const roleAssignableGroups = '/groups?$filter=isAssignableToRole eq true&$select=id,displayName&$top=999';

function membership(entry: unknown): Grant {
  const fields = fieldsOf(entry, 'GET /groups');
  const principalId = textOf(fields, 'id', 'GET /groups');
  const groupName = textOrNull(fields, 'displayName', 'GET /groups') ?? principalId;
  return { principalId, roleName: 'member of a role-assignable group', kind: 'active', groupName };
}

interface Grant {
  principalId: string;
  roleName: string;
  kind: RoleHolding['kind'];
  /** null: the principal is no group. */
  groupName: string | null;
}

/** 403 without the permission; 400 AadPremiumLicenseRequired without Entra ID P2. */
function noneWithoutPremium(error: unknown): null {
  const isRefused =
    error instanceof RequestFailed &&
    (error.status === 403 ||
      (error.status === 400 && /premium/i.test(`${error.graphCode} ${error.message}`)));
  if (isRefused) return null;
  throw error;
}

function definition(entry: unknown): [string, string] {
  const where = 'GET /roleManagement/directory/roleDefinitions';
  const fields = fieldsOf(entry, where);
  return [textOf(fields, 'id', where), textOf(fields, 'displayName', where)];
}

function grantOf(entry: unknown, kind: Grant['kind'], names: ReadonlyMap<string, string>): Grant {
  const where = `GET /roleManagement/directory (${kind})`;
  const fields = fieldsOf(entry, where);
  const roleDefinitionId = textOf(fields, 'roleDefinitionId', where);
  return {
    principalId: textOf(fields, 'principalId', where),
    roleName: names.get(roleDefinitionId) ?? roleDefinitionId,
    kind,
    groupName: groupNameOf(fields, where),
  };
}

function groupNameOf(fields: Fields, where: string): string | null {
  const principal = fields.principal;
  if (!isFields(principal) || principal['@odata.type'] !== '#microsoft.graph.group') return null;
  return textOrNull(principal, 'displayName', where) ?? textOf(principal, 'id', where);
}

async function holdingsOf(
  reader: TenantReader,
  grants: readonly Grant[],
): Promise<Map<string, RoleHolding[]>> {
  const groupIds = new Set(
    grants.filter(({ groupName }) => groupName !== null).map(({ principalId }) => principalId),
  );
  const members = new Map<string, string[]>();
  await Promise.all([...groupIds].map(async (id) => members.set(id, await membersOf(reader, id))));

  const holdings = new Map<string, RoleHolding[]>();
  for (const { principalId, roleName, kind, groupName } of grants) {
    for (const id of groupName === null ? [principalId] : (members.get(principalId) ?? [])) {
      const key = id.toLowerCase();
      const held = holdings.get(key) ?? [];
      held.push({ roleName, kind, viaGroup: groupName });
      holdings.set(key, held);
    }
  }
  return holdings;
}

/** Everybody in the group, also through groups in it; the groups and devices among them match no user's id. */
async function membersOf(reader: TenantReader, groupId: string): Promise<string[]> {
  const path = `/groups/${encodeURIComponent(groupId)}/transitiveMembers?$select=id&$top=999`;
  const members = await reader.list({ source: 'roles', path, units: 5 });
  return members.map((member) => textOf(fieldsOf(member, path), 'id', path));
}
