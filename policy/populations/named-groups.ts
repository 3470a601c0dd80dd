// The groups that policy.yaml names by populations and scope. Pure.
import { foldId, foldText } from '../identifiers.ts';
import type { Policy } from '../schemas/policy.ts';
import type { GroupReference } from '../schemas/populations.ts';

/** The same for every spelling of one group's id or name. */
export function getGroupKey(reference: GroupReference): string {
  return 'id' in reference ? foldId(reference.id) : `"${foldText(reference.name)}"`;
}

/** Each once, in the order of the file. */
export function listNamedGroups({ populations = [], scope }: Pick<Policy, 'populations' | 'scope'>): GroupReference[] {
  const named = [...populations.flatMap(({ match }) => match.groups ?? []), ...(scope?.groups ?? [])];
  const byKey = new Map(named.toReversed().map((reference) => [getGroupKey(reference), reference]));
  return named.filter((reference) => byKey.get(getGroupKey(reference)) === reference);
}
