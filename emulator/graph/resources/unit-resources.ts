// Rows for administrative units, whether they are restricted, and their members.
import { notFound } from '../../odata/errors.ts';
import type { AdministrativeUnit } from '../../tenant/directory.ts';
import { buildUnit } from '../directory-object.ts';
import { defineObjects, defineRelationship, numberIds } from './object-resource.ts';

const readUnits = ['AdministrativeUnit.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;
/** "The signed-in user must be a member user or be assigned a supported … role" (rbac-admin-units-apis-read.md). */
const readUnitsAsPerson = { permissions: readUnits, people: 'members' } as const;

const units = defineObjects<AdministrativeUnit>({
  path: '/directory/administrativeUnits',
  typeName: 'administrativeUnit',
  list: {
    permissions: readUnits,
    delegated: readUnitsAsPerson,
    units: 1,
    page: 'directory-list-administrativeunits.md',
    query: ['$count', '$expand', '$filter', '$search', '$select'],
  },
  get: { permissions: readUnits, delegated: readUnitsAsPerson, units: 1 },
  entries: ({ site }) => [...site.tenant.directory.administrativeUnits.values()],
  write: (unit, _view, select) => buildUnit(unit, select),
});

const unitMembers = defineRelationship({
  path: '/directory/administrativeUnits/{id}/members',
  list: {
    permissions: readUnits,
    delegated: readUnitsAsPerson,
    units: 1,
    page: 'administrativeunit-list-members.md',
    // Only as advanced queries.
    query: ['$count', '$filter', '$search'],
  },
  idsFrom: ({ site, id }, start) => {
    const unit = site.tenant.directory.administrativeUnits.get(id.toLowerCase());
    if (!unit) throw notFound(id);
    return numberIds(unit.members, start);
  },
});

export const unitResources = [units, unitMembers] as const;
