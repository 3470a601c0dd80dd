// What one identity may do in the directory, whoever is signed in: its app roles, and the Entra roles that it was assigned.
import { appRoles } from '../../bootstrap/app-roles.ts';
import type { PipelineIdentity } from '../../bootstrap/grants.ts';
import { type Fields, findText, getListOrEmpty, requireFields, requireText } from '../../graph/json-fields.ts';
import { listAll } from '../../graph/pages.ts';
import type { Transport } from '../../graph/transport.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { DoctorContext } from './context.ts';

/** null: no service principal has its client id. Throws a `RequestFailed` with status 403 without Directory.Read.All. */
export async function findPrincipalId(
  identity: PipelineIdentity,
  { connection, files }: DoctorContext,
): Promise<string | null> {
  const { clientId } = files.tenant.value[identity];
  const filter = encodeURIComponent(`appId eq '${clientId}'`);
  const path = `/servicePrincipals?$filter=${filter}&$select=id`;
  const [principal] = await listAll(connection.graph, { source: 'doctor', path });
  return principal === undefined ? null : requireText(requireFields(principal, path), 'id', path);
}

/** Names of the app roles that were granted to a service principal. */
export async function readAppRoles(principalId: string, { connection }: DoctorContext): Promise<string[]> {
  const { graph } = connection;
  const path = `/servicePrincipals/${principalId}/appRoleAssignments`;
  const assignments = await listAll(graph, { source: 'doctor', path });
  return Promise.all(assignments.map((assignment) => readAppRoleName(graph, requireFields(assignment, path), path)));
}

/** A role that is not in our table gets its name from the API that offers it: only the name says what it allows. */
async function readAppRoleName(graph: Transport, assignment: Fields, where: string): Promise<string> {
  const appRoleId = foldId(requireText(assignment, 'appRoleId', where));
  const known = Object.entries(appRoles).find(([, { id }]) => id === appRoleId)?.[0];
  if (known !== undefined) return known;
  const path = `/servicePrincipals/${requireText(assignment, 'resourceId', where)}?$select=appRoles`;
  const { body } = await graph.send({ source: 'doctor', path });
  const offered = getListOrEmpty(requireFields(body, path), 'appRoles', path).map((role) => requireFields(role, path));
  const role = offered.find((each) => foldId(findText(each, 'id', path) ?? '') === appRoleId);
  return (role && findText(role, 'value', path)) ?? appRoleId;
}

/** One assignment of an Entra role. */
export interface EntraRole {
  assignmentId: string;
  /** Of a built-in role Microsoft's template id, the same in every tenant. */
  roleId: string;
  displayName: string;
  /** Such as `microsoft.directory/users/delete`. */
  actions: readonly string[];
  /** `/`, `/administrativeUnits/{id}`, or `/{id}` of one object. */
  scope: string;
}

/** Those of the service principal itself; a role that it has through a role-assignable group is not among them. */
export async function readEntraRoles(principalId: string, { connection }: DoctorContext): Promise<EntraRole[]> {
  const filter = encodeURIComponent(`principalId eq '${principalId}'`);
  const path = `/roleManagement/directory/roleAssignments?$filter=${filter}&$expand=roleDefinition`;
  return (await listAll(connection.graph, { source: 'doctor', path })).map((assignment) =>
    parseEntraRole(requireFields(assignment, path), path),
  );
}

function parseEntraRole(assignment: Fields, where: string): EntraRole {
  const roleId = foldId(requireText(assignment, 'roleDefinitionId', where));
  // Deleted roles are said to be gone: their assignment has no definition to expand.
  const definition = assignment.roleDefinition === null ? {} : requireFields(assignment.roleDefinition, where);
  return {
    assignmentId: requireText(assignment, 'id', where),
    roleId,
    displayName: findText(definition, 'displayName', where) ?? roleId,
    actions: getListOrEmpty(definition, 'rolePermissions', where).flatMap((permission) =>
      getListOrEmpty(requireFields(permission, where), 'allowedResourceActions', where).map(String),
    ),
    scope: requireText(assignment, 'directoryScopeId', where),
  };
}
