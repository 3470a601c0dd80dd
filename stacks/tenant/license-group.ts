// A group that gives a licence: its name, and whether its rule takes the licence back once sign-in is blocked.
import type { BatchAnswer } from '../../graph/batch.ts';
import { type Fields, findText, isFields } from '../../graph/json-fields.ts';
import type { DynamicGroup } from '../../policy/evidence.ts';
import type { GroupId } from '../../policy/identifiers.ts';
import { groupProperties, parseDynamicGroup } from '../../policy/licenses/membership-rule.ts';

export interface LicenseGroup {
  /** Its id if the name cannot be read. */
  displayName: string;
  /** null: it takes nothing with the block. */
  dynamicGroup: DynamicGroup | null;
}

type Get = (url: string) => Promise<BatchAnswer>;

/** An identity that may read only names still gets the name. */
export async function readLicenseGroup(id: GroupId, get: Get): Promise<LicenseGroup> {
  const path = `/groups/${encodeURIComponent(id)}?$select=id,displayName`;
  const group = await readGroup(`${path},${groupProperties.join(',')}`, get);
  const named = group ?? (await readGroup(path, get));
  const displayName = named && findText(named, 'displayName', path);
  return { displayName: displayName ?? id, dynamicGroup: parseDynamicGroup(group) };
}

async function readGroup(url: string, get: Get): Promise<Fields | null> {
  const { status, body } = await get(url);
  return status < 400 && isFields(body) ? body : null;
}
