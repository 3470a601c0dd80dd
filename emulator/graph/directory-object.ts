// Directory objects of any type as Graph writes them: users, groups, applications, service principals, administrative units.
import { isRecord } from '../odata/filter-match.ts';
import { getProperties } from '../odata/schema.ts';
import type { AdministrativeUnit } from '../tenant/directory.ts';
import { listRoleDefinitions } from '../tenant/privilege.ts';
import type { RoleDefinition } from '../tenant/role-definitions.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { buildGroup, type RuleView } from './group-json.ts';
import { buildObject } from './stored-object.ts';
import { createUserWriter } from './user-json.ts';

/** The object of an id in any collection, with its @odata.type, or undefined. `view`: whether a group's rule is shown. */
export function findDirectoryObject(
  tenant: Tenant,
  id: string,
  select: readonly string[] | null = null,
  view: RuleView = tenant.switches.membershipRules,
): Record<string, unknown> | undefined {
  const person = tenant.people.find(id);
  if (person) {
    const user: unknown = JSON.parse(createUserWriter(tenant, { select, type: '#microsoft.graph.user' })(person));
    return isRecord(user) ? user : undefined;
  }
  const { groups, applications, servicePrincipals } = tenant.directory;
  const group = groups.get(id);
  if (group) {
    const written = buildGroup(tenant, group, { view, select: select && filterKnown('group', select) });
    return { '@odata.type': '#microsoft.graph.group', ...written };
  }
  const stores = [
    ['application', applications],
    ['servicePrincipal', servicePrincipals],
  ] as const;
  for (const [type, store] of stores) {
    const found = store.get(id);
    if (found)
      return {
        '@odata.type': `#microsoft.graph.${type}`,
        ...buildObject(type, found, select && filterKnown(type, select)),
      };
  }
  const unit = tenant.directory.administrativeUnits.get(id);
  if (!unit) return findRoleObject(tenant, id, select);
  const chosen = select && filterKnown('administrativeUnit', select);
  return { '@odata.type': '#microsoft.graph.administrativeUnit', ...buildUnit(unit, chosen) };
}

function findRoleObject({ directory }: Tenant, id: string, select: readonly string[] | null) {
  const role = listRoleDefinitions(directory).find((known) => known.isBuiltIn && known.id === id);
  if (!role) return undefined;
  const { id: roleId, ...properties } = buildDirectoryRole(role);
  const chosen = select && filterKnown('directoryRole', select);
  return {
    '@odata.type': '#microsoft.graph.directoryRole',
    ...buildObject('directoryRole', { id: String(roleId), properties }, chosen),
  };
}

/** A unit that is not restricted has null or false (administrativeUnit resource: the default null means false). */
export function buildUnit(
  { id, displayName, description = null, visibility = null, isMemberManagementRestricted }: AdministrativeUnit,
  select: readonly string[] | null,
): Record<string, unknown> {
  const properties = {
    deletedDateTime: null,
    description,
    displayName,
    isMemberManagementRestricted: isMemberManagementRestricted ? true : null,
    membershipRule: null,
    membershipRuleProcessingState: null,
    membershipType: null,
    visibility,
  };
  return buildObject('administrativeUnit', { id, properties }, select);
}

/** A role as `/directoryRoles` shows it. Its id is that of its template here. */
export function buildDirectoryRole({ id, displayName }: RoleDefinition): Record<string, unknown> {
  return { id, deletedDateTime: null, description: displayName, displayName, roleTemplateId: id };
}

/** An object id as the directory has it: a path or a body may have it in any case. */
export function foldObjectId({ people }: Tenant, id = ''): string {
  return people.find(id)?.id ?? id.toLowerCase();
}

/** Properties of a posted object that its type has; annotations and properties of other API versions are left out. */
export function pickKnownProperties(type: string, posted: Record<string, unknown>): Record<string, unknown> {
  const names = getProperties(type);
  return Object.fromEntries(Object.entries(posted).filter(([name]) => names[name] !== undefined && name !== 'id'));
}

/** Ids at the end of references like `https://…/directoryObjects/{id}`. */
export function parseReferencedIds(value: unknown): string[] {
  const links = Array.isArray(value) ? value : [value];
  return links.flatMap((link) => {
    const id = typeof link === 'string' ? link.split('/').at(-1) : undefined;
    return id ? [id.replace(/\)$/, '').replace(/^directoryObjects\('(.*)'$/, '$1')] : [];
  });
}

function filterKnown(type: string, select: readonly string[]): string[] {
  const names = getProperties(type);
  return select.filter((name) => names[name] !== undefined);
}
