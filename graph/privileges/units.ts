// Restricted management units: their names and members. Each account says itself whether it is in one.
import type { ListAccess } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { findBoolean, findText, requireFields, requireText } from '../json-fields.ts';
import type { Listing, ListMany, ListRequest } from '../list-many.ts';
import type { Holding } from './holdings.ts';
import { judgeAccess, pickWorst, takeReadable } from './list-access.ts';
import type { AdministrativeUnit } from './role-grants.ts';

/** Needs AdministrativeUnit.Read.All. */
export const unitsRequest: ListRequest = {
  path: '/directory/administrativeUnits?$select=id,displayName,isMemberManagementRestricted',
};

/** By id; empty if they may not be read. */
export function readUnits(listing: Listing): Map<IdKey, AdministrativeUnit> {
  return new Map(
    takeReadable(listing)
      .map(readUnit)
      .map((unit) => [unit.id, unit]),
  );
}

interface RestrictedMembers {
  holdings: Holding[];
  access: ListAccess;
}

/** The members of a group in the unit are not restricted themselves; the group's own id matches no user. */
export async function readRestrictedMembers(
  list: ListMany,
  units: ReadonlyMap<IdKey, AdministrativeUnit>,
): Promise<RestrictedMembers> {
  const restricted = [...units.values()].filter(({ isRestricted }) => isRestricted);
  const listings = await list(restricted.map(buildMembersRequest));
  return {
    holdings: restricted.flatMap(({ name }, at) => {
      const listing = listings[at];
      const ids = listing === undefined ? [] : takeReadable(listing).map(readMemberId);
      return ids.map((id): Holding => ({ id, privilege: { kind: 'restricted-unit', unit: name } }));
    }),
    access: pickWorst(listings.map(judgeAccess)),
  };
}

function readUnit(entry: unknown): AdministrativeUnit {
  const where = 'GET /directory/administrativeUnits';
  const fields = requireFields(entry, where);
  const id = foldId(requireText(fields, 'id', where));
  return {
    id,
    name: findText(fields, 'displayName', where) ?? id,
    // null is the default and means no.
    isRestricted: findBoolean(fields, 'isMemberManagementRestricted', where) === true,
  };
}

function buildMembersRequest({ id }: AdministrativeUnit): ListRequest {
  return { path: `/directory/administrativeUnits/${encodeURIComponent(id)}/members` };
}

function readMemberId(entry: unknown): IdKey {
  const where = 'GET /directory/administrativeUnits/{id}/members';
  return foldId(requireText(requireFields(entry, where), 'id', where));
}
