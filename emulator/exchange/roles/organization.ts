// Exchange's access control: roles, role groups, assignments, scopes, and its own pointers to Entra's service principals.
import { builtInRoles } from './built-in-roles.ts';

export interface ManagementRole {
  readonly name: string;
  /** null: a built-in role, which is never changed. */
  readonly parent: string | null;
  /** Parameters by cmdlet. */
  readonly entries: Map<string, readonly string[]>;
}

export interface RoleAssignment {
  readonly name: string;
  readonly role: string;
  /** A role group's name, or the object id of a service principal. */
  readonly assignee: string;
  readonly scope: string | null;
}

interface RegisteredPrincipal {
  readonly appId: string;
  readonly objectId: string;
  readonly displayName: string;
}

export interface ExchangeOrganization {
  /** True until the organisation's shared objects are customised (Enable-OrganizationCustomization). */
  isDehydrated: boolean;
  readonly roles: Map<string, ManagementRole>;
  /** Members of each role group, by object id. */
  readonly groups: Map<string, Set<string>>;
  readonly assignments: Map<string, RoleAssignment>;
  /** The filter of each scope. */
  readonly scopes: Map<string, string>;
  readonly principals: RegisteredPrincipal[];
}

export function createExchangeOrganization(): ExchangeOrganization {
  const roles = builtInRoles.map(({ name, entries }) => [name, { name, parent: null, entries }] as const);
  return {
    isDehydrated: true,
    roles: new Map(roles),
    groups: new Map(),
    assignments: new Map(),
    scopes: new Map(),
    principals: [],
  };
}

/** Parameters by cmdlet, all in lower case; null: every parameter. */
export type RoleEntries = ReadonlyMap<string, ReadonlySet<string> | null>;

/** The cmdlets that a service principal may run by its role groups. */
export function collectRoleEntries(
  { groups, assignments, roles }: ExchangeOrganization,
  objectId: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = new Map<string, Set<string>>();
  for (const { role, assignee } of assignments.values()) {
    if (!groups.get(assignee)?.has(objectId)) continue;
    for (const [cmdlet, parameters] of roles.get(role)?.entries ?? []) {
      const allowed = entries.get(cmdlet.toLowerCase()) ?? new Set();
      for (const parameter of parameters) allowed.add(parameter.toLowerCase());
      entries.set(cmdlet.toLowerCase(), allowed);
    }
  }
  return entries;
}

/** The key of a name in a map, whatever its case. */
export function findKey(map: ReadonlyMap<string, unknown>, name: string): string | undefined {
  return [...map.keys()].find((key) => key.toLowerCase() === name.toLowerCase());
}
