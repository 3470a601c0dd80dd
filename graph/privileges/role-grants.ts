// Who has a directory role, active or eligible: entries of roleAssignments and roleEligibilitySchedules. Pure.
import type { RoleScope } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { type Fields, findText, isFields, requireFields, requireText } from '../json-fields.ts';

/** `unknown`: Graph left `principal` out, so it may be a group. */
type PrincipalKind = 'group' | 'other' | 'unknown';

export interface Principal {
  principalId: IdKey;
  principal: PrincipalKind;
  /** Empty where Graph does not say. */
  principalName: string;
}

export interface RoleGrant extends Principal {
  roleName: string;
  kind: 'active' | 'eligible';
  scope: RoleScope | null;
}

export interface AdministrativeUnit {
  id: IdKey;
  name: string;
  isRestricted: boolean;
}

interface RoleNames {
  roles: ReadonlyMap<IdKey, string>;
  units: ReadonlyMap<IdKey, AdministrativeUnit>;
}

export function readRoleGrant(entry: unknown, kind: RoleGrant['kind'], { roles, units }: RoleNames): RoleGrant {
  const where = `GET /roleManagement/directory (${kind})`;
  const fields = requireFields(entry, where);
  // The metadata allows null; a role without an id still counts as a role.
  const roleId = findText(fields, 'roleDefinitionId', where) ?? 'a role without an id';
  return {
    ...readPrincipal(fields, where),
    roleName: roles.get(foldId(roleId)) ?? roleId,
    kind,
    scope: readScope(fields, units, where),
  };
}

/** `principalId`, with what an expanded `principal` says. Throws without an id: then it is unknown who is privileged. */
export function readPrincipal(fields: Fields, where: string): Principal {
  const principal = isFields(fields.principal) ? fields.principal : {};
  const id = findText(fields, 'principalId', where) ?? requireText(principal, 'id', where);
  return {
    principalId: foldId(id),
    principal: parseKind(principal['@odata.type']),
    principalName: findText(principal, 'displayName', where) ?? '',
  };
}

export function parseKind(type: unknown): PrincipalKind {
  if (typeof type !== 'string') return 'unknown';
  return type.toLowerCase() === '#microsoft.graph.group' ? 'group' : 'other';
}

function readScope(fields: Fields, units: RoleNames['units'], where: string): RoleScope | null {
  const scope = findText(fields, 'directoryScopeId', where) ?? '/';
  const id = /^\/administrativeUnits\/([^/]+)$/i.exec(scope)?.[1];
  if (id === undefined) return null;
  const unit = units.get(foldId(id));
  return { unit: unit?.name ?? foldId(id), isRestricted: unit?.isRestricted ?? false };
}
