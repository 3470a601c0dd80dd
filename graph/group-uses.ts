// A group whose members may be changed, with what it gives beside licences, as far as Graph shows it: for audit and apply. What
// may not be read is null.
import { DormantError } from '../policy/errors.ts';
import type { GroupUses } from '../policy/evidence.ts';
import { foldId, type GroupId, type IdKey } from '../policy/identifiers.ts';
import type { BatchAnswer } from './batch.ts';
import { type Fields, isFields } from './json-fields.ts';
import { buildGroupPath, buildNamesakesPath, findGroup, findGroupName, hasNamesake } from './license-group.ts';
import type { GetRequest } from './send-once.ts';

/** A Conditional Access policy that is switched on, or reports only, with the groups that it names. */
export interface AccessPolicy {
  displayName: string;
  groups: ReadonlySet<IdKey>;
}

export interface GroupUsesReader {
  /** One answer for each path, whatever its status. */
  getMany(paths: readonly string[]): Promise<readonly (BatchAnswer | undefined)[]>;
  /** null: they may not be read. Read once. */
  listAccessPolicies(): Promise<readonly AccessPolicy[] | null>;
}

export interface GroupReading {
  /** null: it is gone, or may not be read. */
  group: Fields | null;
  displayName: string | null;
  uses: GroupUses;
  /** What may not be read counts as another group of its name. */
  hasNamesake: boolean;
}

/** `properties`: of the group, beside its id and displayName. */
export async function readGroupWithUses(
  id: GroupId,
  properties: readonly string[],
  reader: GroupUsesReader,
): Promise<GroupReading> {
  const [answer] = await reader.getMany([buildGroupPath(id, properties)]);
  const group = findGroup(answer);
  const displayName = findGroupName(group);
  const [uses, [namesakes]] = await Promise.all([
    readGroupUses(id, reader),
    displayName === null ? [] : reader.getMany([buildNamesakesPath(displayName)]),
  ]);
  return { group, displayName, uses, hasNamesake: hasNamesake(namesakes) };
}

async function readGroupUses(id: GroupId, reader: GroupUsesReader): Promise<GroupUses> {
  const path = `/groups/${encodeURIComponent(id)}`;
  const [[assignments, parents], policies] = await Promise.all([
    reader.getMany([
      `${path}/appRoleAssignments?$select=resourceDisplayName`,
      `${path}/memberOf?$select=id,displayName`,
    ]),
    reader.listAccessPolicies(),
  ]);
  return {
    applications: listNames(assignments, 'resourceDisplayName'),
    policies: policies?.filter(({ groups }) => groups.has(foldId(id))).map(({ displayName }) => displayName) ?? null,
    // A directory role makes its group role-assignable; an administrative unit gives nothing to its members.
    groups: listNames(parents, 'displayName', (entry) => entry['@odata.type'] === '#microsoft.graph.group'),
  };
}

const accessPoliciesRequest: GetRequest = {
  source: 'Conditional Access',
  path: '/identity/conditionalAccess/policies?$select=displayName,state,conditions',
};

/** `list` reads all pages of a list. */
export async function readAccessPolicies(
  list: (request: GetRequest) => Promise<readonly unknown[]>,
): Promise<readonly AccessPolicy[] | null> {
  try {
    return (await list(accessPoliciesRequest)).filter(isFields).filter(isOn).map(toAccessPolicy);
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}

function isOn({ state }: Fields): boolean {
  return state !== 'disabled';
}

function toAccessPolicy({ displayName, conditions }: Fields): AccessPolicy {
  const users = isFields(conditions) && isFields(conditions.users) ? conditions.users : {};
  const named = [users.includeGroups, users.excludeGroups].flatMap((ids) => (Array.isArray(ids) ? ids : []));
  return { displayName: toName(displayName), groups: new Set(named.map((id) => foldId(String(id)))) };
}

/** null: it may not be read. The first page is enough to know that there is one. */
function listNames(
  answer: BatchAnswer | undefined,
  key: string,
  isMeant: (entry: Fields) => boolean = () => true,
): string[] | null {
  const { body } = answer ?? {};
  if (answer?.status !== 200 || !isFields(body) || !Array.isArray(body.value)) return null;
  return body.value
    .filter(isFields)
    .filter(isMeant)
    .map((entry) => toName(entry[key]));
}

function toName(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'one whose name may not be read';
}
