// In which of the groups that policy.yaml names by populations and scope one account is now. The groups are found once in a while,
// and 20 of them are asked for at once.
import {
  buildMembershipCheck,
  buildNamedGroupPath,
  mostCheckedGroups,
  parseMembershipCheck,
  parseNamedGroup,
} from '../../graph/named-groups.ts';
import type { NamedGroups } from '../../policy/evidence.ts';
import { foldId, type GroupId, type UserId } from '../../policy/identifiers.ts';
import { getGroupKey } from '../../policy/populations/named-groups.ts';
import type { GroupReference } from '../../policy/schemas/populations.ts';
import { cacheRead } from './cached.ts';
import type { RequestBatcher } from './request-batcher.ts';

interface FoundGroup {
  key: string;
  /** null: whoever is in it, nobody can tell. */
  id: GroupId | null;
}

/** The function throws `RequestFailed` if Graph stays busy or broken; what it refuses is not known. */
export function createNamedGroupReader(
  references: readonly GroupReference[],
  reads: RequestBatcher<'GET'>,
  lifeMs: number,
): (id: UserId) => Promise<NamedGroups> {
  const findGroup = async (reference: GroupReference): Promise<FoundGroup> => ({
    key: getGroupKey(reference),
    id: parseNamedGroup(await reads.ask({ method: 'GET', url: buildNamedGroupPath(reference) })),
  });
  const findGroups = cacheRead(() => Promise.all(references.map(findGroup)), lifeMs);
  return async (id) => {
    const groups = references.length === 0 ? [] : await findGroups();
    const known = groups.filter((group) => group.id !== null);
    const parts: FoundGroup[][] = [];
    for (let at = 0; at < known.length; at += mostCheckedGroups) parts.push(known.slice(at, at + mostCheckedGroups));
    const answers = await Promise.all(parts.map((part) => checkPart(id, part, reads)));
    return {
      in: answers.flatMap((answer) => answer.in),
      unknown: [
        ...groups.filter((group) => group.id === null).map(({ key }) => key),
        ...answers.flatMap((answer) => answer.unknown),
      ],
    };
  };
}

async function checkPart(
  id: UserId,
  part: readonly FoundGroup[],
  reads: RequestBatcher<'GET'>,
): Promise<{ in: string[]; unknown: string[] }> {
  const ids = part.flatMap((group) => group.id ?? []);
  const found = parseMembershipCheck(await reads.ask(buildMembershipCheck(id, ids)));
  if (found === null) return { in: [], unknown: part.map(({ key }) => key) };
  const isIn = (group: FoundGroup) => group.id !== null && found.has(foldId(group.id));
  return { in: part.filter(isIn).map(({ key }) => key), unknown: [] };
}
