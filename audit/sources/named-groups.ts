// Who is in the groups that policy.yaml names by populations and scope: each is read once, with the members of its groups.
import { isFields } from '../../graph/json-fields.ts';
import { buildNamedGroupPath, parseNamedGroup } from '../../graph/named-groups.ts';
import { restartExpired } from '../../graph/pages.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { NamedGroups } from '../../policy/evidence.ts';
import type { GroupId, UserId } from '../../policy/identifiers.ts';
import { getGroupKey, listNamedGroups } from '../../policy/populations/named-groups.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { GroupReference } from '../../policy/schemas/populations.ts';
import { computeFingerprint, createIdSet } from './id-set.ts';
import type { AuditReader } from './reader.ts';

export interface NamedGroupMembers {
  /** undefined: the policy names no group. */
  lookUp(id: UserId): NamedGroups | undefined;
  /** Groups of the policy whose members are not known, by id or name. */
  unread: readonly string[];
}

/**
 * A list that breaks off ends the audit. A group that is not there, shares its name, hides its members or may not be read ends
 * none: whether anybody is in it is then not known.
 */
export async function readNamedGroupMembers(
  reader: AuditReader,
  policy: Pick<Policy, 'populations' | 'scope'>,
): Promise<NamedGroupMembers> {
  const references = listNamedGroups(policy);
  if (references.length === 0) return { lookUp: () => undefined, unread: [] };
  const answers = await reader.getMany(source, references.map(buildNamedGroupPath));
  const groups: { key: string; reference: GroupReference; members: Members | null }[] = [];
  for (const [at, reference] of references.entries()) {
    const answer = answers[at];
    const id = answer === undefined ? null : parseNamedGroup(answer);
    groups.push({
      key: getGroupKey(reference),
      reference,
      members: id === null ? null : await readMembers(reader, id),
    });
  }
  const unread = groups.filter(({ members }) => members === null);
  const unknown = unread.map(({ key }) => key);
  const nobody: NamedGroups = { in: [], unknown };
  return {
    lookUp(id) {
      const fingerprint = computeFingerprint(id);
      const found = groups.filter(({ members }) => members?.has(fingerprint)).map(({ key }) => key);
      return found.length === 0 ? nobody : { in: found, unknown };
    },
    unread: unread.map(({ reference }) => ('id' in reference ? reference.id : reference.name)),
  };
}

const source = 'named groups';

type Members = Pick<ReturnType<typeof createIdSet>, 'has'>;

/** null: they may not be read, or a group within it hides its own. */
async function readMembers(reader: AuditReader, id: GroupId): Promise<Members | null> {
  try {
    const { members, within, isIncomplete } = await listMembers(reader, id);
    const answers = await reader.getMany(
      source,
      within.map((group) => buildNamedGroupPath({ id: group })),
    );
    const isHidden = answers.some((answer) => parseNamedGroup(answer) === null);
    return isIncomplete || isHidden ? null : members;
  } catch (error) {
    if (error instanceof RequestFailed && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}

/** `within`: the groups among them. */
async function listMembers(reader: AuditReader, id: GroupId) {
  const path = `/groups/${encodeURIComponent(id)}/transitiveMembers?$select=id&$top=999`;
  let listed = { members: createIdSet(), within: [] as GroupId[], isIncomplete: false };
  const read = async () => {
    for await (const page of reader.readPages({ source, path, units: 4 }))
      for (const entry of page) {
        if (!isFields(entry) || typeof entry.id !== 'string') {
          listed.isIncomplete = true;
          continue;
        }
        listed.members.add(computeFingerprint(entry.id));
        if (entry['@odata.type'] === '#microsoft.graph.group') listed.within.push(entry.id);
      }
  };
  await restartExpired(read, () => {
    listed = { members: createIdSet(), within: [], isIncomplete: false };
  });
  return listed;
}
