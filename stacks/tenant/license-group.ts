// A group that gives a licence, as the apply reads it: its name, whether its rule takes the licence back once sign-in is
// blocked, and what stands against changing its members.
import type { BatchAnswer } from '../../graph/batch.ts';
import { type GroupUsesReader, readGroupWithUses } from '../../graph/group-uses.ts';
import { type Fields, isFields } from '../../graph/json-fields.ts';
import { buildGroupPath, findGroup, findGroupName } from '../../graph/license-group.ts';
import type { DynamicGroup } from '../../policy/evidence.ts';
import { foldId, type GroupId, type IdKey } from '../../policy/identifiers.ts';
import { type LicenseGroupReading, leavingProperties } from '../../policy/licenses/license-groups.ts';
import { groupProperties, parseDynamicGroup } from '../../policy/licenses/membership-rule.ts';

export interface LicenseGroup {
  /** Its id if the name cannot be read. */
  displayName: string;
  /** null: it takes nothing with the block. */
  dynamicGroup: DynamicGroup | null;
}

export async function readLicenseGroup(id: GroupId, get: (url: string) => Promise<BatchAnswer>): Promise<LicenseGroup> {
  const group = findGroup(await get(buildGroupPath(id, groupProperties)));
  const named = group ?? findGroup(await get(buildGroupPath(id, [])));
  return { displayName: findGroupName(named) ?? id, dynamicGroup: parseDynamicGroup(group) };
}

/** A group whose members are to be changed. */
export interface MemberGroup extends LicenseGroupReading {
  id: GroupId;
  displayName: string | null;
  /** skuIds of the products that it gives now; null: they may not be read. */
  gives: ReadonlySet<IdKey> | null;
}

export async function readMemberGroup(id: GroupId, reader: GroupUsesReader): Promise<MemberGroup> {
  const reading = await readGroupWithUses(id, [...leavingProperties, 'assignedLicenses'], reader);
  return { id, ...reading, gives: parseGiven(reading.group) };
}

function parseGiven(group: Fields | null): ReadonlySet<IdKey> | null {
  const licenses = group?.assignedLicenses;
  if (!Array.isArray(licenses)) return null;
  return new Set(
    licenses.flatMap((each) => (isFields(each) && typeof each.skuId === 'string' ? foldId(each.skuId) : [])),
  );
}
