// Who is signed in, with which roles, and in which company: the first requests of a look.
import { isFields } from '../json-fields.ts';
import { listAll } from '../pages.ts';
import { RequestFailed } from '../request-failed.ts';
import type { Transport } from '../transport.ts';
import type { DirectoryRole } from './directory-roles.ts';

/**
 * Roles that are held now for the whole tenant, directly or by a group. User.Read lists them (user-list-transitivememberof.md), but a
 * caller who may not read roles gets them without a name ("Limited information returned for inaccessible member objects"): null, as
 * where the list is refused.
 */
export async function readOwnRoles(graph: Transport): Promise<DirectoryRole[] | null> {
  const path = '/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId&$count=true';
  const found = await readUnlessRefused(() =>
    listAll(graph, { source: 'sign-in', path, headers: { ConsistencyLevel: 'eventual' } }),
  );
  const roles = found?.filter(isFields).map(({ roleTemplateId, displayName }) => {
    if (typeof roleTemplateId !== 'string') return null;
    return { templateId: roleTemplateId, displayName: typeof displayName === 'string' ? displayName : roleTemplateId };
  });
  if (roles === undefined || roles.includes(null)) return null;
  return roles.filter((role) => role !== null);
}

export interface Organization {
  displayName: string;
  /** Verified domains, the default one first. */
  domains: readonly string[];
}

/** With User.Read alone Graph tells the name and the domains (organization-get.md). null: it may not be read. */
export async function readOrganization(graph: Transport): Promise<Organization | null> {
  const [found] =
    (await readUnlessRefused(() =>
      listAll(graph, { source: 'sign-in', path: '/organization?$select=id,displayName,verifiedDomains' }),
    )) ?? [];
  if (!isFields(found)) return null;
  const domains = (Array.isArray(found.verifiedDomains) ? found.verifiedDomains : []).filter(isFields);
  const names = domains
    .toSorted((a, b) => Number(b.isDefault === true) - Number(a.isDefault === true))
    .flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  return { displayName: String(found.displayName ?? ''), domains: names };
}

async function readUnlessRefused<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RequestFailed && error.status !== null && error.status < 500) return null;
    throw error;
  }
}
