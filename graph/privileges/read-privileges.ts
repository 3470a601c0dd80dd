// Who is privileged: active and eligible roles, groups that lead to roles, restricted management units. The audit judges by
// it, and the apply reads it again before it writes.
import { DormantError } from '../../policy/errors.ts';
import type { PrivilegeAccess, RoleHolding } from '../../policy/evidence.ts';
import { foldId, type IdKey, type UserId } from '../../policy/identifiers.ts';
import { findText, requireFields, requireText } from '../json-fields.ts';
import { type Listing, type ListMany, requireEntries } from '../list-many.ts';
import { type Candidate, pickGroups, readGroups } from './groups.ts';
import { collectMembers, collectOwnersAndEligible, collectRoles, type Holding } from './holdings.ts';
import { judgeAccess, pickWorst, takeReadable } from './list-access.ts';
import { type AdministrativeUnit, type RoleGrant, readRoleGrant } from './role-grants.ts';
import { readRestrictedMembers, readUnits, unitsRequest } from './units.ts';

export interface Privileges {
  access: PrivilegeAccess;
  /** Why the account is privileged; empty if it is not, as far as `access` allows to see. */
  lookUp(account: { id: UserId; isManagementRestricted: boolean }): readonly RoleHolding[];
}

/** Throws if assignments, role-assignable groups or their people may not be read: then it is unknown who is privileged. */
export async function readPrivileges(list: ListMany): Promise<Privileges> {
  const first = await readFirstLists(list);
  const units = readUnits(first.units);
  const grants = readGrants(first, units);
  const assignable = requireEntries(first.assignable).map(readGroup);
  const [{ groups, eligibility }, restricted] = await Promise.all([
    readGroups(list, [...assignable, ...pickGroups(grants)]),
    readRestrictedMembers(list, units),
  ]);
  await requireGone(
    list,
    assignable.filter(({ id }) => !groups.has(id)),
  );
  const holdings = [
    ...collectRoles(grants, groups),
    ...collectMembers(
      assignable.map(({ id }) => id),
      grants,
      groups,
    ),
    ...collectOwnersAndEligible(groups),
    ...restricted.holdings,
  ];
  return {
    access: {
      roleEligibility: judgeAccess(first.eligible),
      groupEligibility: eligibility,
      restrictedUnits: pickWorst([judgeAccess(first.units), restricted.access]),
    },
    lookUp: createLookup(holdings),
  };
}

const assignableRequest = {
  path: `/groups?$filter=${encodeURIComponent('isAssignableToRole eq true')}&$select=id,displayName&$top=999`,
};

/**
 * A group that was listed and is not found has been deleted since, or a replica is behind: then it is there, and unknown who is
 * in it. The list of now tells, and throws if it still has the group.
 */
async function requireGone(list: ListMany, missing: readonly Candidate[]): Promise<void> {
  if (missing.length === 0) return;
  const [again] = await list([assignableRequest]);
  const listed = new Set(again === undefined ? [] : requireEntries(again).map((entry) => readGroup(entry).id));
  const [there] = missing.filter(({ id }) => listed.has(id));
  if (there === undefined) return;
  throw new DormantError(
    'unexpected-answer',
    `Graph lists the group ${there.name} as one with roles, and does not find it: who is in it is privileged, and not known.`,
    {
      where: `GET /groups/${there.id}/transitiveMembers`,
      remedy:
        'Run it again in a few minutes. A group that is new, or was just deleted, is not seen everywhere at once.',
    },
  );
}

interface FirstLists {
  definitions: Listing;
  assignments: Listing;
  eligible: Listing;
  assignable: Listing;
  units: Listing;
}

async function readFirstLists(list: ListMany): Promise<FirstLists> {
  const directory = '/roleManagement/directory';
  const [definitions, assignments, eligible, assignable, units] = await list([
    // Includes every permission of every role: its page documents no $select.
    { path: `${directory}/roleDefinitions` },
    { path: `${directory}/roleAssignments?$expand=principal` },
    { path: `${directory}/roleEligibilitySchedules?$expand=principal` },
    assignableRequest,
    unitsRequest,
  ]);
  if (!definitions || !assignments || !eligible || !assignable || !units)
    throw new Error('A list of privileges was asked for and has no answer.');
  return { definitions, assignments, eligible, assignable, units };
}

function readGrants(
  { definitions, assignments, eligible }: FirstLists,
  units: ReadonlyMap<IdKey, AdministrativeUnit>,
): RoleGrant[] {
  const names = { roles: new Map(requireEntries(definitions).map(readRoleName)), units };
  return [
    ...requireEntries(assignments).map((entry) => readRoleGrant(entry, 'active', names)),
    ...takeReadable(eligible).map((entry) => readRoleGrant(entry, 'eligible', names)),
  ];
}

function readRoleName(entry: unknown): [IdKey, string] {
  const where = 'GET /roleManagement/directory/roleDefinitions';
  const fields = requireFields(entry, where);
  const id = requireText(fields, 'id', where);
  return [foldId(id), findText(fields, 'displayName', where) ?? id];
}

function readGroup(entry: unknown): Candidate {
  const fields = requireFields(entry, 'GET /groups');
  const id = foldId(requireText(fields, 'id', 'GET /groups'));
  return { id, name: findText(fields, 'displayName', 'GET /groups') ?? id };
}

function createLookup(holdings: readonly Holding[]): Privileges['lookUp'] {
  const byId = Map.groupBy(holdings, ({ id }) => id);
  return ({ id, isManagementRestricted }) => {
    const found = (byId.get(foldId(id)) ?? []).map(({ privilege }) => privilege);
    const isUnnamed = isManagementRestricted && !found.some(({ kind }) => kind === 'restricted-unit');
    return isUnnamed ? [...found, { kind: 'restricted-unit', unit: null }] : found;
  };
}
