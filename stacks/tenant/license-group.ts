// A group that gives a licence: its name, and whether its rule takes the licence back once sign-in is blocked.
import type { BatchAnswer } from '../../graph/batch.ts';
import { buildGroupPath, findGroup, findGroupName } from '../../graph/license-group.ts';
import type { DynamicGroup } from '../../policy/evidence.ts';
import type { GroupId } from '../../policy/identifiers.ts';
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
