// Who is in one privileged group, who owns it, and who may become either by PIM for Groups.
import type { ListAccess } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { findText, requireFields, requireText } from '../json-fields.ts';
import { type Listing, type ListRequest, requireEntries } from '../list-many.ts';
import { judgeAccess, takeReadable } from './list-access.ts';
import { type Principal, parseKind, readPrincipal } from './role-grants.ts';

type EligiblePrincipal = Principal & { as: 'member' | 'owner' };

export interface GroupPeople {
  /** Including the members of groups in it. Groups and devices among them match no user's id. */
  members: readonly IdKey[];
  /** The groups among the members. */
  nested: readonly { id: IdKey; name: string }[];
  owners: readonly IdKey[];
  eligible: readonly EligiblePrincipal[];
  /** Of `eligible`. */
  access: ListAccess;
}

/** Owners need their own list: `$expand=owners` ends at 20. The filter of PIM for Groups takes one group at a time. */
export function listGroupRequests(groupId: IdKey): ListRequest[] {
  const id = encodeURIComponent(groupId);
  const filter = encodeURIComponent(`groupId eq '${groupId}'`);
  return [
    { path: `/groups/${id}/transitiveMembers?$select=id,displayName&$top=999`, units: 5 },
    { path: `/groups/${id}/owners?$select=id&$top=999` },
    { path: `${eligibilitySchedules}?$filter=${filter}&$expand=principal` },
  ];
}

const eligibilitySchedules = '/identityGovernance/privilegedAccess/group/eligibilitySchedules';

/**
 * From the answers to `listGroupRequests`; null: there is no such group. Throws if members or owners may not be read,
 * because then it is unknown who is privileged.
 */
export function readGroupPeople([members, owners, eligible]: readonly Listing[]): GroupPeople | null {
  if (members === undefined || owners === undefined || eligible === undefined) return null;
  if (isGone(members) || isGone(owners)) return null;
  const inside = requireEntries(members).map(readMember);
  return {
    members: inside.map(({ id }) => id),
    nested: inside.filter(({ isGroup }) => isGroup),
    owners: requireEntries(owners).map((entry) => readMember(entry).id),
    // In a group that PIM does not know, no one is eligible.
    eligible: isGone(eligible) ? [] : takeReadable(eligible).map(readEligible),
    access: isGone(eligible) ? 'read' : judgeAccess(eligible),
  };
}

function isGone({ refused }: Listing): boolean {
  return refused?.status === 404;
}

function readMember(entry: unknown) {
  const where = 'GET /groups/{id}/transitiveMembers';
  const fields = requireFields(entry, where);
  const id = foldId(requireText(fields, 'id', where));
  const name = findText(fields, 'displayName', where) ?? id;
  return { id, name, isGroup: parseKind(fields['@odata.type']) === 'group' };
}

function readEligible(entry: unknown): EligiblePrincipal {
  const where = `GET ${eligibilitySchedules}`;
  const fields = requireFields(entry, where);
  const isOwner = findText(fields, 'accessId', where)?.toLowerCase() === 'owner';
  return { ...readPrincipal(fields, where), as: isOwner ? 'owner' : 'member' };
}
