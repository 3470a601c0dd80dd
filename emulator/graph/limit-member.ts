// Hides the properties of a member whose type the caller may not read.
import { type Caller, hasPermission } from '../entra/caller.ts';

const READERS: Readonly<Record<string, readonly string[]>> = {
  '#microsoft.graph.user': ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All'],
  '#microsoft.graph.group': [
    'GroupMember.Read.All',
    'Group.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.ReadWrite.All',
  ],
  '#microsoft.graph.directoryRole': ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory'],
  '#microsoft.graph.application': ['Application.Read.All', 'Application.ReadWrite.All'],
  '#microsoft.graph.servicePrincipal': ['Application.Read.All', 'Application.ReadWrite.All'],
  '#microsoft.graph.administrativeUnit': ['AdministrativeUnit.Read.All', 'AdministrativeUnit.ReadWrite.All'],
};
const READ_ALL = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/**
 * "Members of that type are returned but with limited information": the type and the id, all else null ("Limited
 * information returned for inaccessible member objects", permissions overview of Graph).
 */
export function limitMember(caller: Caller, member: Record<string, unknown>): Record<string, unknown> {
  const readers = READERS[String(member['@odata.type'])];
  if (!readers || [...readers, ...READ_ALL].some((permission) => hasPermission(caller, permission))) return member;
  const isShown = (name: string) => name === 'id' || name === '@odata.type';
  // A collection is never null itself (the metadata).
  const limit = (value: unknown) => (Array.isArray(value) ? [] : null);
  return Object.fromEntries(
    Object.entries(member).map(([name, value]) => [name, isShown(name) ? value : limit(value)]),
  );
}
