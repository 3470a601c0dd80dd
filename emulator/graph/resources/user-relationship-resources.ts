// Rows for what belongs to one person: the manager, direct reports, what the person owns, and licences.
import type { Person } from '../../tenant/person.ts';
import { findSku } from '../../tenant/skus.ts';
import { type CallFacts, everyOption } from '../calls/call.ts';
import { createUserWriter } from '../user-json.ts';
import { listVisibleLicenses } from '../user-properties.ts';
import { defineObjects, defineRelationship, numberIds } from './object-resource.ts';
import type { Resource } from './resource.ts';
import { createPersonReader, readAsPerson, readUsers, requirePerson } from './user-resources.ts';

const manager: Resource<Person> = {
  path: '/users/{id}/manager',
  typeName: 'directoryObject',
  isSingle: true,
  get: {
    permissions: readUsers,
    delegated: readAsPerson,
    units: 1,
    page: 'user-list-manager.md',
    query: ['$expand', '$select'],
  },
  listFrom: () => [],
  find: (view) => {
    const { managerId } = requirePerson(view);
    return managerId === null ? undefined : view.site.tenant.people.find(managerId);
  },
  createWriter: ({ site, query }) =>
    createUserWriter(site.tenant, { select: query.select, type: '#microsoft.graph.user' }),
  createReader: createPersonReader,
};

const directReports = defineRelationship({
  path: '/users/{id}/directReports',
  list: {
    permissions: readUsers,
    delegated: readAsPerson,
    units: 1,
    page: 'user-list-directreports.md',
    query: everyOption,
  },
  *idsFrom(view, start) {
    const { people } = view.site.tenant;
    const { id } = requirePerson(view);
    for (let index = start; index < people.size; index += 1) {
      if (!people.has(index)) continue;
      const person = people.get(index);
      if (person.managerId === id && !people.findChanged(index)?.leavesOut.includes('manager'))
        yield [index, person.id];
    }
  },
});

const ownedObjects = defineRelationship({
  path: '/users/{id}/ownedObjects',
  list: {
    permissions: readUsers,
    delegated: readAsPerson,
    units: 1,
    page: 'user-list-ownedobjects.md',
    query: everyOption,
  },
  idsFrom: (view, start) => {
    const { id } = requirePerson(view);
    const { groups, applications, servicePrincipals } = view.site.tenant.directory;
    const all = [...groups.values(), ...applications.values(), ...servicePrincipals.values()];
    const owned = all.filter(({ owners }) => owners.has(id));
    return numberIds(
      owned.map((object) => object.id),
      start,
    );
  },
});

const readLicenses: CallFacts = {
  permissions: ['LicenseAssignment.Read.All', ...readUsers],
  delegated: { permissions: ['LicenseAssignment.Read.All', ...readUsers], people: 'members' },
  units: 1,
  page: 'user-list-licensedetails.md',
  query: ['$select'],
};

/** The products of one person with the state of each plan (licensedetails.md). Its ids are opaque. */
const licenseDetails = defineObjects({
  path: '/users/{id}/licenseDetails',
  typeName: 'licenseDetails',
  list: readLicenses,
  get: readLicenses,
  entries: (view) => listVisibleLicenses(requirePerson(view), view.site.tenant),
  write: ({ skuId, disabledPlans }, view, select) => {
    const sku = findSku(skuId);
    const details: Record<string, unknown> = {
      id: Buffer.from(`${requirePerson(view).id} ${skuId}`).toString('base64url'),
      skuId,
      skuPartNumber: sku?.skuPartNumber ?? null,
      servicePlans: (sku?.plans ?? []).map((plan) => ({
        ...plan,
        appliesTo: 'User',
        provisioningStatus: disabledPlans.includes(plan.servicePlanId) ? 'Disabled' : 'Success',
      })),
    };
    return select === null ? details : Object.fromEntries(select.map((name) => [name, details[name] ?? null]));
  },
});

export const userRelationshipResources = [manager, directReports, ownedObjects, licenseDetails] as const;
