// Of which groups an identity may change the members, and by what: by an app role or an Entra role of every group, or by an Entra
// role of some. Roles that it has through a group of its own, and groups that it owns, are not among them.
import { findText, requireFields, requireGuid } from '../../graph/json-fields.ts';
import { listAll } from '../../graph/pages.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { DoctorContext } from './context.ts';
import { type EntraRole, readAppRoles, readEntraRoles } from './directory-rights.ts';
import { changesGroupMembers } from './judge-entra-role.ts';

interface ReachedGroup {
  id: IdKey;
  /** The id, where the name may not be read. */
  displayName: string;
  by: EntraRole;
}

export interface GroupReach {
  /** App roles by which it changes the members of every group. */
  appRoles: readonly string[];
  /** Entra roles at the scope of the whole tenant. */
  everywhere: readonly EntraRole[];
  /** By Entra roles at an administrative unit or at one group. */
  groups: readonly ReachedGroup[];
  /** Those Entra roles. */
  scoped: readonly EntraRole[];
}

/** `DELETE /groups/{id}/members/{id}`: permissions.json of microsoft-graph-devx-content (permissions/new, 2026-08-07). */
const changesEveryGroup = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];

export async function readGroupReach(principalId: string, context: DoctorContext): Promise<GroupReach> {
  const [appRoles, entraRoles] = await Promise.all([
    readAppRoles(principalId, context),
    readEntraRoles(principalId, context),
  ]);
  const changing = entraRoles.filter(changesGroupMembers);
  const scoped = changing.filter(({ scope }) => scope !== '/');
  return {
    appRoles: appRoles.filter((appRole) => changesEveryGroup.includes(appRole)),
    everywhere: changing.filter(({ scope }) => scope === '/'),
    groups: (await Promise.all(scoped.map((role) => listGroupsInScope(role, context)))).flat(),
    scoped,
  };
}

async function listGroupsInScope(by: EntraRole, { connection }: DoctorContext): Promise<ReachedGroup[]> {
  const unitId = /^\/administrativeUnits\/([^/]+)$/i.exec(by.scope)?.[1];
  if (unitId === undefined) return [{ id: foldId(by.scope.slice(1)), displayName: by.scope.slice(1), by }];
  const path = `/directory/administrativeUnits/${unitId}/members`;
  return (await listAll(connection.graph, { source: 'doctor', path }))
    .map((member) => requireFields(member, path))
    .filter((member) => member['@odata.type'] === '#microsoft.graph.group')
    .map((group) => {
      const id = foldId(requireGuid(group, 'id', path));
      return { id, displayName: findText(group, 'displayName', path) ?? id, by };
    });
}
